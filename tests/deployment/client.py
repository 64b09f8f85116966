"""A visitor who speaks HTTPS with the nginx of the tests, from an address that is nobody else's."""

import http.client
import re
import socket
import ssl
import uuid
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

from tests.deployment.files import NAME

VISITOR = "127.0.0.77"  # all of 127/8 is loopback; in a log it would be this one's
PATIENCE_S = 120
BLOCK = 256 * 1024
Headers = Mapping[str, str]
NO_HEADERS: Headers = {}


@dataclass(frozen=True)
class Answer:
    """What came: names of headers in lower case."""

    status: int
    headers: dict[str, str]
    body: bytes


@dataclass
class Client:
    """Cookies are kept; nothing is followed. ``context`` None means plain HTTP, as the site behind nginx speaks it."""

    port: int
    context: ssl.SSLContext | None
    cookies: dict[str, str] = field(default_factory=dict)

    def connect(self) -> socket.socket:
        """Return a connection, encrypted and with the name of the site."""
        plain = socket.create_connection(("127.0.0.1", self.port), PATIENCE_S, source_address=(VISITOR, 0))
        return self.context.wrap_socket(plain, server_hostname=NAME) if self.context else plain

    def request(
        self, method: str, path: str, headers: Headers = NO_HEADERS, body: bytes | Iterable[bytes] | None = None
    ) -> Answer:
        """Return the answer to one request, on a connection of its own."""
        connection = http.client.HTTPConnection(NAME)
        connection.sock = self.connect()
        sent = {"Host": NAME, **headers}
        if self.context is None:
            sent["X-Forwarded-Proto"] = "https"
        if self.cookies:
            sent["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        try:
            connection.request(method, path, body=body, headers=sent)
            answer = connection.getresponse()
            for cookie in answer.headers.get_all("Set-Cookie", []):
                assert "; Secure" in cookie or "; Max-Age=0" in cookie, cookie
                name, _, value = cookie.partition(";")[0].partition("=")
                self.cookies[name] = value
            found: dict[str, str] = {}
            for key, value in answer.getheaders():
                found[key.lower()] = f"{found[key.lower()]}, {value}" if key.lower() in found else value
            return Answer(answer.status, found, answer.read())
        finally:
            connection.close()

    def get(self, path: str, **headers: str) -> Answer:
        """Return the answer to a GET."""
        return self.request("GET", path, {name.replace("_", "-"): value for name, value in headers.items()})

    def token(self, path: str) -> str:
        """Return the token against forged requests in the form at ``path``."""
        page = self.get(path)
        found = re.search(rb'name="csrfmiddlewaretoken" value="(\w+)"', page.body)
        assert found, page
        return found[1].decode()

    def post(self, path: str, form_at: str, more: Headers = NO_HEADERS, **fields: str) -> Answer:
        """Send a form whose page is at ``form_at``."""
        body = urlencode({"csrfmiddlewaretoken": self.token(form_at), **fields}).encode()
        headers = {"Content-Type": "application/x-www-form-urlencoded", "Referer": f"https://{NAME}{form_at}"}
        return self.request("POST", path, {**headers, **more}, body)

    def sign_in(self, user: str, password: str) -> None:
        """Sign in by the form."""
        page = "/admin/login/"
        answer = self.post(page, page, username=user, password=password, next="/admin/")
        assert (answer.status, answer.headers.get("location")) == (302, "/admin/"), answer

    def fail_to_sign_in(self, user: str, **headers: str) -> None:
        """Try a wrong password."""
        page = "/admin/login/"
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        assert self.post(page, page, named, username=user, password="wrong", next="/admin/").status == 200

    def upload(
        self, path: str, blocks: Iterable[bytes], size: int, *, form_at: str = "", name: str = "film.mp4", **fields: str
    ) -> Answer:
        """Send a form with a file, piece by piece."""
        form_at = form_at or path
        mark = uuid.uuid4().hex
        values = {"csrfmiddlewaretoken": self.token(form_at), **fields}
        parts = [f'--{mark}\r\nContent-Disposition: form-data; name="{k}"\r\n\r\n{v}\r\n' for k, v in values.items()]
        disposition = f'Content-Disposition: form-data; name="file"; filename="{name}"'
        head = "".join([*parts, f"--{mark}\r\n{disposition}\r\nContent-Type: video/mp4\r\n\r\n"]).encode()
        tail = f"\r\n--{mark}--\r\n".encode()

        def pieces() -> Iterator[bytes]:
            yield head
            yield from blocks
            yield tail

        headers = {
            "Content-Type": f"multipart/form-data; boundary={mark}",
            "Content-Length": str(len(head) + size + len(tail)),
            "Referer": f"https://{NAME}{form_at}",
        }
        return self.request("POST", path, headers, pieces())


def file_blocks(path: Path) -> Iterator[bytes]:
    """Yield a file in pieces."""
    with path.open("rb") as file:
        while block := file.read(BLOCK):
            yield block
