"""Clients that stall cost the site no thread, little memory and no space, and everybody else is served."""

from contextlib import suppress

import pytest

from tests.server.clients import crowd_at, read_all, request
from tests.server.conftest import THREADS
from tests.server.site import ServedSite, eventually

pytestmark = pytest.mark.xdist_group("tests/server")
EACH = 30
BYTES_OF_ONE = 100_000
LISTENER = 1


def is_served(site: ServedSite) -> bool:
    """Whether a visitor gets the start page and a piece of the film."""
    status, _, piece = site.get(site.film, Range="bytes=0-9")
    return (site.get("/en/")[0], status, len(piece)) == (200, 206, 10)


def test_stalled_bodies_and_readers_cost_no_thread_and_little_memory(site: ServedSite) -> None:
    with crowd_at(site) as crowd:  # what is loaded once and kept is no cost of a client
        crowd.stall_in_reading(EACH, site.film)
    assert is_served(site)
    assert eventually(lambda: site.connections == LISTENER)
    threads, memory = site.threads, site.memory_bytes
    with crowd_at(site) as crowd:
        crowd.stall_in_body(EACH)
        crowd.stall_in_reading(EACH, site.film)
        crowd.stall_in_reading(EACH, site.film, "Range: bytes=1000-")
        assert is_served(site)
        assert site.connections >= LISTENER + 3 * EACH
        assert (site.threads, site.spooled) == (threads, 0)
        assert site.memory_bytes - memory <= 3 * EACH * BYTES_OF_ONE
        assert eventually(lambda: not any("polyphony.sqlite3" in name for name in site.files))
    assert eventually(lambda: site.connections == LISTENER)


def test_who_asks_for_much_at_once_and_reads_nothing_waits_alone(site: ServedSite) -> None:
    with crowd_at(site) as crowd:
        for _ in range(2 * THREADS):
            crowd.send(request("GET", "/en/") * 200).recv(1)
            crowd.send(request("GET", "/sitemap.xml") * 200).recv(1)
        assert is_served(site)


def test_requests_that_came_together_are_answered_in_their_order(site: ServedSite) -> None:
    paths = ["/healthz", "/robots.txt", "/en/nothing", "/en/nothing/", "/healthz"]
    with site.connect() as client:
        client.sendall("".join(request("GET", path) for path in paths).encode())
        client.sendall(request("GET", "/robots.txt", "Connection: close").encode())
        answers = read_all(client).split(b"HTTP/1.1 ")[1:]
    assert [answer[:3] for answer in answers] == [b"200", b"200", b"301", b"404", b"200", b"200"]
    assert [b"User-agent" in answer for answer in answers] == [False, True, False, False, False, True]


@pytest.mark.parametrize(
    "half", ["GET /en/ HT", "GET /en/ HTTP/1.1\r\nX-A: b\r\n", "\r\n\r\n\r\n", "POST / HTTP/1.1\r\n"]
)
def test_half_a_header_costs_no_thread(site: ServedSite, half: str) -> None:
    with crowd_at(site) as crowd:
        for _ in range(EACH):
            crowd.send(half)
        assert is_served(site)


def test_who_was_silent_longest_makes_room(serve) -> None:
    site = serve(WEB_CONNECTIONS="16", WEB_THREADS="1")
    with crowd_at(site) as crowd:
        crowd.stall_in_body(40)
        assert is_served(site)
        assert site.connections <= 16 + LISTENER
        oldest, newest = crowd.sockets[0], crowd.sockets[-1]
        with suppress(ConnectionResetError):
            assert oldest.recv(1) == b""
        newest.sendall(b"x" * 19_900)
        assert newest.recv(4) == b"HTTP"
