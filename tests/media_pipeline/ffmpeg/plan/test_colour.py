"""What each combination of names is taken for, and which are said to be a guess."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from media_pipeline.ffmpeg.inspect.source import Colour
from media_pipeline.ffmpeg.plan.colour import assumed_colours, colour_reasons, picture_transform
from tests.media_pipeline.ffmpeg.samples import PLAIN_TOOLS, TOOLS, video

WORDS = st.sampled_from(
    [
        "bt709",
        "bt470bg",
        "smpte170m",
        "fcc",
        "smpte240m",
        "bt2020nc",
        "bt2020c",
        "ycgco",
        "ycgco-re",
        "gbr",
        "ictcp",
        "ipt-c2",
        "smpte2085",
        "reserved",
        "linear",
        "chroma-derived-nc",
        "chroma-derived-c",
        "bt2020",
        "smpte428",
        "smpte431",
        "smpte432",
        "film",
        "bt470m",
        "log100",
        "vlog",
        "smpte2084",
    ]
) | st.just("")


@pytest.mark.parametrize(
    ("colour", "facts", "expected", "assumed"),
    [
        (Colour(), {}, ("bt709", "bt709", "bt709", ""), ()),
        (Colour("fcc", "smpte170m", "smpte170m"), {}, ("fcc", "bt709", "bt709", ""), ()),
        (Colour("bt470bg", "bt470bg", "bt470bg"), {}, ("bt601", "bt709", "bt709", ""), ()),
        (Colour("ycgco"), {}, ("bt709", "bt709", "bt709", ""), ("matrix ycgco",)),
        (Colour("ycgco"), {"chroma": "444"}, ("ycgco", "bt709", "bt709", "zscale"), ()),
        (Colour("bt2020c", "bt2020"), {"bit_depth": 10}, ("bt2020c", "bt2020", "bt709", "zscale"), ()),
        (Colour("bt2020c"), {}, ("bt2020", "bt709", "bt709", ""), ("matrix bt2020c",)),
        (Colour("ictcp", "bt2020"), {"hdr": "pq", "bit_depth": 10}, ("ictcp", "bt2020", "smpte2084", "zscale"), ()),
        (Colour("ictcp", "bt2020"), {"bit_depth": 10}, ("bt709", "bt2020", "bt709", "zscale"), ("matrix ictcp",)),
        (Colour("bt709", "bt709"), {"hdr": "pq"}, ("bt709", "bt709", "smpte2084", "zscale"), ()),
        (
            Colour("", "smpte428"),
            {"hdr": "hlg"},
            ("bt2020", "bt2020", "arib-std-b67", "zscale"),
            ("primaries smpte428",),
        ),
        (Colour("", "", "arib-std-b67"), {"hdr": "hlg"}, ("bt2020", "bt2020", "arib-std-b67", "zscale"), ()),
        (Colour("bt709", "smpte431"), {}, ("bt709", "smpte432", "bt709", "zscale"), ()),
        (Colour("bt709", "vgamut", "vlog"), {}, ("bt709", "bt709", "bt709", ""), ("primaries vgamut", "transfer vlog")),
        (Colour("bt709", "", "linear"), {}, ("bt709", "bt709", "linear", "zscale"), ()),
        (Colour("chroma-derived-nc", "bt2020"), {}, ("bt2020", "bt2020", "bt709", "zscale"), ()),
        (Colour("chroma-derived-nc", "film"), {}, ("chroma-derived-nc", "film", "bt709", "zscale"), ()),
        (Colour("bt470bg"), {"pix_fmt": "gbrp"}, ("rgb", "bt709", "bt709", ""), ()),
        (Colour("reserved", "reserved", "reserved"), {}, ("bt709",) * 3 + ("",), ("matrix reserved",)),
        (Colour(), {"codec": "png", "pix_fmt": ""}, ("rgb", "bt709", "bt709", ""), ()),
    ],
)
def test_what_names_are_taken_for(
    colour: Colour, facts: dict[str, object], expected: tuple[str, ...], assumed: tuple[str, ...]
) -> None:
    stream = video(colour=colour, **facts)
    made = picture_transform(stream, TOOLS)
    assert (made.matrix, made.primaries, made.transfer, made.tone_map) == expected
    assert assumed_colours(stream, made)[: len(assumed)] == assumed
    assert bool(assumed_colours(stream, made)) == bool(assumed)


@pytest.mark.parametrize(
    ("colour", "assumed"),
    [
        (Colour("bt709", "smpte432"), ("primaries smpte432",)),
        (Colour("bt709", "bt709", "linear"), ("transfer linear",)),
        (Colour("chroma-derived-nc", "film"), ("matrix chroma-derived-nc", "primaries film")),
    ],
)
def test_without_zscale_more_is_a_guess(colour: Colour, assumed: tuple[str, ...]) -> None:
    stream = video(colour=colour)
    assert assumed_colours(stream, picture_transform(stream, PLAIN_TOOLS)) == assumed


@given(WORDS, WORDS, WORDS, st.sampled_from(["yuv420p", "yuv444p10le", "gbrp", "gray"]), st.booleans())
def test_only_what_filters_take_is_planned(matrix: str, primaries: str, transfer: str, pixels: str, able: bool) -> None:
    depth, chroma = (10 if "10" in pixels else 8), ("444" if "444" in pixels else "420")
    stream = video(colour=Colour(matrix, primaries, transfer), pix_fmt=pixels, bit_depth=depth, chroma=chroma)
    made = picture_transform(stream, TOOLS if able else PLAIN_TOOLS)
    plain = {"bt709", "bt601", "bt2020", "fcc", "smpte240m", "rgb"}
    assert made.matrix in plain or made.tone_map == "zscale"
    assert made.transfer in ("bt709", "linear")
    assert made.primaries not in ("", "smpte428", "reserved", "vlog")
    assert any(sentence.startswith("colours named") for sentence in colour_reasons(stream, made))
