"""Nonsense from strangers: an answer that says it was theirs (4xx), and in the log one short line at most."""

import io
import logging
from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from campaign_site.log_format import OneLineFormatter
from campaign_site.log_limits import LimitedLines

LOGIN = "/admin/login/"
Send = Callable[[Client], Any]


class BrokenBody(io.BytesIO):
    """The body of somebody who went away."""

    def read(self, *_args: Any) -> bytes:
        raise OSError("client disconnected")

    readline = read


def get(path: str, **headers: str) -> Send:
    return lambda client: client.get(path, headers=headers)


def post(path: str, data: Any, content_type: str, **environ: Any) -> Send:
    return lambda client: client.generic("POST", path, data, content_type, **environ)


def host(text: str | None) -> Send:
    return lambda client: client.get("/en/", HTTP_HOST=text, SERVER_NAME="elsewhere.invalid")


def without_host(client: Client) -> Any:
    """HTTP/1.0 without the header: Django falls back on what the server calls itself."""
    client.defaults.pop("HTTP_HOST", None)
    return client.get("/en/", SERVER_NAME="elsewhere.invalid")


def form_in(charset: str) -> Send:
    """A form that is looked at for its token, which Django refuses to read."""

    def send(_client: Client) -> Any:
        client = Client(enforce_csrf_checks=True, raise_request_exception=False)
        client.cookies["csrftoken"] = "a" * 32
        return client.generic("POST", LOGIN, b"a=1", f"{FORM}; charset={charset}")

    return send


MULTIPART = "multipart/form-data; boundary=x"
FORM = "application/x-www-form-urlencoded"
FILES = {f"f{number}": SimpleUploadedFile("a.txt", b"x") for number in range(101)}
CASES: dict[str, tuple[Send, set[int]]] = {
    "another host": (host("evil.example"), {400}),
    "no host": (without_host, {400}),
    "an empty host": (host(""), {400}),
    "a huge host": (host("a" * 60_000), {400}),
    "a host in Unicode": (host("ex\xe4mple.org"), {400}),
    "a host of two lines": (host("localhost\r\nX-Other: 1"), {400}),
    "half an address": (host("[::1"), {400}),
    "a port that is none": (host("localhost:99999999"), {200}),  # the name is ours
    "an absolute address": (lambda client: client.get("/", PATH_INFO="http://evil.example/en/"), {404}),
    "no token": (lambda _client: Client(enforce_csrf_checks=True).post(LOGIN, {"username": "x"}), {403}),
    "a made-up method": (lambda _client: Client(enforce_csrf_checks=True).generic("BREW", "/en/"), {403}),
    "too many fields": (post(LOGIN, "a=&" * 10_001, FORM), {400}),
    "too many files": (lambda client: client.post(LOGIN, FILES), {400}),
    "too large a form": (post(LOGIN, "a=" + "x" * 3_000_000, FORM), {400}),
    "a form without its boundary": (post(LOGIN, b"x", "multipart/form-data"), {400}),
    "half a form": (post(LOGIN, b'--x\r\nContent-Disposition: form-data; name="a', MULTIPART), {200}),
    "a form of another character set": (post(LOGIN, b"a=1", f"{FORM}; charset=martian"), {200}),
    **{f"a form in {charset}": (form_in(charset), {400}) for charset in ("utf-16", "latin-1", "utf-7")},
    "a body that never comes": (post(LOGIN, b"x", FORM, **{"wsgi.input": BrokenBody(b"")}), {400}),
    "a file that never comes": (post(LOGIN, b"x", MULTIPART, **{"wsgi.input": BrokenBody(b"")}), {400}),
    "a missing page": (get("/en/nothing/"), {404}),
    "a folder above": (get("/uploads/../../secret_key"), {404}),
    "a folder above, in code": (get("/uploads/%2e%2e/%2e%2e/secret_key"), {404}),
    "a folder above a clip": (get("/media/11111111111/0123456789abcdef/../../x"), {404}),
    "the character zero": (get("/uploads/%00"), {400}),
    "the character zero in a page": (get("/en/%00/"), {400}),
    "the character zero in a document": (get("/documents/1/%00"), {400}),
    "the character zero in a query": (get("/oembed?url=%00&lang=%00"), {400}),
    "the character zero at sign-in": (post(LOGIN, "username=%00&password=%00", FORM), {200}),
    "the character zero for a mail": (post("/admin/password_reset/", "email=%00", FORM), {200}),
    "no Unicode": (get("/en/%ff%fe/"), {404}),
    "no Unicode in a question": (get("/en/nothing/?q=%ff%fe"), {404}),
    "a session nobody has": (get("/en/nothing/", cookie="sessionid=%00'; messages=%00; csrftoken=%00"), {404}),
    "a cookie that is none": (get("/en/nothing/", cookie="=;;=\x01\xff=;" * 500), {404}),
    "a document of a huge number": (get(f"/documents/{'9' * 5000}/x.pdf"), {404}),
    "a restriction of a huge number": (get(f"/en/_util/authenticate_with_password/{'9' * 40}/1/"), {404}),
    "a language of a huge name": (get("/en/nothing/", **{"accept-language": "de-" + "x" * 60_000}), {404}),
}


def lines_of(send: Send) -> tuple[int, list[str]]:
    """The status of the answer, and what the log says."""
    stream, root = io.StringIO(), logging.getLogger()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(OneLineFormatter())
    handler.addFilter(LimitedLines())
    root.addHandler(handler)
    try:
        answer = send(Client(raise_request_exception=False))
    finally:
        root.removeHandler(handler)
    return answer.status_code, stream.getvalue().splitlines()


@pytest.mark.django_db
@pytest.mark.postgres
@pytest.mark.parametrize("name", CASES)
def test_it_is_refused_in_one_line_without_a_traceback(name: str) -> None:
    send, expected = CASES[name]
    status, lines = lines_of(send)
    assert status in expected, lines
    assert [line[:20] for line in lines[1:]] == []
    assert [len(line) for line in lines if len(line) > 400 or "Traceback" in line or "127.0.0.1" in line] == []


@pytest.mark.django_db
@pytest.mark.parametrize("host_name", ["localhost", "evil.example"])
def test_people_are_told_in_their_language_and_programs_in_one_line(host_name: str) -> None:
    client = Client(enforce_csrf_checks=True, raise_request_exception=False, headers={"host": host_name})
    client.cookies["csrftoken"] = "a" * 32
    answers = [
        client.generic(
            "POST", LOGIN, b"a=1", f"{FORM}; charset=utf-16", headers={"accept": kind, "accept-language": "de"}
        )
        for kind in ("text/html", "*/*")
    ]
    assert [answer.status_code for answer in answers] == [400, 400]
    assert "unvollständig" in answers[0].content.decode()
    assert answers[1].content == b"Bad Request\n"


@pytest.mark.django_db
def test_missing_pages_are_not_reported() -> None:
    assert lines_of(CASES["a missing page"][0])[1] == []


def test_the_log_of_the_site_has_the_limit() -> None:
    assert settings.LOGGING["handlers"]["stderr"]["filters"] == ["limited", "without_outages"]


def record(name: str, at: float, text: str = "nonsense") -> logging.LogRecord:
    made = logging.LogRecord(name, logging.ERROR, "", 1, "%s", (text,), None)
    made.created = at
    return made


def test_one_line_a_minute_says_how_many_were_left_out() -> None:
    limit, kept = LimitedLines(), []
    for second in range(130):
        line = record("django.security.DisallowedHost", 1000.0 + second)
        kept += [line.getMessage()] if limit.filter(line) else []
    assert kept == ["nonsense", "nonsense (and 59 more)", "nonsense (and 59 more)"]


def test_each_kind_is_counted_by_itself_and_what_is_no_nonsense_is_never_left_out() -> None:
    limit = LimitedLines()
    kinds = ["django.security.csrf", "django.security.DisallowedHost", "home", "home", "django.request"]
    assert [limit.filter(record(name, 1000.0)) for name in kinds] == [True] * 5
