"""What holds for all captions: cleaning settles at once, and writing and reading give the same cues back."""

from hypothesis import given, settings
from hypothesis import strategies as st

from media_pipeline.captions import cue_text
from media_pipeline.captions.cues import Cue, ParsedCaptions, clean_cue_settings
from media_pipeline.captions.parse import parse_captions
from media_pipeline.captions.srt import write_srt
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
    return kept.map(lambda cues: sorted(cues, key=lambda each: (each.start_ms, each.end_ms)))


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
@given(cues_of(WILD))
def test_subrip_keeps_all_words(cues: list[Cue]) -> None:
    found = parse_captions(write_srt(cues).encode(), "a.srt")
    words = [cue_text.plain_cue_text(cue.text).split() for cue in found.cues]
    assert words == [cue_text.plain_cue_text(cue.text).split() for cue in cues]


@relaxed
@given(st.one_of(st.binary(max_size=400), WILD.map(str.encode), WILD.map(lambda text: f"WEBVTT\n\n{text}".encode())))
def test_any_bytes_are_captions_or_a_refusal(data: bytes) -> None:
    cues, code = (), None
    try:
        cues = parse_captions(data).cues
    except MediaError as error:
        code = error.code
    assert (cues == ()) == (code in REFUSED)
    assert all(cue.text and cue.start_ms < cue.end_ms for cue in cues)
    assert not cues or parse_captions(write_vtt(cues).encode(), "a.vtt").cues == cues
