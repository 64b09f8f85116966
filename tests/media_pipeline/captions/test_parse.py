"""Caption files of every kind, as people and attackers send them."""

import pytest

from media_pipeline.captions.cues import MAX_CAPTION_BYTES, MAX_CUE_CHARS, MAX_CUES, Cue, ParsedCaptions
from media_pipeline.captions.encodings import ExpectedText
from media_pipeline.captions.parse import parse_captions
from media_pipeline.captions.srt import write_srt
from media_pipeline.captions.vtt import write_vtt
from media_pipeline.ffmpeg.errors import ErrorCode, MediaError, WarningCode

VTT = "WEBVTT\n\n00:00:01.000 --> 00:00:02.500{}\n{}\n"
SRT = "1\n00:00:01,000 --> 00:00:02,500\n{}\n"


def one(text: str, settings: str = "") -> Cue:
    """The single cue of a WebVTT file with this text."""
    (cue,) = parse_captions(VTT.format(settings and f" {settings}", text).encode(), "a.vtt").cues
    return cue


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("Hallo Köln", "Hallo Köln"),
        ("two\nlines", "two\nlines"),
        ("<b>bold</b> <i>it</i> <u>un</u>", "<b>bold</b> <i>it</i> <u>un</u>"),
        ("<B>bold</B>", "<b>bold</b>"),
        ("<v Zoë & Co>Hi", "<v Zoë &amp; Co>Hi</v>"),
        ("<v>nobody</v>", "nobody"),
        ("<c.loud.bg_red>x</c>", "<c.loud.bg_red>x</c>"),
        ("<c.a(b).ok>x</c>", "<c.a.b.ok>x</c>"),
        ("<lang pt-BR>x</lang>", "<lang pt-BR>x</lang>"),
        ("<lang en onclick=1>x</lang>", "x"),
        ("<ruby>漢<rt>かん</rt></ruby>", "<ruby>漢<rt>かん</rt></ruby>"),
        ("<rt>alone</rt>", "alone"),
        ("<b onclick=1>x</b>", "<b>x</b>"),
        ("<b><i>x</b></i>", "<b><i>x</i></b>"),
        ("<b>open", "<b>open</b>"),
        ("</b>closed", "closed"),
        ("<00:00:01.500><c> sung</c>", "sung"),
        ("<c>not sung</c>", "<c>not sung</c>"),
        ("<script>alert(1)</script>word", "word"),
        ("<STYLE type=x>b{}</sTyLe >word", "word"),
        ("<script>never closed", "never closed"),
        ("<img src=x onerror=alert(1)>word", "word"),
        ("<a href='javascript:1'>word</a>", "word"),
        ("<scr<b>ipt>word", "&lt;scr<b>ipt&gt;word</b>"),
        ("a < b > c & d", "a &lt; b &gt; c &amp; d"),
        ("I <3 you", "I &lt;3 you"),
        ("&lt;script&gt;", "&lt;script&gt;"),
        ("&amp;lt;b&amp;gt;", "&amp;lt;b&amp;gt;"),
        ("&#60;b&#62;", "&lt;b&gt;"),
        ("AT&T &copy x", "AT&amp;T &amp;copy x"),
        ("a&nbsp;b", "a\u00a0b"),
        ("safe&#x202E;evil&#0;", "safeevil\ufffd"),
        ("\u202eevil\u2066iso\u200b\ufeff\x07\x85", "eviliso"),
        ("مرحبا\u200f \u200eA", "مرحبا\u200f \u200eA"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("a\t b\u2028c", "a b c"),
        (r"{\an8}up", "up"),
        ("a <x> b", "a b"),
    ],
)
def test_text_of_a_cue_becomes_canonical(text: str, clean: str) -> None:
    assert one(text).text == clean
    assert one(clean).text == clean


def test_text_of_a_cue_cannot_nest_without_end() -> None:
    text = one("<b>" * 500 + "x").text
    assert text == "<b>" * 12 + "x" + "</b>" * 12


@pytest.mark.parametrize(
    ("cue_settings", "clean"),
    [
        ("align:start line:0 position:10%,line-left size:35%", "line:0 position:10%,line-left size:35% align:start"),
        ("align:middle", "align:center"),
        ("vertical:rl line:-1,end", "vertical:rl line:-1,end"),
        ("region:fred align:url(x) size:200% line:abc position:101% nonsense", ""),
        ("line:1 line:2", "line:2"),
    ],
)
def test_settings_of_a_cue_are_those_of_the_standard(cue_settings: str, clean: str) -> None:
    assert one("x", cue_settings).settings == clean


@pytest.mark.parametrize(
    ("line", "times"),
    [
        ("00:01.500 --> 00:02.000", (1500, 2000)),
        ("1:00:01.500 --> 10:00:02.000", (3601500, 36002000)),
        ("00:00:01,5 --> 00:00:02", (1500, 2000)),
        ("00:00:01.123456-->00:00:02.000", (1123, 2000)),
    ],
)
def test_times_are_read_tolerantly(line: str, times: tuple[int, int]) -> None:
    (cue,) = parse_captions(f"WEBVTT\n\n{line}\nx".encode(), "a.vtt").cues
    assert (cue.start_ms, cue.end_ms) == times


def test_vtt_keeps_cues_only() -> None:
    text = (
        "WEBVTT Kind: captions <script>\nLanguage: de\n\nSTYLE\n::cue{background:url(http://x/)}\n\n"
        "REGION\nid:fred\n\nNOTE a --> b\n\nname of a cue\n00:01.000 --> 00:02.000\nfirst\n"
        "00:02.000 --> 00:03.000\nno blank line\n\n\n\nwords without a time\n"
    )
    found = parse_captions(text.encode(), "a.vtt")
    assert found == ParsedCaptions((Cue(1000, 2000, "first"), Cue(2000, 3000, "no blank line")))


def test_srt_of_the_wild() -> None:
    text = (
        "\ufeff1\r\n00:00:01,000 --> 00:00:02,000 X1:10 X2:20\r\n<font color=red>one</font>\r\n\r\nafter a blank\r\n"
        "2\r\n00:00:03,000 --> 00:00:04,000\r\n42\r\n\r\n3\r\n0:00:05,000 --> 0:00:06,000\r\n{\\an8}end\r\n"
    )
    found = parse_captions(text.encode(), "a.srt")
    assert found.cues == (Cue(1000, 2000, "one\nafter a blank"), Cue(3000, 4000, "42"), Cue(5000, 6000, "end"))
    assert found.warnings == ()


def test_times_out_of_order_are_put_right_with_a_warning() -> None:
    text = "WEBVTT\n\n00:05.000 --> 00:01.000\na\n\n00:00.000 --> 00:01.000\nb\n\n00:05.500 --> 00:09.000\nc\n"
    found = parse_captions(text.encode(), "a.vtt")
    assert found.cues == (Cue(0, 1000, "b"), Cue(5000, 5500, "a"), Cue(5500, 9000, "c"))
    assert found.warnings == (WarningCode.CAPTION_TIMES,)


def test_a_last_cue_without_length_stays_two_seconds() -> None:
    found = parse_captions(b"1\n00:00:05,000 --> 00:00:05,000\nend\n", "a.srt")
    assert (found.cues, found.warnings) == ((Cue(5000, 7000, "end"),), (WarningCode.CAPTION_TIMES,))


def test_overlapping_cues_are_left_alone() -> None:
    text = "WEBVTT\n\n00:01.000 --> 00:05.000\na\n\n00:02.000 --> 00:03.000\nb\n"
    assert parse_captions(text.encode(), "a.vtt") == ParsedCaptions((Cue(1000, 5000, "a"), Cue(2000, 3000, "b")))


def test_a_cue_whose_time_cannot_be_read_takes_one_from_its_neighbours_with_a_warning() -> None:
    text = "WEBVTT\n\n00:02.000 --> 00:03.000\na\n\n00:99.000 --> 00:05.000\nb\n\n00:06.000 --> 00:07.000\nc\n"
    found = parse_captions(text.encode(), "a.vtt")
    assert found.cues == (Cue(2000, 3000, "a"), Cue(3000, 5000, "b"), Cue(6000, 7000, "c"))
    assert [(note.code, note.at_ms) for note in found.notes if note.at_ms] == [(WarningCode.CAPTION_TIMES, 3000)]


@pytest.mark.parametrize(
    ("data", "filename", "code"),
    [
        (b"", "a.vtt", ErrorCode.CAPTION_EMPTY),
        (b" \n\n", "a.srt", ErrorCode.CAPTION_EMPTY),
        (b"WEBVTT\n", "a.vtt", ErrorCode.CAPTION_EMPTY),
        (b"WEBVTT\n\n00:01.000 --> 00:02.000\n<b></b>\n", "a.vtt", ErrorCode.CAPTION_EMPTY),
        (b"WEBVTT\n\n00:61.000 --> 00:02.000\nx\n", "a.vtt", ErrorCode.CAPTION_TIMES),
        (b"WEBVTT\n\n24:00:01.000 --> 24:00:02.000\nx\n", "a.vtt", ErrorCode.CAPTION_TIMES),
        (b"<p>just words</p>", "a.vtt", ErrorCode.CAPTION_NO_HEADER),
        (b"just words", "a.srt", ErrorCode.CAPTION_FORMAT),
        (b"PK\x03\x04\x00\x00\xff", "a.srt", ErrorCode.CAPTION_FORMAT),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01" + bytes(range(256)) * 4, "a.srt", ErrorCode.CAPTION_FORMAT),
        (b"\xff\xfe\x00\xd8", "a.srt", ErrorCode.CAPTION_ENCODING),
        (
            "1\n00:00:01,000 --> 00:00:02,000\nKäse und Brötchen".encode("cp1252") + b"\x00",
            "a.srt",
            ErrorCode.CAPTION_ENCODING,
        ),
        (b"x" * (MAX_CAPTION_BYTES + 1), "a.srt", ErrorCode.CAPTION_TOO_LARGE),
        (VTT.format("", "x" * (MAX_CUE_CHARS + 1)).encode(), "a.vtt", ErrorCode.CAPTION_TOO_LARGE),
        (b"<?xml version='1.0'?>\n<!DOCTYPE x [<!ENTITY e 'x'>]><tt/>", "a.ttml", ErrorCode.XML_UNSAFE),
        (b"<?xml version='1.0'?><tt/>", "a.ttml", ErrorCode.CAPTION_FORMAT),
        (b"<?xml version='1.0'?><tt ></tt>", "a.ttml", ErrorCode.CAPTION_EMPTY),
        (b"<tt><!DOCTYPE x></tt>", "a.ttml", ErrorCode.CAPTION_EMPTY),
        (b"<!DOCTYPE tt [<!ENTITY a 'b'>]><tt>&a;</tt>", "a.ttml", ErrorCode.XML_UNSAFE),
        (b"WEBVTT\n\n" + b"00:01.000 --> 00:02.000\nx\n\n" * (MAX_CUES + 1), "a.vtt", ErrorCode.CAPTION_TOO_LARGE),
    ],
)
def test_what_cannot_be_captions_is_refused(data: bytes, filename: str, code: ErrorCode) -> None:
    with pytest.raises(MediaError) as error:
        parse_captions(data, filename)
    assert (error.value.code, error.value.permanent) == (code, True)


@pytest.mark.parametrize(
    ("data", "filename"),
    [
        (VTT.format("", "x").encode(), ""),
        (VTT.format("", "x").encode(), "a.srt"),
        (SRT.format("x").encode(), ""),
        (SRT.format("x").encode(), "A.SRT"),
        (SRT.format("x").encode(), "a.ass"),
        (SRT.format("x").encode(), "a.vtt"),
        (b"WEBVTTX\n\n00:01.000 --> 00:02.500\nx\n", "a.vtt"),
        (SRT.format("x").encode("utf-8-sig"), "a.txt"),
        (VTT.format("", "x").replace("\n", "\r").encode(), "a.vtt"),
    ],
)
def test_content_and_name_decide_the_format(data: bytes, filename: str) -> None:
    assert parse_captions(data, filename).cues == (Cue(1000, 2500, "x"),)


@pytest.mark.parametrize(
    ("encoding", "text", "named", "warnings"),
    [
        ("utf-8", "Größe", "utf-8", ()),
        ("utf-8-sig", "Größe", "utf-8", ()),
        ("utf-16", "Місто", "utf-16", ()),
        ("utf-32", "Місто", "utf-32", ()),
        ("cp1252", "Größe – 5 €", "cp1252", (WarningCode.CAPTION_ENCODING_GUESSED,)),
        ("cp1253", "Πόλη", "cp1253", (WarningCode.CAPTION_ENCODING_GUESSED,)),
        ("cp1250", "Łódź", "cp1250", (WarningCode.CAPTION_ENCODING_GUESSED,)),
    ],
)
def test_encodings(encoding: str, text: str, named: str, warnings: tuple[WarningCode, ...]) -> None:
    expected = ExpectedText(encoding if warnings else "cp1251")
    found = parse_captions(SRT.format(text).encode(encoding), "a.srt", expected=expected)
    assert found == ParsedCaptions((Cue(1000, 2500, text),), warnings, named)


def test_written_vtt() -> None:
    cues = [Cue(0, 1500, "<v Zoë>Hi</v>", "line:0"), Cue(3_600_000, 3_601_001, "a\nb"), Cue(5, 6, "<script>")]
    assert write_vtt(cues) == (
        "WEBVTT\n\n00:00:00.000 --> 00:00:01.500 line:0\n<v Zoë>Hi</v>\n\n01:00:00.000 --> 01:00:01.001\na\nb\n"
    )


def test_written_srt() -> None:
    cues = [Cue(0, 1500, "<v Zoë>Hi <b>you</b></v>", "line:0"), Cue(2000, 3000, "a &lt; b &amp; &lt;script&gt; --&gt;")]
    assert write_srt(cues) == (
        "1\n00:00:00,000 --> 00:00:01,500\nHi <b>you</b>\n\n2\n00:00:02,000 --> 00:00:03,000\n"
        "a < b & &lt;script> --&gt;\n"
    )


def test_a_tag_cannot_be_assembled_by_leaving_another_out() -> None:
    assert "<b>" not in write_srt([Cue(0, 1, "&lt;<c>b&gt;x</c>")])


@pytest.mark.parametrize(
    "text", ["<script>" * 200_000, "{\\" * 600_000, "<" * 1_500_000, "&#" * 600_000, "<b " * 500_000]
)
def test_hostile_text_is_read_in_linear_time(text: str) -> None:
    with pytest.raises(MediaError) as error:
        parse_captions(VTT.format("", text).encode(), "a.vtt")
    assert error.value.code in (ErrorCode.CAPTION_TOO_LARGE, ErrorCode.CAPTION_EMPTY)
