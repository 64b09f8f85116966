"""Upload, play, range, withdraw: through nginx, with the very files that a sysadmin copies."""

import re
import ssl
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.deployment.client import Answer, Client
from tests.deployment.conftest import Newsroom, PublishedClip
from tests.deployment.deployment import Deployment
from tests.deployment.files import NAME

pytestmark = [
    pytest.mark.slow,
    pytest.mark.thorough("a deployment with nginx and PostgreSQL"),
    pytest.mark.xdist_group("tests/deployment"),
]
# Of one connection, or of who sends: nothing that a browser acts on.
OF_THE_CONNECTION = {"connection", "date", "server", "keep-alive", "transfer-encoding"}


NAMED = ("storyboard.vtt", "captions/de.subtitles.vtt", "download.mp4")


def facts(answer: Answer) -> tuple[int, dict[str, str], bytes]:
    """What must be the same with and without nginx.

    The order of the content policy differs from process to process, and nginx says of what it compresses that it does.
    """
    headers = {name: value for name, value in answer.headers.items() if name not in OF_THE_CONNECTION}
    headers["content-security-policy"] = "; ".join(sorted(headers.get("content-security-policy", "").split("; ")))
    headers["vary"] = ", ".join(sorted({"Accept-Encoding", *headers.get("vary", "Accept-Encoding").split(", ")}))
    return answer.status, headers, answer.body


def test_plain_http_leads_to_https(deployment: Deployment) -> None:
    plain = Client(deployment.ports.http, None)
    answer = plain.get("/en/cities/?page=2")
    assert (answer.status, answer.headers["location"]) == (301, f"https://{NAME}/en/cities/?page=2")
    (deployment.folder / "www/.well-known/acme-challenge/proof").write_text("it is us")
    assert plain.get("/.well-known/acme-challenge/proof").body == b"it is us"


def test_browsers_get_http2_and_no_old_tls(deployment: Deployment) -> None:
    visitor = deployment.visitor()
    assert visitor.context is not None
    visitor.context.set_alpn_protocols(["h2", "http/1.1"])
    with visitor.connect() as connection:
        assert isinstance(connection, ssl.SSLSocket)
        assert (connection.selected_alpn_protocol(), connection.version()) == ("h2", "TLSv1.3")


@pytest.mark.parametrize("path", ["/healthz", "/en/", "/en/cities/", "/nothing-here/", "/robots.txt", "/admin/login/"])
def test_pages_are_those_of_the_site(visitor: Client, alone: Client, path: str) -> None:
    """With all security headers. What is made anew for each visitor is compared without it."""
    new_each_time = re.compile(r"nonce-[\w+/=-]+|expires=[^;]+;|csrftoken=\w+")
    (status, headers, _), direct = (facts(client.get(path)) for client in (visitor, alone))
    shown = [{name: new_each_time.sub("", value) for name, value in each.items()} for each in (headers, direct[1])]
    assert (status, shown[0]) == (direct[0], shown[1])
    assert headers["strict-transport-security"] == "max-age=31536000"


def test_pages_and_playlists_are_compressed(visitor: Client, clip: PublishedClip) -> None:
    for path in ("/en/cities/", f"{clip.media}/master.m3u8"):
        answer = visitor.get(path, Accept_Encoding="gzip")
        assert (answer.headers["content-encoding"], "Accept-Encoding" in answer.headers["vary"]) == ("gzip", True)


def test_static_files_are_kept_for_ever_and_compressed(visitor: Client) -> None:
    page = visitor.get("/en/").body.decode()
    found = set(re.findall(r'"(/static/[^"]+\.(?:css|js))"', page))
    assert found
    for path in found:
        answer = visitor.get(path, Accept_Encoding="br, gzip")
        assert "immutable" in answer.headers["cache-control"]
        assert answer.headers["content-encoding"] == "br"


def addresses(visitor: Client, clip: PublishedClip) -> list[str]:
    """Every address that the player of a clip asks for, found as it finds them."""
    playlist = visitor.get(f"{clip.media}/master.m3u8").body.decode()
    found = [f"{clip.media}/master.m3u8"]
    inner = re.findall(r'^([^#\n]\S+)$|URI="([^"]+)"', playlist, re.MULTILINE)
    for name in sorted({f"{clip.media}/{(first or second)}" for first, second in inner}):
        found.append(name)
        text = visitor.get(name).body.decode()
        found += {f"{name.rpartition('/')[0]}/{media}" for media in re.findall(r'URI="([^"]+)"', text)}
    page = visitor.get(clip.page)
    if page.status in (301, 302):
        page = visitor.get(page.headers["location"].removeprefix(f"https://{NAME}"))
    found += re.findall(rf'"({clip.media}/[^"?]+\.(?:webp|avif|jpg|vtt|mp4))', page.body.decode())
    return [*dict.fromkeys([*found, *(f"{clip.media}/{name}" for name in NAMED)])]


def test_a_clip_plays(visitor: Client, clip: PublishedClip) -> None:
    found = addresses(visitor, clip)
    kinds = {visitor.get(path).headers["content-type"].partition(";")[0] for path in found}
    wanted = {"application/vnd.apple.mpegurl", "video/mp4", "text/vtt"}
    assert wanted <= kinds, (found, kinds)
    assert any(kind.startswith("image/") for kind in kinds), found
    assert {visitor.get(path).status for path in found} == {200}
    assert b"Hallo" in visitor.get(f"{clip.media}/captions/de.subtitles.vtt").body


def ways_to_ask(answer: Answer) -> Iterator[tuple[str, dict[str, str]]]:
    """Methods and headers: conditions that hold and that do not, ranges of every kind."""
    etag = answer.headers["etag"]
    modified, long_ago = answer.headers.get("last-modified", etag), "Sat, 01 Jan 2000 00:00:00 GMT"
    first = {"Range": "bytes=0-9"}
    ways: list[dict[str, str]] = [
        {},
        *({"Range": f"bytes={wanted}"} for wanted in ("0-99", "7-", "-9", "0-0", "999999999-", "0-1,5-6", "x")),
        *({"If-None-Match": tag} for tag in (etag, f"W/{etag}", '"another"')),
        {"If-None-Match": etag, **first},
        *({"If-Range": condition, **first} for condition in (etag, '"another"', modified, long_ago)),
        {"If-Modified-Since": modified},
        {"If-Match": etag},
        {"If-Match": '"another"'},
        {"If-Unmodified-Since": long_ago},
        {"Origin": "https://school.example"},
    ]
    yield from ((method, headers) for headers in ways for method in ("GET", "HEAD"))
    yield "OPTIONS", {"Origin": "https://school.example", "Access-Control-Request-Headers": "range"}


def test_media_are_those_of_the_site_in_every_way_to_ask(visitor: Client, alone: Client, clip: PublishedClip) -> None:
    found = addresses(visitor, clip)
    composed = [f"{clip.media}/{name}" for name in ("master.m3u8", *NAMED)]
    one_of_each_kind = {path.rpartition(".")[2]: path for path in found if path not in composed}
    different = []
    for path in (*composed, *one_of_each_kind.values()):
        for method, headers in ways_to_ask(alone.get(path)):
            through, direct = (facts(one.request(method, path, headers)) for one in (visitor, alone))
            if through != direct:
                shown = [{"status": status, **rest} for status, rest, _ in (through, direct)]
                names = (name for name in {**shown[0], **shown[1]} if shown[0].get(name) != shown[1].get(name))
                different.append((method, path, headers, {name: [one.get(name) for one in shown] for name in names}))
    assert different == []


def test_a_range_has_the_right_bytes(deployment: Deployment, visitor: Client, clip: PublishedClip) -> None:
    """Of every file that nginx sends, which reads it as another user of the system, by the group alone."""
    published = deployment.data / "published"
    places = {path: published / path.removeprefix("/media/") for path in addresses(visitor, clip)}
    sent = {path: place.read_bytes() for path, place in places.items() if place.exists()}
    assert len(sent) > 5
    for path, stored in sent.items():
        answer = visitor.get(path, Range="bytes=10-99")
        assert (answer.status, answer.headers["content-range"]) == (206, f"bytes 10-99/{len(stored)}")
        assert (answer.body, visitor.get(path).body) == (stored[10:100], stored)
        assert answer.headers["access-control-allow-origin"] == "*"


def test_the_download_has_a_readable_name(visitor: Client, alone: Client, clip: PublishedClip) -> None:
    path = f"{clip.media}/download.mp4?save"
    answer = visitor.get(path)
    assert f"Lille - Un film (Polyphony {clip.public_id}).mp4" in answer.headers["content-disposition"]
    assert facts(answer) == facts(alone.get(path))


def protected(deployment: Deployment, clip: PublishedClip) -> list[str]:
    """Ways to write the address that nginx keeps for itself, of a file that is there."""
    files = [path for path in (deployment.data / "published" / clip.public_id).rglob("*") if path.is_file()]
    assert files
    name = files[0].relative_to(deployment.data / "published").as_posix()
    spellings = ("/protected/", "//protected/", "/protected//", "/%70rotected/", "/x/../protected/", "/protected/./")
    return [f"{spelling}{name}" for spelling in spellings] + ["/protected/", "/protected/../published/"]


def test_nobody_reaches_the_files_beside_the_site(
    deployment: Deployment, visitor: Client, clip: PublishedClip, newsroom: Newsroom
) -> None:
    for path in protected(deployment, clip):
        for client in (visitor, newsroom.client):
            assert client.get(path).status in (400, 404), path
            assert client.get(path, X_Accel_Redirect=path).status in (400, 404), path


def test_what_is_withdrawn_is_gone_at_once(
    deployment: Deployment, newsroom: Newsroom, video: Path, visitor: Client
) -> None:
    clip = newsroom.publish(video, "Un autre film")
    known = {path: visitor.get(path) for path in addresses(visitor, clip)}
    assert {answer.status for answer in known.values()} == {200}
    at = f"/admin/clips/inspect/{clip.pk}/"
    answer = newsroom.client.post(f"/admin/clips/{clip.pk}/withdraw/", at, reason="asked for")
    assert answer.status == 302, answer.body
    asked = (
        (path, headers)
        for path, before in known.items()
        for headers in ({}, {"Range": "bytes=0-9"}, {"If-None-Match": before.headers["etag"]})
    )
    assert {(visitor.request("GET", *each).status, visitor.request("HEAD", *each).status) for each in asked} == {
        (410, 410)
    }
    assert visitor.get(clip.page).status == 410
    assert {visitor.get(path).status for path in protected(deployment, clip)} <= {400, 404}
