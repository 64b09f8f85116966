"""Addresses of a clip's files, and how the tests here ask for them."""

from media_pipeline.models import Clip
from tests.home.archive import KEY

FILE = "v720.mp4"


def address(clip: Clip, name: str = FILE) -> str:
    return f"/media/{clip.public_id}/{KEY}/{name}"


def body(response) -> bytes:
    """All bytes; reading to the end closes the file, as a server does."""
    return b"".join(response.streaming_content) if response.streaming else response.content


def answer(client, url: str, **headers: str):
    """The answer with its file closed."""
    response = client.get(url, headers=headers)
    body(response)
    return response


def every_address(clip: Clip) -> list[str]:
    base = f"/media/{clip.public_id}/"
    return [
        address(clip), address(clip, "v720.m3u8"), address(clip, "poster-1-320.webp"),
        address(clip, "storyboard-0.webp"),
        base + "master.m3u8", base + "subs/de.subtitles.m3u8", base + "captions/de.subtitles.vtt",
        base + "captions/de.subtitles.srt", base + "captions/de.subtitles.ttml", base + "captions/de.subtitles.txt",
        base + "storyboard.vtt", base + "download.mp4", base + "poster-320.webp",
    ]  # fmt: skip
