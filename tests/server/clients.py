"""Clients that nobody wants: they send half of what they announced, or read nothing of what they asked for."""

import socket
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from tests.server.site import ServedSite

HOST = "Host: localhost\r\n"
SMALL_BUFFER = 8192


class Crowd:
    """Connections that stay open until the end of the test."""

    def __init__(self, site: ServedSite, stack: ExitStack) -> None:
        self.site = site
        self.stack = stack
        self.sockets: list[socket.socket] = []

    def send(self, text: str) -> socket.socket:
        """A new connection that says ``text`` and then nothing; its system takes little that is not read."""
        client = self.stack.enter_context(socket.socket())
        client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, SMALL_BUFFER)
        client.settimeout(60)
        client.connect(("127.0.0.1", self.site.port))
        client.sendall(text.encode())
        self.sockets.append(client)
        return client

    def stall_in_body(self, number: int) -> None:
        """Announce a form and send a piece of it."""
        for _ in range(number):
            self.send(request("POST", "/admin/login/", "Content-Length: 20000") + "x" * 100)

    def stall_in_reading(self, number: int, path: str, *headers: str) -> None:
        """Ask for something long, and read one byte of the answer, so that it is under way."""
        clients = [self.send(request("GET", path, *headers)) for _ in range(number)]
        for client in clients:
            assert client.recv(1) == b"H"


def request(method: str, path: str, *headers: str) -> str:
    """The header of a request."""
    lines = "".join(f"{header}\r\n" for header in headers)
    return f"{method} {path} HTTP/1.1\r\n{HOST}{lines}\r\n"


@contextmanager
def crowd_at(site: ServedSite) -> Iterator[Crowd]:
    """Clients of this site, all gone afterwards."""
    with ExitStack() as stack:
        yield Crowd(site, stack)


def read_all(client: socket.socket) -> bytes:
    """What comes until the server closes the connection."""
    return b"".join(iter(lambda: client.recv(65536), b""))
