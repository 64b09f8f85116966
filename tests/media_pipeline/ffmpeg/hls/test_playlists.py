"""Playlists: the packager's real ones read, and ours written."""

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction

import pytest

from media_pipeline.ffmpeg.encode.packager import media_tracks, package_file_names
from media_pipeline.ffmpeg.errors import ErrorCode, MediaError
from media_pipeline.ffmpeg.hls.media_playlist import (
    MediaPlaylist,
    MediaSegment,
    SegmentRange,
    parse_codecs,
    parse_media_playlist,
)
from media_pipeline.ffmpeg.hls.multivariant import (
    MediaTrack,
    SubtitleRendition,
    write_multivariant_playlist,
    write_subtitle_playlist,
)
from media_pipeline.ffmpeg.plan.recipe import AudioPlan, PictureTransform, Recipe, Rung
from tests.media_pipeline.ffmpeg.conftest import GOLDEN
from tests.media_pipeline.ffmpeg.samples import NTSC

SIZES = {
    "720-av1.mp4": 1_965_262,
    "720-h264.mp4": 1_785_851,
    "240-av1.mp4": 417_059,
    "240-h264.mp4": 449_373,
    "audio.mp4": 5_563,
}
TEXTS = {path.name: path.read_text(encoding="utf-8") for path in (GOLDEN / "packager").iterdir()}
RECIPE = Recipe(
    video_stream=0,
    rungs=(
        Rung("av1", 1280, 720, NTSC),
        Rung("h264", 1280, 720, NTSC),
        Rung("av1", 426, 240, NTSC),
        Rung("h264", 426, 240, NTSC),
    ),
    fps=NTSC,
    picture=PictureTransform("bt709"),
    duration_s=9.743,
    audio=AudioPlan(1),
    keyframe_s=Fraction(60 * 1001, 30000),
)


def test_a_media_playlist_of_the_packager() -> None:
    playlist = parse_media_playlist(TEXTS["720-h264.m3u8"])
    sizes = [segment.bytes.length for segment in playlist.segments]
    assert (playlist.ended, playlist.iframes_only, playlist.target_s, len(sizes)) == (True, False, 5, 3)
    assert playlist.init == SegmentRange(0, 896)
    assert playlist.segments[-1].bytes.end == SIZES["720-h264.mp4"]
    assert playlist.segments[0].uri == "720-h264.mp4"
    assert playlist.average_bandwidth == round(sum(sizes) * 8 / 9.743)


def test_an_iframe_playlist_has_every_keyframe() -> None:
    playlist = parse_media_playlist(TEXTS["720-av1-iframes.m3u8"])
    assert [segment.duration_s for segment in playlist.segments] == [2.002, 2.002, 2.002, 2.002, 1.735]
    assert playlist.iframes_only


def test_codecs_of_the_packager() -> None:
    assert parse_codecs(TEXTS["master.m3u8"]) == {
        "720-av1.m3u8": "av01.0.05M.08.0.110.01.01.01.0",
        "240-av1.m3u8": "av01.0.00M.08.0.110.01.01.01.0",
        "720-h264.m3u8": "avc1.64001f",
        "240-h264.m3u8": "avc1.640015",
        "audio.m3u8": "mp4a.40.2",
    }


@pytest.mark.parametrize(
    "text",
    [
        "",
        "#EXTM3U\n",
        "#EXTM3U\n#EXT-X-TARGETDURATION:5\nfile.mp4\n",
        '#EXTM3U\n#EXT-X-TARGETDURATION:5\n#EXT-X-MAP:URI="a.mp4"\n',
        '#EXTM3U\n#EXT-X-TARGETDURATION:x\n#EXT-X-MAP:URI="a.mp4",BYTERANGE="1@0"\n',
    ],
)
def test_what_is_no_media_playlist(text: str) -> None:
    with pytest.raises(MediaError) as problem:
        parse_media_playlist(text)
    assert problem.value.code is ErrorCode.VERIFY_FAILED


def playlist(*segments: tuple[float, int]) -> MediaPlaylist:
    made, place = [], 0
    for seconds, size in segments:
        made.append(MediaSegment("a.mp4", seconds, SegmentRange(place, size)))
        place += size
    return MediaPlaylist(5, SegmentRange(0, 1), tuple(made), ended=True)


@pytest.mark.parametrize(
    ("segments", "peak"),
    [
        (((4.0, 4000), (4.0, 8000), (4.0, 4000)), 16_000),
        (((4.0, 4000), (0.1, 4000)), 15_610),  # a short end counts with what comes before it
        (((1.0, 1000),), 8_000),
        ((), 0),
    ],
)
def test_peak_bandwidth(segments: tuple[tuple[float, int], ...], peak: int) -> None:
    assert playlist(*segments).peak_bandwidth == peak


def test_tracks_of_a_package() -> None:
    tracks = media_tracks(RECIPE, TEXTS, SIZES)
    assert [(track.kind, track.codec, track.height, track.size_bytes) for track in tracks] == [
        ("video", "av1", 720, 1_965_262),
        ("video", "h264", 720, 1_785_851),
        ("video", "av1", 240, 417_059),
        ("video", "h264", 240, 449_373),
        ("audio", "aac", 0, 5_563),
    ]
    assert (tracks[0].frame_rate, tracks[0].iframe_playlist_name) == (29.97, "720-av1-iframes.m3u8")


def test_names_of_a_package() -> None:
    names = set(package_file_names(RECIPE))
    assert names == (set(TEXTS) - {"master.m3u8"}) | set(SIZES)


def test_a_playlist_that_the_packager_left_out() -> None:
    with pytest.raises(MediaError) as problem:
        media_tracks(RECIPE, {**TEXTS, "master.m3u8": "#EXTM3U\n"}, SIZES)
    assert problem.value.code is ErrorCode.VERIFY_FAILED
    with pytest.raises(MediaError):
        media_tracks(RECIPE, {name: text for name, text in TEXTS.items() if name != "audio.m3u8"}, SIZES)


def test_the_multivariant_playlist(golden: Callable[[str, str], None]) -> None:
    subtitles = (
        SubtitleRendition("ca", "Català", "subs/ca.captions.m3u8", "captions", default=True),
        SubtitleRendition("ar", "العربية", "subs/ar.subtitles.m3u8"),
    )
    text = write_multivariant_playlist(
        media_tracks(RECIPE, TEXTS, SIZES),
        prefix="3838d2288735/",
        subtitles=subtitles,
        audio_language="ca",
        audio_name="Català",
    )
    golden("multivariant.m3u8", text)


def test_a_silent_video_without_captions(golden: Callable[[str, str], None]) -> None:
    silent = [track for track in media_tracks(RECIPE, TEXTS, SIZES) if track.kind == "video" and track.codec == "h264"]
    golden("multivariant_silent.m3u8", write_multivariant_playlist(silent))


def test_players_start_with_what_an_ordinary_line_carries() -> None:
    base = MediaTrack("video", "h264", "avc1.640028", 9_000_000, 8_000_000, 1, "a.mp4", "1080.m3u8", 1920, 1080, 30.0)
    light = replace(base, bandwidth=2_000_000, width=1280, height=720, playlist_name="720.m3u8")
    modern = replace(base, codec="av1", bandwidth=1_000_000, playlist_name="av1.m3u8")
    names = [line for line in write_multivariant_playlist([modern, base, light]).splitlines() if line.endswith(".m3u8")]
    assert names == ["720.m3u8", "1080.m3u8", "av1.m3u8"]


def test_names_cannot_break_out_of_their_quotes() -> None:
    text = write_multivariant_playlist([], subtitles=[SubtitleRendition("en", 'a"b\n#EXT-X-ENDLIST', "subs/en.m3u8")])
    assert 'NAME="a\'b #EXT-X-ENDLIST"' in text
    assert "#EXT-X-ENDLIST" not in text.splitlines()


def test_a_subtitles_own_playlist(golden: Callable[[str, str], None]) -> None:
    golden("subtitles.m3u8", write_subtitle_playlist("../captions/ca.captions.vtt", 9.743))
