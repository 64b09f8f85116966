"""Time limits, turns and ends of connections, with a server in this process whose main loop the test turns itself."""

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

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
    """A server with a site of two addresses: ``/film`` is a file, ``/text`` as long but none, ``/wait`` lasts."""

    def __init__(self, folder: Path, poller: type[EpollPoller] | type[AskingPoller]) -> None:
        self.port = free_port()
        env = replace(load_environment({}), port=self.port, web_threads=2)
        listener = open_listener(env)
        limits = BodyLimits({}, "sessionid")
        self.goes_on = threading.Event()
        self.server = SiteServer(self.answer, listener, env, limits=limits, spool=BodySpool(folder))
        self.server.poller = poller(self.server._map)

    def answer(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Any:
        path = environ["PATH_INFO"]
        if path == "/wait":
            assert self.goes_on.wait(60)
        start_response("200 OK", [("Content-Length", str(FILM))])
        data = bytes(FILM)
        return environ["wsgi.file_wrapper"](BytesIO(data)) if path == "/film" else [data]

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
        served.turn_until(lambda: bool(served.connections) and served.connections[0].total_outbufs_len > 0)
        connection = served.connections[0]
        sent: list[int] = []
        connection.socket = Counting(connection.socket, sent)
        connection._flush_some()
        assert sum(sent) == TURN_BYTES


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
    with served.client(request("POST", "/wait", "Content-Length: 32768", "X-A: " + "a" * 15_000)) as client:
        client.setblocking(False)
        with suppress(BlockingIOError):  # once nothing is read any more
            while client.send(b"x" * 32_768):
                served.server.turn(0)
        connection = served.connections[0]
        assert len(connection.unread) <= 16 * 1024
        assert [len(each.body_rcv) for each in connection.requests] == [32_768]
