"""Which bodies are taken, and that nothing of the others is ever read or written."""

import http.client
import io
import os

import pikepdf
import pytest
from django.conf import settings
from django.urls import reverse

from campaign_site.server.body_limits import STRANGER_BYTES, BodyLimits
from campaign_site.server.spool import ALWAYS_TAKEN_BYTES, MOST_BODIES_OF_ONE, BodySpool
from tests.server.clients import crowd_at, read_all, request
from tests.server.site import ServedSite, eventually

pytestmark = pytest.mark.xdist_group("tests/server")
UPLOAD = "/admin/clips/new/"
LARGE = 10_000_000


def member(site: ServedSite) -> str:
    return f"Cookie: sessionid={site.session}"


@pytest.mark.parametrize("length", [f"Content-Length: {STRANGER_BYTES + 1}", f"Content-Length: {LARGE}"])
@pytest.mark.parametrize("cookie", ["X-No: cookie", "Cookie: csrftoken=abc", "Cookie: sessionid=invented"])
@pytest.mark.parametrize("expect", ["X-No: expectation", "Expect: 100-continue"])
def test_a_strangers_large_body_is_refused_before_it_is_read(
    site: ServedSite, length: str, cookie: str, expect: str
) -> None:
    with site.connect() as client:
        client.sendall(request("POST", UPLOAD, length, cookie, expect, "Accept-Language: de").encode())
        head, _, text = read_all(client).partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 413 ")
    assert b"Content-Language: de" in head
    assert text.count(b"\n") == 1
    assert site.spooled == 0


def test_the_answer_arrives_though_more_of_the_body_is_on_its_way(site: ServedSite) -> None:
    with site.connect() as client:
        client.sendall(request("POST", UPLOAD, f"Content-Length: {LARGE}").encode() + b"x" * 200_000)
        assert read_all(client).startswith(b"HTTP/1.1 413 ")


def test_a_body_in_chunks_is_refused_when_it_becomes_too_large(site: ServedSite) -> None:
    chunk = b"1000\r\n" + b"x" * 4096 + b"\r\n"
    with site.connect() as client:
        client.sendall(request("POST", UPLOAD, "Transfer-Encoding: chunked", member(site)).encode() + 9 * chunk)
        assert read_all(client).startswith(b"HTTP/1.1 413 ")
    assert site.spooled == 0


def test_a_database_that_is_away_is_one_line_however_many_ask(site: ServedSite) -> None:
    database, aside = site.folder / "polyphony.sqlite3", site.folder / "aside"
    before = site.log.read_text()
    database.rename(aside)
    database.mkdir()
    try:
        for _ in range(3):
            with site.connect() as client:
                client.sendall(
                    request("POST", UPLOAD, f"Content-Length: {LARGE}", "Cookie: sessionid=made-up-by-me").encode()
                )
                assert read_all(client).startswith(b"HTTP/1.1 503 ")
    finally:
        database.rmdir()
        aside.rename(database)
    said = site.log.read_text().removeprefix(before)
    assert (said.count("the database cannot be used"), said.count("\n")) == (1, 1)


def test_a_small_form_of_a_stranger_is_taken(site: ServedSite) -> None:
    with site.connect() as client:
        announced = request("POST", "/admin/login/", "Content-Length: 9", "Expect: 100-continue", "Connection: close")
        client.sendall(announced.encode())
        assert client.recv(25) == b"HTTP/1.1 100 Continue\r\n\r\n"
        client.sendall(b"next=what")
        assert read_all(client).startswith(b"HTTP/1.1 403 ")  # without the token against forged requests


def test_a_member_may_not_send_everything_everywhere(site: ServedSite) -> None:
    for path, length in (("/en/", STRANGER_BYTES + 1), ("/admin/pages/", 5_000_000), (UPLOAD, 1 << 40)):
        with site.connect() as client:
            client.sendall(request("POST", path, f"Content-Length: {length}", member(site)).encode())
            assert read_all(client).startswith(b"HTTP/1.1 413 "), path
    assert site.spooled == 0


def test_slow_uploads_cost_no_thread_and_leave_nothing_when_they_end(site: ServedSite) -> None:
    threads = site.threads
    with crowd_at(site) as crowd:
        for _ in range(MOST_BODIES_OF_ONE):
            announced = request("POST", UPLOAD, f"Content-Length: {LARGE}", member(site), "Expect: 100-continue")
            upload = crowd.send(announced)
            assert upload.recv(25) == b"HTTP/1.1 100 Continue\r\n\r\n"
            upload.sendall(b"x" * 300_000)
        assert (site.spooled, site.threads) == (MOST_BODIES_OF_ONE, threads)
        assert site.get("/en/")[0] == 200
        one_too_many = crowd.send(request("POST", UPLOAD, f"Content-Length: {LARGE}", member(site)))
        assert read_all(one_too_many).startswith(b"HTTP/1.1 503 ")
    assert eventually(lambda: site.spooled == 0)


def send_slowly(site: ServedSite, path: str, name: str, data: bytes, **fields: str) -> http.client.HTTPResponse:
    """Send a form with a file in pieces; return the answer."""
    boundary, token = "frontier", "a" * 32
    field = f'--{boundary}\r\nContent-Disposition: form-data; name="%s"\r\n\r\n%s\r\n'
    file = f'--{boundary}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n'
    texts = "".join(field % pair for pair in (fields | {"csrfmiddlewaretoken": token}).items())
    body = f"{texts}{file}".encode() + data + f"\r\n--{boundary}--\r\n".encode()
    connection = http.client.HTTPConnection("localhost", site.port, timeout=60)
    connection.putrequest("POST", path)
    connection.putheader("Content-Length", str(len(body)))
    connection.putheader("Content-Type", f"multipart/form-data; boundary={boundary}")
    connection.putheader("Cookie", f"sessionid={site.session}; csrftoken={token}")
    connection.putheader("Connection", "close")
    connection.endheaders()
    for start in range(0, len(body), 700_000):
        connection.send(body[start : start + 700_000])
    return connection.getresponse()


def test_a_slow_upload_arrives_whole(site: ServedSite) -> None:
    data = os.urandom(3_000_000)
    with send_slowly(site, UPLOAD, "v.mp4", data, title="Slow", spoken_language="de", city=site.city) as answer:
        assert (answer.status, answer.headers["Location"][:13]) == (302, "/admin/clips/")
    kept = [path for path in (site.folder / "masters").rglob("*") if path.is_file()]
    assert [path.read_bytes() == data for path in kept] == [True]
    assert eventually(lambda: site.spooled == 0)


def test_a_document_is_checked_in_its_sandbox(site: ServedSite) -> None:
    """Whose folders the web process makes beside its spool."""
    with pikepdf.new() as document:
        document.add_blank_page()
        document.docinfo["/Title"] = "x" * STRANGER_BYTES
        file = io.BytesIO()
        document.save(file, compress_streams=False)
    with send_slowly(site, "/admin/documents/add/", "d.pdf", file.getvalue(), title="Letter", collection="1") as answer:
        assert (answer.status, answer.headers["Location"]) == (302, "/admin/documents/")
    assert list((site.folder / "work" / "spool").iterdir()) == []


def test_bytes_are_set_aside_before_they_arrive(tmp_path) -> None:
    body = BodySpool(tmp_path).open_body("somebody", 1_000_000)
    facts = os.fstat(body.file.fileno())
    assert (facts.st_size, facts.st_blocks * 512 >= 1_000_000) == (0, True)
    assert list(tmp_path.iterdir()) == []
    body.close()


def test_what_does_not_fit_is_not_begun_but_texts_are_saved(tmp_path, settings) -> None:
    settings.MEDIA_PIPELINE = settings.MEDIA_PIPELINE | {"MIN_FREE_BYTES": 1 << 62}
    spool = BodySpool(tmp_path)
    with pytest.raises(OSError, match="No space left"):
        spool.open_body("somebody", ALWAYS_TAKEN_BYTES + 1)
    assert spool.owners.total() == 0
    spool.open_body("somebody", ALWAYS_TAKEN_BYTES).close()


@pytest.mark.parametrize(("name", "least"), [
    ("clips:add", settings.MEDIA_PIPELINE["MAX_UPLOAD_BYTES"]),
    ("wagtailimages:add", settings.WAGTAILIMAGES_MAX_UPLOAD_SIZE),
    ("wagtailimages:add_multiple", settings.WAGTAILIMAGES_MAX_UPLOAD_SIZE),
    ("wagtailimages_chooser:create", settings.WAGTAILIMAGES_MAX_UPLOAD_SIZE),
    ("wagtaildocs:add", settings.WAGTAILDOCS_MAX_UPLOAD_SIZE),
    ("wagtaildocs:add_multiple", settings.WAGTAILDOCS_MAX_UPLOAD_SIZE),
    ("wagtaildocs_chooser:create", settings.WAGTAILDOCS_MAX_UPLOAD_SIZE),
    ("wagtailadmin_account", settings.WAGTAILIMAGES_MAX_UPLOAD_SIZE),
    ("wagtailadmin_login", STRANGER_BYTES),
])  # fmt: skip
def test_addresses_that_take_files_have_room_for_them_and_their_form(name: str, least: int) -> None:
    assert BodyLimits.of_site().for_member(reverse(name)) > least
