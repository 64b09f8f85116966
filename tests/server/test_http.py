"""The protocol, as the site speaks it through its server; and how the server starts and ends."""

import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from tests.home.archive import VIDEO
from tests.house.sources import PROJECT
from tests.server.clients import crowd_at, read_all, request
from tests.server.content import FILM_BYTES
from tests.server.site import ServedSite, environment, eventually, python

pytestmark = pytest.mark.xdist_group("tests/server")


def test_a_film_comes_whole_and_in_ranges(site: ServedSite) -> None:
    status, headers, body = site.get(site.film)
    assert (status, headers["content-length"], len(body)) == (200, str(FILM_BYTES), FILM_BYTES)
    assert body[: len(VIDEO)] == VIDEO
    for wanted, expected, size in (
        ("bytes=1000-1999", VIDEO[1000:2000], 1000),
        ("bytes=10000-300000", VIDEO[10000:] + bytes(290001 - 240), 290001),
        (f"bytes={FILM_BYTES - 5}-", bytes(5), 5),
        ("bytes=-7", bytes(7), 7),
    ):
        status, headers, piece = site.get(site.film, Range=wanted)
        assert (status, headers["content-length"], piece == expected) == (206, str(size), True), wanted
    same = site.get(site.film, Range="bytes=0-9", If_Range=headers["etag"])
    other = site.get(site.film, Range="bytes=0-9", If_Range='"other"')
    assert [(answer[0], len(answer[2])) for answer in (same, other)] == [(206, 10), (200, FILM_BYTES)]
    assert site.get(site.film, Range=f"bytes={FILM_BYTES}-")[0] == 416
    assert site.get(site.film, If_None_Match=headers["etag"])[0] == 304


def test_head_has_no_body_and_the_connection_goes_on(site: ServedSite) -> None:
    for path in (site.film, "/en/", "/en/nothing"):
        with site.connect() as client:
            client.sendall((request("HEAD", path) + request("HEAD", path, "Connection: close")).encode())
            answers = read_all(client)
        assert (answers.count(b"HTTP/1.1 "), answers.count(b"\r\n\r\n"), answers[-4:]) == (2, 2, b"\r\n\r\n")
    with site.connect() as client:  # nobody knows its length before
        client.sendall(request("HEAD", "/sitemap.xml").encode())
        assert read_all(client).partition(b"\r\n\r\n")[2] == b""


def test_old_and_odd_clients_are_served(site: ServedSite) -> None:
    cases = {
        b"GET /robots.txt HTTP/1.0\r\n\r\n": b"HTTP/1.0 200 OK",
        b"GET /robots.txt HTTP/1.0\r\nHost: localhost\r\n\r\n": b"HTTP/1.0 200 OK",
        request("GET", "/robots.txt", "Connection: Upgrade, close", "Upgrade: websocket").encode(): b"HTTP/1.1 200 OK",
        request("GET", "/robots.txt", "Connection: close", "Upgrade: h2c").encode(): b"HTTP/1.1 200 OK",
        request("GET", "/robots.txt", "X-Long: " + "x" * 20_000).encode(): b"HTTP/1.0 431 ",
        request("POST", "/", "Content-Length: many").encode(): b"HTTP/1.1 400 ",
        request("POST", "/", "Transfer-Encoding: gzip").encode(): b"HTTP/1.1 501 ",
        b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n": b"HTTP/1.0 ",
    }
    for sent, expected in cases.items():
        with site.connect() as client:
            client.sendall(sent)
            client.shutdown(socket.SHUT_WR)
            assert (sent[:60], read_all(client)[: len(expected)]) == (sent[:60], expected)


def test_nonsense_that_python_itself_refuses_is_answered_without_a_line_in_the_log(site: ServedSite) -> None:
    in_parts, martian = "Content-Type: multipart/form-data; boundary=x; charset=", "Content-Type: a/b; charset="
    form = "--x\r\nContent-Disposition: form-data; name=a\r\n\r\nb\r\n--x--\r\n"
    length = f"Content-Length: {len(form)}"
    refused = [
        request("GET", "http://[::1/robots.txt"),
        request("POST", "/", f"Content-Length: 1{'0' * 5000}"),
        *(request("POST", "/admin/login/", in_parts + name, length) + form for name in ("zlib", "undefined", "utf-16")),
        *(request("GET", "/en/?q=%ff", martian + name) for name in ("rot13", "idna")),
        request("GET", "/en/", "Content-Type: a/b; charset*=undefined''x"),
    ]
    before = site.log.read_text()
    for sent in refused:
        with site.connect() as client:
            client.sendall(sent.encode())
            client.shutdown(socket.SHUT_WR)
            assert (sent[:80], read_all(client)[8:13]) == (sent[:80], b" 400 ")
    assert site.get("/en/?q=%ff", Content_Type="a/b; charset=martian")[0] == 200
    assert site.log.read_text() == before


def test_the_server_does_not_say_what_it_is_and_logs_nobodys_address(site: ServedSite) -> None:
    _, headers, _ = site.get("/en/")
    assert "server" not in headers
    with crowd_at(site) as crowd:
        crowd.send("\x00\x01 nonsense\r\n\r\n").recv(1)
        crowd.stall_in_reading(2, site.film)
    assert site.get("/en/")[0] == 200
    assert "127.0.0.1" not in site.log.read_text()


def test_a_taken_port_is_one_sentence(site: ServedSite) -> None:
    where = environment(site.folder, PORT=str(site.port))
    command = [sys.executable, "-m", "campaign_site.server"]
    done = subprocess.run(command, cwd=PROJECT, env=where, capture_output=True, text=True)
    sentence = f"127.0.0.1:{site.port} can't be used (Address already in use). To use another port, set PORT"
    assert (done.returncode, done.stderr) == (1, f"Cannot start: {sentence}, for example PORT=8001.\n")


def test_several_processes_share_the_port_and_one_that_dies_is_replaced(serve) -> None:
    site = serve(WEB_WORKERS="2", WEB_THREADS="1")
    children = Path(f"/proc/{site.process.pid}/task/{site.process.pid}/children")
    assert eventually(lambda: len(children.read_text().split()) == 2)
    first, second = map(int, children.read_text().split())
    os.kill(first, signal.SIGKILL)
    assert eventually(lambda: len(set(children.read_text().split()) - {str(first)}) == 2)
    assert [site.get("/healthz")[0] for _ in range(4)] == [200] * 4
    site.process.terminate()
    assert site.process.wait(timeout=60) == 0
    assert eventually(lambda: not Path(f"/proc/{second}").exists())


def test_it_ends_when_told_and_what_is_answered_then_is_answered_whole(serve) -> None:
    site = serve(WEB_THREADS="1")
    with site.connect() as client:
        client.sendall(request("GET", "/en/").encode())
        assert client.recv(1) == b"H"
        site.process.terminate()
        assert b"</html>" in read_all(client)
    assert site.process.wait(timeout=60) == 0


def test_a_film_that_is_on_its_way_then_is_sent_to_its_end(serve) -> None:
    site = serve(WEB_THREADS="1")
    with crowd_at(site) as crowd:
        # More than all buffers on the way hold, and much less than a busy machine sends before the server's patience
        # (DRAIN_S) is over.
        client = crowd.send(request("GET", site.film, "Connection: close", "Range: bytes=0-19999999"))
        assert client.recv(1) == b"H"
        site.process.terminate()
        header, _, film = read_all(client).partition(b"\r\n\r\n")
        assert len(film) == 20_000_000
    assert f"Content-Length: {len(film)}" in header.decode()
    assert site.process.wait(timeout=60) == 0


def test_few_open_files_are_said(tmp_path: Path) -> None:
    code = (
        "import resource; resource.setrlimit(resource.RLIMIT_NOFILE, (400, 1256));"
        "from campaign_site.setup.machine import allow_open_files;"
        "print(allow_open_files(100), allow_open_files(4096), resource.getrlimit(resource.RLIMIT_NOFILE))"
    )
    assert python(tmp_path, "-c", code) == "100 500 (1256, 1256)\n"
