"""Time limits, turns and ends of connections, with a server in this process whose main loop the test turns itself."""

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, suppress
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.db import connection as database
from django.db import connections

from campaign_site.env import load_environment
from campaign_site.server.body_limits import BodyLimits
from campaign_site.server.connection import STALL_TIMEOUT_S, TURN_BYTES
from campaign_site.server.poller import AskingPoller, EpollPoller
from campaign_site.server.site_server import SiteServer
from campaign_site.server.spool import BodySpool
from campaign_site.setup.machine import open_listener
from tests.server.clients import SMALL_BUFFER, request
from tests.server.site import eventually, free_port

FILM = 20_000_000
LATER = STALL_TIMEOUT_S + 1


class Served:
    """A server with a site of two addresses: ``/film`` is a file, ``/text`` as long but none, ``/wait`` lasts.

    ``/pieces`` lasts after its first half.
    """

    def __init__(self, folder: Path, poller: type[EpollPoller] | type[AskingPoller]) -> None:
        self.port = free_port()
        env = replace(load_environment({}), port=self.port, web_threads=2)
        listener = open_listener(env)
        limits = BodyLimits({}, "sessionid")
        self.goes_on, self.opened, self.film = threading.Event(), [], BytesIO(bytes(FILM))
        self.server = SiteServer(self.answer, listener, env, limits=limits, spool=BodySpool(folder))
        self.server.poller = poller(self.server._map)

    def answer(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Any:
        path = environ["PATH_INFO"]
        if path == "/wait":
            assert self.goes_on.wait(60)
        start_response("200 OK", [("Content-Length", str(FILM))])
        if environ["QUERY_STRING"] == "database":
            database.ensure_connection()
            self.opened.append(connections["default"])
        data = bytes(FILM)
        if path == "/pieces":
            return self.pieces()
        return environ["wsgi.file_wrapper"](self.film) if path == "/film" else [data]

    def pieces(self) -> Iterator[bytes]:
        yield bytes(FILM // 2)
        assert self.goes_on.wait(60)
        yield bytes(FILM // 2)

    def client(self, text: str) -> socket.socket:
        client = socket.socket()
        client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, SMALL_BUFFER)
        client.connect(("127.0.0.1", self.port))
        client.sendall(text.encode())
        return client

    def turn_until(self, is_so: Callable[[], bool]) -> None:
        assert eventually(lambda: self.server.turn(0.02) is None and is_so())

    @property
    def connections(self) -> list[Any]:
        return list(self.server.active_channels.values())

    def close(self) -> None:
        self.goes_on.set()
        for connection in self.connections:
            connection.handle_close()
        self.server.task_dispatcher.shutdown()
        self.server.close()


@pytest.fixture(params=[EpollPoller, AskingPoller])
def served(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Served]:
    served = Served(tmp_path, request.param)
    yield served
    served.close()


STALLED = {
    "nothing": "",
    "half a header": "GET /fi",
    "half a body": request("POST", "/", "Content-Length: 1000") + "x",
    "a film": request("GET", "/film"),
    "a long answer": request("GET", "/text"),
}


@pytest.mark.parametrize("stalled", STALLED)
def test_who_stalls_is_cut_off_after_a_while_and_not_before(served: Served, stalled: str) -> None:
    asks = stalled in ("a film", "a long answer")
    with served.client(STALLED[stalled]):
        served.turn_until(lambda: len(served.connections) == 1 and served.connections[0].is_busy() == asks)
        connection = served.connections[0]
        served.turn_until(lambda: not connection.requests)  # no thread is with it
        served.server.maintenance(time.time() + STALL_TIMEOUT_S - 1)
        assert served.connections == [connection]
        served.server.maintenance(time.time() + LATER)
        assert (served.connections, connection._fileno) == ([], None)


def test_who_sends_a_byte_now_and_then_has_no_more_time(served: Served) -> None:
    with served.client("GET /") as client:
        served.turn_until(lambda: bool(served.connections) and served.connections[0].request is not None)
        connection = served.connections[0]
        connection.request_began -= LATER
        client.sendall(b"x")
        served.turn_until(lambda: connection.request is None or connection.request.header_bytes_received == 6)
        served.server.maintenance(time.time())
        assert served.connections == []


def test_a_request_that_lasts_is_not_cut_off(served: Served) -> None:
    with served.client(request("GET", "/wait")):
        served.turn_until(lambda: bool(served.connections) and bool(served.connections[0].requests))
        served.server.maintenance(time.time() + LATER)
        assert len(served.connections) == 1
        served.goes_on.set()
        served.turn_until(lambda: not served.connections[0].requests)


def test_a_fast_reader_gives_others_their_turn(served: Served) -> None:
    """Whatever the system takes at once: it is the connection that stops."""
    with served.client(request("GET", "/film")):
        served.turn_until(lambda: bool(served.connections) and served.connections[0].total_outbufs_len > TURN_BYTES)
        connection = served.connections[0]
        sent: list[int] = []
        connection.socket = Counting(connection.socket, sent)
        connection._flush_some()
        assert sum(sent) == TURN_BYTES


def test_what_was_written_is_sent_while_the_rest_is_made(served: Served) -> None:
    """More than the system takes at once, so that the main loop must send it beside the thread."""
    with served.client(request("GET", "/pieces")) as client:
        client.setblocking(False)
        arrived = 0

        def has_half() -> bool:
            nonlocal arrived
            with suppress(BlockingIOError):
                while data := client.recv(65_536):
                    arrived += len(data)
            return arrived > FILM // 2

        served.turn_until(has_half)
        assert served.connections[0].requests  # the thread is still at it


def test_a_file_that_became_shorter_ends_its_connection(served: Served) -> None:
    """There is never anything to send again, and the main loop would ask for it all the time."""
    with served.client(request("GET", "/film")):
        served.turn_until(lambda: bool(served.connections) and served.connections[0].total_outbufs_len > TURN_BYTES)
        served.film.truncate(0)
        served.turn_until(lambda: served.connections == [])


@pytest.mark.django_db(transaction=True)
def test_a_thread_that_has_answered_holds_no_database(served: Served) -> None:
    """That of a file is answered where its thread ends, but the file is closed by the main loop."""
    with served.client(request("GET", "/film?database")):
        served.turn_until(lambda: bool(served.opened))
        served.turn_until(lambda: served.opened[0].connection is None)


def test_all_who_come_together_are_taken_in_one_turn(served: Served) -> None:
    """Each turn costs an answer that is under way its time."""
    with ExitStack() as stack:
        for _ in range(10):
            stack.enter_context(served.client(""))
        served.server.turn(1)
        assert len(served.connections) == 10


def test_a_connection_in_a_log_has_no_address(served: Served) -> None:
    with served.client(""):
        served.turn_until(lambda: bool(served.connections))
        assert repr(served.connections[0]) == f"<Connection {served.connections[0]._fileno}>"


class Counting:
    """A socket that takes everything at once."""

    def __init__(self, real: socket.socket, sent: list[int]) -> None:
        self.real, self.sent = real, sent

    def send(self, data: bytes) -> int:
        self.sent.append(len(data))
        return len(data)

    def close(self) -> None:
        self.real.close()


def test_what_waits_in_memory_for_a_stranger_is_bounded(served: Served) -> None:
    """A header, what was read last and a body; the rest waits at the client."""
    header = request("POST", "/wait", "Content-Length: 32768", "X-A: " + "a" * 15_000)
    with served.client(header[:100]) as client:
        served.turn_until(lambda: bool(served.connections) and served.connections[0].request is not None)
        client.sendall(header[100:].encode())
        client.setblocking(False)
        with suppress(BlockingIOError):  # once nothing is read any more
            while client.send(b"x" * 32_768):
                served.server.turn(0)
        connection = served.connections[0]
        assert len(connection.unread) <= 16 * 1024
        assert [(len(each.body_rcv), each.header_plus) for each in connection.requests] == [(32_768, b"")]
