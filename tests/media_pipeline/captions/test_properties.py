"""What holds for all captions: cleaning settles at once, and writing and reading give the same cues back."""

from hypothesis import example, given, settings
from hypothesis import strategies as st

from media_pipeline.captions import cue_text
from media_pipeline.captions.cues import Cue, ParsedCaptions, clean_cue_settings
from media_pipeline.captions.formats import UPLOAD_FORMATS, CaptionFormat
from media_pipeline.captions.parse import parse_captions
from media_pipeline.captions.plain_text import write_plain_text
from media_pipeline.captions.rolling import merge_rolling_cues
from media_pipeline.captions.srt import write_srt
from media_pipeline.captions.ttml_write import write_ttml
from media_pipeline.captions.vtt import write_vtt
from media_pipeline.ffmpeg.errors import ErrorCode, MediaError

REFUSED = {code for code in ErrorCode if code.startswith(("caption_", "xml_"))}
relaxed = settings(deadline=None)  # a busy machine is not a slow parser

TAGS = ["<b>", "</b>", "<i>", "</i>", "<u.x>", "</v>", "<c.a.b>", "</c>", "<ruby>", "<rt>", "</rt>", "</ruby>"]
CODE = ["<script>", "</script>", "<00:00:01.000>"]
ENTITIES = ["&lt;", "&amp;", "&#x202e;", "&nbsp;", "&", "<", ">", "-->"]
TRAPS = ["{\\an8}", "{", "\\", "}", "NOTE", "STYLE", "WEBVTT", "1", "مرحبا"]
BLANKS = ("\n", "\n\n", "\r", " ", "42\n", "\u202e", "\x00", "\ufeff", "\u2028")
LONG = ("<v Zoë &amp; Co>", "<lang de>", "00:00:01.000 --> 00:00:02.000")
PIECES = st.sampled_from([*TAGS, *CODE, *ENTITIES, *TRAPS, *BLANKS, *LONG])
WILD = st.lists(st.one_of(PIECES, st.text(max_size=8)), max_size=30).map("".join)
# What SubRip can say: words and three tags.
PLAIN = st.sampled_from(["<b>", "</b>", "<i>", "</i>", "<u>", "&lt;", "&amp;", "&gt;", "\n", "7", "--&gt;", "&amp;lt;"])
SIMPLE = st.lists(st.one_of(PLAIN, st.text(max_size=8)), max_size=20).map("".join)
TIMES = st.tuples(st.integers(0, 80_000_000), st.integers(1, 100_000)).map(lambda both: (both[0], sum(both)))
SETTING = ["line:0", "line:-1,end", "align:start", "align:middle", "size:50%", "vertical:rl", "region:x", "x:y"]
SETTINGS = st.lists(st.sampled_from(SETTING)).map(" ".join)


def cues_of(texts: st.SearchStrategy[str]) -> st.SearchStrategy[list[Cue]]:
    """Sorted cues as `parse_captions` gives them, at least one."""
    clean, how = texts.map(cue_text.clean_cue_text), SETTINGS.map(clean_cue_settings)
    cue = st.builds(lambda times, text, kept: Cue(*times, text, kept), TIMES, clean, how)
    kept = st.lists(cue.filter(lambda each: each.text), min_size=1, max_size=6)
    return kept.map(_settled).filter(lambda cues: merge_rolling_cues(cues)[1] == ())


def _settled(cues: list[Cue]) -> list[Cue]:
    """In order, and none so long that its end counts as wrong."""
    return sorted(cues, key=lambda each: (each.start_ms, each.end_ms))


@relaxed
@given(WILD)
def test_cleaning_twice_changes_nothing(text: str) -> None:
    once = cue_text.clean_cue_text(text)
    assert cue_text.clean_cue_text(once) == once


@relaxed
@given(WILD)
def test_clean_text_has_only_allowed_tags_and_no_arrow(text: str) -> None:
    cleaned = cue_text.clean_cue_text(text)
    tags = [part.partition(">")[0] for part in cleaned.split("<")[1:]]
    names = {tag.lstrip("/").split(" ")[0].split(".")[0] for tag in tags}
    assert names <= cue_text.CUE_TAGS
    assert ("-->" in cleaned, "\n\n" in cleaned, "\x00" in cleaned, "\u202e" in cleaned) == (False,) * 4


@relaxed
@given(cues_of(WILD))
def test_webvtt_comes_back_as_it_was(cues: list[Cue]) -> None:
    found = parse_captions(write_vtt(cues).encode(), "a.vtt")
    assert found == ParsedCaptions(tuple(cues))


@relaxed
@given(cues_of(SIMPLE))
def test_subrip_comes_back_as_it_was_but_for_positions(cues: list[Cue]) -> None:
    found = parse_captions(write_srt(cues).encode(), "a.srt")
    assert found == ParsedCaptions(tuple(Cue(cue.start_ms, cue.end_ms, cue.text) for cue in cues))


@relaxed
@given(cues_of(SIMPLE))
def test_ttml_comes_back_as_it_was_but_for_positions(cues: list[Cue]) -> None:
    found = parse_captions(write_ttml(cues, "de").encode(), "a.ttml")
    assert [(cue.start_ms, cue.end_ms, cue.text) for cue in found.cues] == [
        (cue.start_ms, cue.end_ms, cue.text) for cue in cues
    ]
    assert found.warnings == ()


@relaxed
@given(cues_of(WILD), st.text(max_size=20))
def test_ttml_keeps_all_words_whatever_the_language_is_called(cues: list[Cue], language: str) -> None:
    found = parse_captions(write_ttml(cues, language).encode("utf-8", "replace"), "a.ttml")
    words = [cue_text.plain_cue_text(cue.text).split() for cue in found.cues]
    assert words == [cue_text.plain_cue_text(cue.text).split() for cue in cues]


@relaxed
@given(cues_of(WILD))
def test_plain_text_is_the_words(cues: list[Cue]) -> None:
    assert write_plain_text(cues).split() == " ".join(cue_text.plain_cue_text(cue.text) for cue in cues).split()


@relaxed
@given(cues_of(WILD))
def test_subrip_keeps_all_words(cues: list[Cue]) -> None:
    found = parse_captions(write_srt(cues).encode(), "a.srt")
    words = [cue_text.plain_cue_text(cue.text).split() for cue in found.cues]
    assert words == [cue_text.plain_cue_text(cue.text).split() for cue in cues]


# What each format begins with, and pieces of all of them.
BEGINNINGS = st.sampled_from(
    [
        "",
        "WEBVTT\n\n",
        "[Script Info]\n[Events]\nFormat: Start, End, Text\n",
        "<tt><body>",
        "<?xml version='1.0'?><tt xmlns='x'>",
        "{1}{1}25\n",
        "[00:00:01]\n",
        "[offset:5]\n",
    ]
)
ARROWS = ["00:00:01,000 --> 00:00:02,000\n", "00:00:05,000 -> 99:00:00\n", "-00:01 --> x\n", "\u200f٠٠:٠١ --> ٠٠:٠٢\n"]
LINES = ["\n \n", "1\n", "0:00:01.000,0:00:02.000\n", "{25}{50}a|b\n", "{5}{}{y:i}\n", "[10][20]/a\n", "[00:01.5]a\n"]
SUBSTATION = [
    "Dialogue: 0:00:01.00,0:00:02.00,{\\i1}a{\\p1}\n",
    "Dialogue: x,{\\an9\\k5}\n",
    "Style: ,,\n",
    "Format: \n",
]
TTML = [
    "<p begin='1s' end='2s'>a",
    "<p begin='1:00:00:1' dur='-1s'>",
    "</p>",
    "<span begin='1s'>",
    "<br>",
    "<!--",
    "]]>",
]
MORE_TTML = [
    "<div timeContainer='seq'>",
    "<style id='a' style='a'/>",
    "<region id='r' origin='1% 2%'/>",
    "&",
    "<!DOCTYPE x>",
]
OTHER = ["<SYNC Start=1000>", "<P Class=ENCC>", "[00:00:07]\n", "00:00:01:a\n", "[Events]\n", "&nbsp;", "<![CDATA["]
FORMAT_PIECES = st.sampled_from([*ARROWS, *LINES, *SUBSTATION, *TTML, *MORE_TTML, *OTHER])
FILES = st.tuples(BEGINNINGS, st.lists(st.one_of(FORMAT_PIECES, PIECES, st.text(max_size=8)), max_size=25)).map(
    lambda parts: parts[0] + "".join(parts[1])
)
ENCODINGS = st.sampled_from(["utf-8", "utf-16", "utf-16-le", "utf-32-be", "cp1252", "cp1256", "koi8-u"])
NAMES = st.sampled_from(["", *(f"a.{extension}" for each in UPLOAD_FORMATS for extension in each.extensions)])
BYTES = st.one_of(
    st.binary(max_size=400),
    st.builds(lambda text, encoding: text.encode(encoding, "replace"), FILES, ENCODINGS),
    st.builds(lambda text, more: text.encode("utf-8", "replace") + more, FILES, st.binary(max_size=9)),
)


@relaxed
@given(BYTES, NAMES, st.sampled_from([None, 0, 5000]))
@example(b"\xff\xfe<\x00t\x00", "", None)
def test_any_bytes_are_captions_or_a_refusal(data: bytes, name: str, duration_ms: int | None) -> None:
    cues, code = (), None
    try:
        cues = parse_captions(data, name, duration_ms=duration_ms).cues
    except MediaError as error:
        code = error.code
    assert (cues == ()) == (code in REFUSED)
    assert all(cue.text and 0 <= cue.start_ms < cue.end_ms for cue in cues)
    assert list(cues) == sorted(cues, key=lambda each: (each.start_ms, each.end_ms))
    if cues and not merge_rolling_cues(cues)[1]:
        assert parse_captions(write_vtt(cues).encode(), "a.vtt").cues == cues


@relaxed
@given(FILES, st.sampled_from(UPLOAD_FORMATS))
def test_each_reader_takes_any_text(text: str, caption_format: CaptionFormat) -> None:
    assert caption_format.parse is not None
    code = None
    try:
        caption_format.parse(text)
    except MediaError as error:
        code = error.code
    assert code in (None, *REFUSED)
