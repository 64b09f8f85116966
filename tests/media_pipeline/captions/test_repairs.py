"""What people's files get wrong is put right, said, and no word is lost."""

import pytest

from media_pipeline.captions.cues import Cue
from media_pipeline.captions.parse import parse_captions
from media_pipeline.ffmpeg.errors import ErrorCode, MediaError
from media_pipeline.ffmpeg.errors import WarningCode as W

TWO = (Cue(1000, 2000, "eins"), Cue(3000, 4000, "zwei"))


def of_srt(first: str, second: str) -> bytes:
    return f"1\n{first}\neins\n\n2\n{second}\nzwei\n".encode()


SCRIPT = "[Script Info]\n\n[Events]\nDialogue: 0,{},{},Default,,0,0,0,,eins\n"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("1\n{} --> {}\neins\n", "a.srt"),
        ("WEBVTT\n\n{} --> {}\neins\n", "a.vtt"),
        (SCRIPT, "a.ass"),
    ],
)
@pytest.mark.parametrize(
    ("start", "end", "said"),
    [("0:00:01.00", "0:00:02.00", False), ("00:00:01:00", "00:00:02:00", True), ("0:00:01.00", "00:00:02;00", True)],
)
def test_pictures_behind_the_seconds_are_said(text: str, name: str, start: str, end: str, said: bool) -> None:
    found = parse_captions(text.format(start, end).encode(), name)
    assert found.cues == (Cue(1000, 2000, "eins"),)
    assert (W.CAPTION_FRAME_RATE in found.warnings) == said


@pytest.mark.parametrize(
    "line",
    [
        "00:00:0{},000 -> 00:00:0{},000",
        "00:00:0{},000-->00:00:0{},000",
        "00:00:0{},000 –> 00:00:0{},000",
        "00:00:0{},000 —> 00:00:0{},000",
        "00:00:0{},000 => 00:00:0{},000",
        "00:00:0{},000 ---> 00:00:0{},000",
        "00:00:0{},000 → 00:00:0{},000",
        "00:00:0{},000 - 00:00:0{},000",
        "00:00:0{},000 <-- 00:00:0{},000",
        "00:00:0{},000 ← 00:00:0{},000",
        "00:00:0{},000 -- > 00:00:0{},000",
        "00:00:0{},000 --&gt; 00:00:0{},000",
        "00:00:0{}:000 --> 00:00:0{}:000",
        "00.00.0{},000 --> 00.00.0{},000",
        "00:00:0{}. 000 --> 00:00:0{}. 000",
        "0:0:{},0 --> 0:0:{},0",
        "\u202b00:00:0{},000 --> 00:00:0{},000\u202c",
        "\u200f00:00:0{},000 \u200e-->\u200f 00:00:0{},000\u061c",
        "\u00a000:00:0{},000 -->\u00a000:00:0{},000",
        "\ufeff00:00:0{},000 --> 00:00:0{},000",
    ],
)
@pytest.mark.parametrize("digits", ["0123456789", "٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹", "０１２３４５６７８９"])
def test_times_typed_in_any_way(line: str, digits: str) -> None:
    times = (line.format(1, 2), line.format(3, 4))
    typed = [each.translate({ord(str(digit)): digits[digit] for digit in range(10)}) for each in times]
    for data, name in ((of_srt(*typed), "a.srt"), (b"WEBVTT\n\n" + of_srt(*typed), "a.vtt")):
        found = parse_captions(data, name)
        assert found.cues == TWO
        assert set(found.warnings) <= {W.CAPTION_SYNTAX}
    mixed = parse_captions(of_srt(typed[0], "00:00:03,000 --> 00:00:04,000"), "a.srt")
    assert mixed.cues == TWO  # one line typed otherwise among good ones


def test_times_typed_from_right_to_left() -> None:
    data = of_srt("00:00:02,000 <-- 00:00:01,000", "00:00:04,000 <-- 00:00:03,000")
    assert parse_captions(data, "a.srt").cues == TWO


def test_times_and_arrows_in_a_caption_stay_words() -> None:
    text = (
        "00:00:01,000 --> 00:00:02,000\nopen\n10:30 - 11:45 -> hall --> left\n\n2\n00:00:03,000 --> 00:00:04,000\nx\n"
    )
    cues = parse_captions(text.encode(), "a.srt").cues
    assert [cue.text for cue in cues] == ["open\n10:30 - 11:45 -&gt; hall --&gt; left", "x"]


@pytest.mark.parametrize(
    "text",
    [
        "{0}\neins\n\n{1}\nzwei\n",  # no numbers
        "1\n{0}\neins\n{1}\nzwei\n",  # no blank line, one number
        "1\n{0}\neins\n2\n{1}\nzwei\n",
        "7\n\n{0}\n\neins\n\n9\n\n{1}\n\nzwei\n",  # a blank line too many everywhere
        "1\n{0}\neins\n   \n2\n{1}\nzwei\n\t\n",
        "\n\n\n١\n{0}\neins\n\n٢\n{1}\nzwei",
        "1\n{1}\nzwei\n\n2\n{0}\neins\n",  # out of order
    ],
)
def test_numbers_and_blank_lines_of_any_kind(text: str) -> None:
    times = ("00:00:01,000 --> 00:00:02,000", "00:00:03,000 --> 00:00:04,000")
    assert parse_captions(text.format(*times).encode(), "a.srt").cues == TWO


def test_a_number_that_is_said_stays() -> None:
    times = [f"00:00:0{start},000 --> 00:00:0{start + 1},000" for start in (1, 3, 5)]
    text = "{}\nHow many?\n42\n{}\n7\n\n{}\n9\n".format(*times)
    assert [cue.text for cue in parse_captions(text.encode(), "a.srt").cues] == ["How many?\n42", "7", "9"]


@pytest.mark.parametrize(
    ("times", "second"),
    [
        ("00:00:03,000 --> 99:00:04,000", (3000, 5000)),
        ("99:00:03,000 --> 00:00:04,000", (2000, 4000)),
        ("00:10:03,000 --> 00:00:04,000", (2000, 4000)),
        ("00:00:03,000 --> 00:00:01,000", (3000, 5000)),
        ("10:00:03,000 --> 10:00:04,000", (2000, 4000)),
        ("00:00:03,000 --> 01:00:04,000", (3000, 5000)),
        ("00:00:93,000 --> 00:00:04,000", (2000, 4000)),
        ("xx:00:03,000 --> 00:00:04,000", (2000, 4000)),
        ("00:00:03,000 --> xx", (3000, 5000)),
        ("?? --> ??", (2000, 4000)),
        ("99:99:99,999 --> 99:99:99,999", (2000, 4000)),
    ],
)
def test_one_impossible_time_is_taken_from_its_neighbours(times: str, second: tuple[int, int]) -> None:
    text = f"1\n00:00:01,000 --> 00:00:02,000\na\n\n2\n{times}\nb\n\n3\n00:00:05,000 --> 00:00:06,000\nc\n"
    found = parse_captions(text.encode(), "a.srt")
    assert found.cues == (Cue(1000, 2000, "a"), Cue(*second, "b"), Cue(5000, 6000, "c"))
    assert [note.at_ms for note in found.notes if note.code is W.CAPTION_TIMES] == [second[0]]


def test_a_time_before_the_beginning_is_the_beginning() -> None:
    found = parse_captions(of_srt("-00:00:01,000 --> 00:00:02,000", "00:00:03,000 --> 00:00:04,000"), "a.srt")
    assert found.cues == (Cue(0, 2000, "eins"), TWO[1])
    assert W.CAPTION_TIMES in found.warnings


def test_nothing_is_guessed_where_most_times_are_impossible() -> None:
    data = of_srt("99:00:01,000 --> 99:00:02,000", "99:00:03,000 --> 99:00:04,000")
    with pytest.raises(MediaError) as refusal:
        parse_captions(data, "a.srt")
    assert refusal.value.code is ErrorCode.CAPTION_TIMES


def test_captions_beyond_the_clip_are_kept_and_named() -> None:
    data = of_srt("00:00:01,000 --> 00:00:02,000", "00:10:03,000 --> 00:10:04,000")
    found = parse_captions(data, "a.srt", duration_ms=2000)
    assert [cue.start_ms for cue in found.cues] == [1000, 603_000]
    assert [(note.code, note.at_ms) for note in found.notes] == [(W.CAPTION_BEYOND_CLIP, 603_000)]
    assert parse_captions(data, "a.srt").warnings == ()


def rolling(*cues: tuple[float, float, str]) -> bytes:
    parts = [
        f"00:00:{start:06.3f} --> 00:00:{end:06.3f} align:start position:0%\n{text}\n" for start, end, text in cues
    ]
    return ("WEBVTT\nKind: captions\nLanguage: en\n\n" + "\n".join(parts)).encode()


ROLLING = rolling(
    (0, 1.99, " \none<00:00:00.500><c> two</c>"),
    (1.99, 2, "one two\n "),
    (2, 3.99, "one two\nthree<00:00:02.400><c> four</c>"),
    (3.99, 4, "three four\n "),
    (4, 5.5, "three four\nfive"),
    (5.5, 5.51, "five\n "),
    (9, 10, " \nfive"),
)


def test_automatic_captions_that_roll_have_each_line_once() -> None:
    found = parse_captions(ROLLING, "a.vtt")
    assert found.cues == (
        Cue(0, 2000, "one two"),
        Cue(2000, 4000, "three four"),
        Cue(4000, 5510, "five"),
        Cue(9000, 10000, "five"),
    )
    assert W.CAPTION_REPEATS in found.warnings


def test_the_same_in_subrip() -> None:
    text = "\n".join(
        f"{number}\n00:00:0{start},000 --> 00:00:0{end},000\n{words}\n"
        for number, (start, end, words) in enumerate([(1, 2, "a"), (2, 3, "a\nb"), (3, 4, "b\nc"), (4, 5, "c\nd")], 1)
    )
    found = parse_captions(text.encode(), "a.srt")
    assert found.cues == (Cue(1000, 2000, "a"), Cue(2000, 3000, "b"), Cue(3000, 4000, "c"), Cue(4000, 5000, "d"))


def test_live_captions_that_grow_word_by_word_are_one() -> None:
    data = rolling((1, 2, "so"), (2, 3, "so we"), (3, 4, "so we went"), (4, 5, "home"))
    assert [(cue.start_ms, cue.end_ms, cue.text) for cue in parse_captions(data, "a.vtt").cues] == [
        (1000, 4000, "so we went"),
        (4000, 5000, "home"),
    ]


def test_a_chorus_is_sung_as_often_as_it_is_sung() -> None:
    data = rolling((1, 2, "la la"), (2, 3, "la la"), (3, 4, "la la"), (4, 5, "oh"))
    assert [cue.text for cue in parse_captions(data, "a.vtt").cues] == ["la la", "la la", "la la", "oh"]
