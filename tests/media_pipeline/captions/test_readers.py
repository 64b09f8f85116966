"""Formats that are read only, as their programs write them and as people change them."""

import pytest

from media_pipeline.captions.cues import Cue
from media_pipeline.captions.parse import parse_captions
from media_pipeline.ffmpeg.errors import WarningCode as W

ASS = """[Script Info]
; made by hand
ScriptType: v4.00+

[V4+ Styles]
Format: Name, Fontname, Fontsize, Italic, Alignment, Bold, Underline
Style: Strong,Arial,20,0,2,-1,-1
Style: Default,Arial,20,0,2
Style: Top,Arial,20,-1,8
Style: Broken,Arial,x

[Fonts]
fontname: a_0.ttf
!!!!Dialogue
[Events]
Format: Layer, Start, End, Style, Name, Effect, Text
"""
SAMI = """<SAMI><BODY>
<SYNC Start=1000><P Class=ENCC>a<br>b &amp; c
<P Class=DECC>x
<sync start='2000'><p class=encc>&nbsp;
<SYNC Start=3000 ><P Class=ENCC><i>d</i>
</BODY></SAMI>"""
SSA = """[Script Info]
[V4 Styles]
Format: Name, Alignment
Style: *Default,6
[Events]
Format: Marked, Start, End, Style, Text
"""


def ass_cue(text: str, style: str = "Default") -> Cue:
    (cue,) = parse_captions(f"{ASS}Dialogue: 0,0:00:01.00,0:00:02.50,{style},,,{text}\n".encode(), "a.ass").cues
    assert (cue.start_ms, cue.end_ms) == (1000, 2500)
    return cue


@pytest.mark.parametrize(
    ("text", "style", "words", "place"),
    [
        (r"one, two\Nthree\hfour", "Default", "one, two\nthree\u00a0four", ""),
        (r"{\i1}one{\i0} {\b700}two", "Default", "<i>one</i> <b>two</b>", ""),
        (r"{\an7}x", "Default", "x", "line:0 align:left"),
        (r"{\an5\fad(1,2)}x", "Default", "x", "line:50%"),
        (r"{\a6}x", "Default", "x", "line:0"),
        ("x", "Top", "<i>x</i>", "line:0"),
        ("x", "nowhere", "x", ""),
        ("x", "Strong", "<b><u>x</u></b>", ""),
        (r"{\b0}x{\r}y", "Strong", "<u>x</u><b><u>y</u></b>", ""),
        (r"{\p1}m 0 0 l 100 0{\p0}x", "Default", "x", ""),
        (r"{\k20}ka{\kf30}ra{\K10}oke", "Default", "karaoke", ""),
        (r"{\pos(10,20)\t(0,100,\fscx200)}x{a note}", "Default", "x", ""),
        ("a < b & c", "Default", "a &lt; b &amp; c", ""),
        (r"{\i1}x{\r}y", "Default", "<i>x</i>y", ""),
    ],
)
def test_substation_tags(text: str, style: str, words: str, place: str) -> None:
    cue = ass_cue(text, style)
    assert (cue.text, cue.settings) == (words, place)


def test_substation_says_each_thing_once_and_reads_what_it_can() -> None:
    line = "Dialogue: {},{},0:00:02.00,Default,,,x\n"
    text = ASS + line.format(0, "0:00:01.00") + line.format(1, "0:00:01.00") + line.format(0, "0:xx")
    text += (
        "Comment: 0,0:00:01.00,0:00:02.00,Default,,,no\nDialogue: 0\nDialogue: 0,0:00:03.00,0:00:04.00,Default,,,y\n"
    )
    found = parse_captions(text.encode(), "a.ass")
    assert [(cue.start_ms, cue.text) for cue in found.cues] == [(1000, "x"), (1001, "x"), (3000, "y")]
    assert found.warnings == (W.CAPTION_TIMES,)


def test_the_older_substation_has_its_own_numbers_of_places() -> None:
    found = parse_captions(f"{SSA}Dialogue: Marked=0,0:00:01.00,0:00:02.00,Default,x\n".encode(), "a.ssa")
    assert found.cues == (Cue(1000, 2000, "x", "line:0"),)


@pytest.mark.parametrize(
    ("name", "text", "cues"),
    [
        ("a.sub", "{1}{1}23.976\n{24}{48}a|{y:i}b\n", [Cue(1001, 2002, "a\n<i>b</i>")]),
        ("a.sub", "{0}{0}29,97\n{30}{60}{c:$0000ff}a\n", [Cue(1001, 2002, "a")]),
        ("a.sub", "{25}{}a\n{50}{75}/b\n", [Cue(1000, 2000, "a"), Cue(2000, 3000, "<i>b</i>")]),
        ("a.mpl", "[10][25]/a|b\n[30][40]c\n", [Cue(1000, 2500, "<i>a</i>\nb"), Cue(3000, 4000, "c")]),
        ("a.txt", "00:00:01:a|b\n00:00:03:c\n", [Cue(1000, 2710, "a\nb"), Cue(3000, 4570, "c")]),
        ("a.lrc", "[ar:x]\n[00:01.50]<00:01.50>la <00:02.0>la\n[00:02]\n", [Cue(1500, 2000, "la la")]),
        ("a.lrc", "[offset:+500]\n[00:03.00][00:01.00]a\n[00:02.00]b\n",
         [Cue(500, 1500, "a"), Cue(1500, 2500, "b"), Cue(2500, 4070, "a")]),
        ("a.sbv", "0:00:01.000,0:00:02.000\na\nb\n\n0:00:03.000,0:00:04.000\nc",
         [Cue(1000, 2000, "a\nb"), Cue(3000, 4000, "c")]),
        (
            "a.sub",
            "[INFORMATION]\n[TITLE]x\n[SUBTITLE]\n[COLF]&HFF,[SIZE]12\n00:00:01.00,00:00:02.00\na[br]b\n\n",
            [Cue(1000, 2000, "a\nb")],
        ),
        (
            "a.smi",
            SAMI,
            [Cue(1000, 2000, "a\nb &amp; c"), Cue(3000, 7000, "<i>d</i>")],
        ),
        ("a.sub", "[00:00:01]\na|b\n\n[00:00:02]\n\n[00:00:03]\nc\n", [Cue(1000, 2000, "a\nb"), Cue(3000, 5000, "c")]),
    ],
)  # fmt: skip
def test_formats_of_a_line_per_cue(name: str, text: str, cues: list[Cue]) -> None:
    assert parse_captions(text.encode(), name).cues == tuple(cues)
    assert parse_captions(text.encode(), "").cues == tuple(cues)


def test_pictures_without_a_rate_are_said_to_be_guessed() -> None:
    assert parse_captions(b"{25}{50}a\n", "a.sub").warnings == (W.CAPTION_FRAME_RATE,)
    assert parse_captions(b"{1}{1}25\n{25}{50}a\n", "a.sub").warnings == ()


def test_a_file_named_otherwise_is_read_and_said() -> None:
    found = parse_captions(b"{1}{1}25\n{25}{50}a\n", "a.srt")
    assert (found.format_name, found.warnings) == ("MicroDVD", (W.CAPTION_OTHER_FORMAT,))
