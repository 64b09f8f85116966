"""AV1 on top of H.264: who can play AV1 gets it, who cannot finds a complete set of H.264, and nobody a mixture."""

import re
import subprocess
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urljoin

import imageio_ffmpeg
import pytest
from playwright.sync_api import APIRequestContext, Page

from home.models import ClipPage
from tests.browser import videos
from tests.home import archive as building

WITHOUT_AV1 = """
  for (const source of [globalThis.MediaSource, globalThis.ManagedMediaSource].filter(Boolean)) {
    const able = source.isTypeSupported.bind(source);
    source.isTypeSupported = (type) => !/av01/i.test(type) && able(type);
  }
  const { canPlayType } = HTMLMediaElement.prototype;
  HTMLMediaElement.prototype.canPlayType = function (type) {
    return /av01/i.test(type) ? "" : canPlayType.call(this, type);
  };
"""


class Variant(NamedTuple):
    """A line of the multivariant playlist."""

    codecs: str
    height: int
    url: str


@pytest.fixture(scope="module")
def clip_page(served: str) -> ClipPage:
    """A page with a video that had to be encoded, in both codecs."""
    clip = videos.prepared_clip()
    archive = building.build()
    return archive.clip_page(archive.city(), clip, headline="Two codecs")


def played(page: Page, address: str) -> set[str]:
    """Play for two seconds; the rungs whose media were asked for."""
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(address)
    page.locator("[data-player-start]").click()
    page.wait_for_function("() => document.querySelector('video').currentTime > 2")
    names = (re.search(r"/(\d+-(?:av1|h264|copy))\.mp4$", url) for url in asked)
    return {found.group(1) for found in names if found}


def codecs(rungs: set[str]) -> set[str]:
    return {rung.split("-")[1] for rung in rungs}


def test_who_can_play_av1_gets_nothing_else(visit, clip_page):
    assert codecs(played(visit().page, clip_page.get_url())) == {"av1"}


def test_who_cannot_play_av1_gets_h264_alone(visit, clip_page):
    visitor = visit()
    visitor.page.add_init_script(WITHOUT_AV1)
    assert codecs(played(visitor.page, clip_page.get_url())) == {"h264"}


def variants(text: str, base: str) -> list[Variant]:
    lines = re.findall(r"#EXT-X-STREAM-INF:(.*)\n(.*)", text)
    return [
        Variant(
            re.search(r'CODECS="([^"]*)"', attributes).group(1),
            int(re.search(r"RESOLUTION=\d+x(\d+)", attributes).group(1)),
            urljoin(base, uri),
        )
        for attributes, uri in lines
    ]


def fetched(request: APIRequestContext, playlist_url: str) -> bytes:
    """All of a media playlist, range by range, as a system's own player reads it."""
    text = request.get(playlist_url).text()
    parts = re.findall(r'BYTERANGE[:=]"?(\d+)(?:@(\d+))?', text)
    name = re.search(r'URI="([^"]+)"', text).group(1)
    media, end = b"", 0
    for length, offset in parts:
        start = int(offset or end)  # without an offset a range begins where the one before ended
        end = start + int(length)
        answer = request.get(urljoin(playlist_url, name), headers={"Range": f"bytes={start}-{end - 1}"})
        assert (answer.status, len(answer.body())) == (206, int(length))
        media += answer.body()
    return media


def frames(path: Path) -> int:
    """Pictures that come out of a decoder."""
    command = [imageio_ffmpeg.get_ffmpeg_exe(), "-v", "error", "-xerror", "-i", str(path), "-f", "framecrc", "-"]
    answer = subprocess.run(command, capture_output=True, check=True, timeout=120)
    return sum(not line.startswith(b"#") for line in answer.stdout.splitlines())


@pytest.mark.parametrize("codec", ["avc1", "av01"])
def test_a_player_of_one_codec_finds_every_size_from_small_to_top(visit, clip_page, tmp_path, codec):
    request, page = visit().page.request, f"/media/{clip_page.clip.public_id}/master.m3u8"
    found = request.get(page)
    mine = [one for one in variants(found.text(), found.url) if one.codecs.split(",")[0].startswith(codec)]
    assert sorted(one.height for one in mine) == [240, 360]
    for number, one in enumerate(mine):
        path = tmp_path / f"{number}.mp4"
        path.write_bytes(fetched(request, one.url))
        assert frames(path) == videos.SECONDS * 25


def test_the_first_variant_plays_everywhere(visit, clip_page):
    answer = visit().page.request.get(f"/media/{clip_page.clip.public_id}/master.m3u8")
    assert variants(answer.text(), answer.url)[0].codecs.startswith("avc1")
