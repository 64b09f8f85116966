"""What is sent to the site through nginx: large uploads pass, nothing of strangers is stored, no address is written."""

import os
import re
import secrets
import shutil
import subprocess
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import pytest

from tests.deployment.client import VISITOR, Client
from tests.deployment.conftest import UPLOAD, Newsroom, PublishedClip
from tests.deployment.deployment import TEMPORARY, Deployment, family
from tests.deployment.files import NAME

pytestmark = [
    pytest.mark.slow,
    pytest.mark.thorough("a deployment with nginx and PostgreSQL"),
    pytest.mark.xdist_group("tests/deployment"),
]
MEGABYTE = 1024 * 1024
LARGE_MB = 300
GROWTH_ALLOWED = 40 * MEGABYTE


def proxies(deployment: Deployment) -> list[int]:
    return list(family(deployment.processes["nginx"].pid))


def web_processes(deployment: Deployment) -> list[int]:
    return [pid for pid, line in family(deployment.processes["site"].pid).items() if "campaign_site.server" in line]


def open_files(pids: list[int]) -> set[str]:
    """Return the files that processes have open."""
    found = set()
    for pid in pids:
        for link in Path(f"/proc/{pid}/fd").iterdir():
            try:
                found.add(str(link.readlink()))
            except FileNotFoundError:
                continue
    return found


def kept_by_nginx(deployment: Deployment) -> set[str]:
    """Return files of nginx, with a name or without, that hold what passes."""
    folders = tuple(f"{deployment.nginx_folder}/{name}/" for name in TEMPORARY)
    named = {str(path) for folder in folders for path in Path(folder).rglob("*") if path.is_file()}
    return named | {name for name in open_files(proxies(deployment)) if name.startswith(folders)}


def spooled(deployment: Deployment) -> set[str]:
    folder = f"{deployment.data}/work/"
    return {
        name for name in open_files(web_processes(deployment)) if name.startswith((f"{folder}spool", f"{folder}inc"))
    }


def most_memory(pids: list[int]) -> int:
    """Return the most bytes that any of the processes has had in memory."""
    texts = (Path(f"/proc/{pid}/status").read_text() for pid in pids)
    return max(int(found[1]) * 1024 for text in texts if (found := re.search(r"VmHWM:\s+(\d+)", text)))


def announce(client: Client, *headers: str, body: bytes = b"") -> bytes:
    """Announce an upload, send a piece of it, and return the answer."""
    cookies = "; ".join(f"{name}={value}" for name, value in client.cookies.items())
    lines = [f"POST {UPLOAD} HTTP/1.1", f"Host: {NAME}", "Accept-Language: de", *headers]
    lines += [f"Cookie: {cookies}"] if cookies else []
    with client.connect() as connection:
        connection.sendall("\r\n".join([*lines, "", ""]).encode() + body)
        answer = b""
        while b"\n" not in answer.partition(b"\r\n\r\n")[2]:
            piece = connection.recv(65536)
            assert piece, answer
            answer += piece
        return answer


@pytest.mark.parametrize("headers", [("Content-Length: 500000000",), ("Transfer-Encoding: chunked",)])
@pytest.mark.parametrize("cookie", ["", "invented"])
def test_nothing_of_strangers_is_stored(deployment: Deployment, headers: tuple[str, ...], cookie: str) -> None:
    stranger = deployment.visitor()
    if cookie:
        stranger.cookies["sessionid"] = cookie
    piece = 60_000 * b"x"
    body = f"{len(piece):x}\r\n".encode() + piece + b"\r\n" if "chunked" in headers[0] else piece
    answer = announce(stranger, *headers, body=body)
    assert answer.startswith(b"HTTP/1.1 413 ")
    assert b"content-language: de" in answer.lower()  # the sentence of the site
    assert (spooled(deployment), kept_by_nginx(deployment)) == (set(), set())


def test_what_is_too_large_is_refused_in_words(deployment: Deployment, newsroom: Newsroom) -> None:
    answer = announce(newsroom.client, f"Content-Length: {1100 * MEGABYTE}", body=60_000 * b"x")
    assert answer.startswith(b"HTTP/1.1 413 ")
    assert b"content-language: de" in answer.lower()
    assert (spooled(deployment), kept_by_nginx(deployment)) == (set(), set())


def test_a_large_upload_passes_and_needs_no_memory(deployment: Deployment, newsroom: Newsroom) -> None:
    """On its way it is on the disk once: in the spool of the site."""
    block, digest, seen = secrets.token_bytes(MEGABYTE), sha256(), []
    before = [most_memory(pids(deployment)) for pids in (proxies, web_processes)]

    def blocks() -> Iterator[bytes]:
        for number in range(LARGE_MB):
            if number == LARGE_MB // 2:
                seen.append((len(spooled(deployment)), kept_by_nginx(deployment)))
            digest.update(block)
            yield block

    fields = {"title": "Large", "spoken_language": "fr", "city": newsroom.city}
    answer = newsroom.client.upload(UPLOAD, blocks(), LARGE_MB * MEGABYTE, **fields)
    assert (answer.status, seen) == (302, [(1, set())])
    pk = int(answer.headers["location"].rstrip("/").rpartition("/")[2])
    facts = deployment.rows("SELECT sha256, size_bytes FROM media_pipeline_master WHERE clip_id = %s", pk)
    assert facts == [(digest.hexdigest(), LARGE_MB * MEGABYTE)]
    after = [most_memory(pids(deployment)) for pids in (proxies, web_processes)]
    assert [late - early > GROWTH_ALLOWED for early, late in zip(before, after, strict=True)] == [False, False]


@pytest.mark.skipif(shutil.which("curl") is None, reason="no curl")
def test_an_upload_by_http2(deployment: Deployment, newsroom: Newsroom, video: Path, tmp_path: Path) -> None:
    client, token = newsroom.client, newsroom.client.token(UPLOAD)
    fields = {"csrfmiddlewaretoken": token, "title": "By HTTP/2", "spoken_language": "fr", "city": newsroom.city}
    form = [part for name, value in fields.items() for part in ("--form-string", f"{name}={value}")]
    address = f"https://{NAME}:{deployment.ports.https}"
    command = [
        "curl", "--silent", "--show-error", "--http2", "--cacert", deployment.folder / "certificate" / "fullchain.pem",
        "--resolve", f"{NAME}:{deployment.ports.https}:127.0.0.1", "--interface", VISITOR, "--output", os.devnull,
        "--write-out", "%{http_version} %{http_code}", "--header", f"Host: {NAME}",
        "--referer", f"https://{NAME}{UPLOAD}",
        "--cookie", "; ".join(f"{name}={value}" for name, value in client.cookies.items()),
        *form, "--form", f"file=@{video}", f"{address}{UPLOAD}",
    ]  # fmt: skip
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.stdout == "2 302", done.stderr


def test_no_address_and_no_password_is_written(deployment: Deployment, clip: PublishedClip, visitor: Client) -> None:
    """Not of those for whom it goes well, and not where nginx complains: of the first nonsense at the level "crit"."""
    assert visitor.get("/en/").status == 200
    announce(visitor, f"Content-Length: {10 * 1024 * MEGABYTE}", body=b"x")  # more than nginx lets pass
    with visitor.connect() as connection:
        connection.sendall(b"nonsense\r\n\r\n")
        assert b" 400 " in connection.recv(65536)
    plain = Client(deployment.ports.https, None)
    for nonsense in (b"\x16\x03\x01\xff\xff" + 99 * b"x", b"\x16\x03\x01\x00\x05x" * 30, b"GET / HTTP/1.1\r\n\r\n"):
        with plain.connect() as connection:
            connection.sendall(nonsense)
            connection.recv(65536)
    deployment.visitor().fail_to_sign_in("nobody")
    # Of the preview that went before, too: nothing says which of the two comes first.
    films = {film: film.stat().st_mode for film in (deployment.data / "published").rglob("download.mp4")}
    for film in films:
        film.chmod(0)
    assert visitor.get(f"{clip.media}/download.mp4").status == 403
    for film, mode in films.items():
        film.chmod(mode)
    assert VISITOR not in deployment.logs()
    assert deployment.account["password"] not in deployment.logs()


def test_who_guesses_passwords_does_not_choose_an_address(deployment: Deployment) -> None:
    """The site counts by sender; a header of the client's is not believed."""
    counts = []
    for user, claimed in (("dora", "192.0.2.1"), ("ada", "192.0.2.2")):
        deployment.visitor().fail_to_sign_in(user, X_Forwarded_For=claimed)
        counts += deployment.rows("SELECT count(*) FROM home_passwordattempts")
    (first,), (second,) = counts
    assert second - first == 1  # another account, the same sender
