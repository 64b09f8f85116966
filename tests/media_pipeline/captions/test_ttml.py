"""TTML: times that are inherited, frames, places, old namespaces, and XML that somebody wants us to trip over."""

import time
from contextlib import suppress

import pytest

from media_pipeline.captions.cue_text import clean_cue_text
from media_pipeline.captions.cues import Cue
from media_pipeline.captions.parse import parse_captions
from media_pipeline.captions.ttml import parse_ttml
from media_pipeline.captions.ttml_time import parse_ttml_clock
from media_pipeline.ffmpeg.errors import ErrorCode, MediaError
from media_pipeline.ffmpeg.errors import WarningCode as W

NAMESPACES = (
    'xmlns="http://www.w3.org/ns/ttml" xmlns:ttp="http://www.w3.org/ns/ttml#parameter"'
    ' xmlns:tts="http://www.w3.org/ns/ttml#styling"'
)


def ttml(body: str, attributes: str = "", head: str = "") -> bytes:
    return f'<?xml version="1.0"?>\n<tt {NAMESPACES} {attributes}>{head}<body>{body}</body></tt>'.encode()


def cues(body: str, attributes: str = "", head: str = "") -> list[tuple[int, int, str, str]]:
    found = parse_captions(ttml(body, attributes, head), "a.ttml").cues
    return [(cue.start_ms, cue.end_ms, cue.text, cue.settings) for cue in found]


@pytest.mark.parametrize(
    ("time", "attributes", "milliseconds"),
    [
        ("00:00:03.5", "", 3500),
        ("01:00:03", "", 3_603_000),
        ("00:00:03:12", 'ttp:frameRate="25"', 3480),
        ("00:00:03:15", "", 3500),
        ("00:00:03:12.1", 'ttp:frameRate="25" ttp:subFrameRate="2"', 3500),
        ("00:00:10:00", 'ttp:frameRate="30" ttp:frameRateMultiplier="1000 1001"', 10_000),
        ("300f", 'ttp:frameRate="30" ttp:frameRateMultiplier="1000 1001"', 10_010),
        ("35000000t", 'ttp:tickRate="10000000"', 3500),
        ("100t", 'ttp:frameRate="25"', 4000),
        ("3.5s", "", 3500),
        ("3500ms", "", 3500),
        ("0.5m", "", 30_000),
        ("0.001h", "", 3600),
    ],
)
def test_times(time: str, attributes: str, milliseconds: int) -> None:
    assert cues(f'<div><p begin="{time}" dur="1s">x</p></div>', attributes) == [
        (milliseconds, milliseconds + 1000, "x", "")
    ]


def test_times_are_inherited_and_cut() -> None:
    body = (
        '<div begin="10s" end="20s"><p begin="1s" end="3s">a</p><p begin="5s" dur="99s">b</p></div>'
        '<div timeContainer="seq" begin="30s"><p dur="1s">c</p><p begin="1s" dur="2s">d</p></div>'
    )
    wanted = [(11_000, 13_000, "a"), (15_000, 20_000, "b"), (30_000, 31_000, "c"), (32_000, 34_000, "d")]
    assert [each[:3] for each in cues(body)] == wanted


def test_spans_with_times_show_one_after_the_other() -> None:
    body = (
        '<p begin="10s" end="14s"><span begin="0s" end="2s">one</span><br/><span begin="1s">two <span '
        'tts:fontStyle="italic">three</span></span></p>'
    )
    raw = parse_ttml(ttml(body).decode()).cues
    assert [(cue.start_ms, cue.end_ms, clean_cue_text(cue.text)) for cue in raw] == [
        (10_000, 11_000, "one"),
        (11_000, 12_000, "one\ntwo <i>three</i>"),
        (12_000, 14_000, "two <i>three</i>"),
    ]


def test_spaces_and_markup() -> None:
    body = (
        '<p begin="1s" end="2s">\n  a\n  <span tts:fontWeight="bold">b</span>\n  &lt;script&gt; &amp; <br/> c\n</p>'
        '<p begin="3s" end="4s" xml:space="preserve">d\ne  f</p>'
    )
    assert [each[2] for each in cues(body)] == ["a <b>b</b> &lt;script&gt; &amp;\nc", "d\ne f"]


@pytest.mark.parametrize(
    ("region", "place"),
    [
        ('tts:displayAlign="before"', "line:0"),
        ('tts:displayAlign="center"', "line:50%"),
        ('tts:displayAlign="after"', ""),
        ('tts:origin="10% 80%" tts:extent="80% 20%"', ""),
        ('tts:origin="10% 10%" tts:extent="80% 20%" tts:textAlign="left"', "line:0 align:left"),
        ('tts:origin="0% 0%" tts:extent="100% 50%" tts:displayAlign="after" tts:textAlign="end"', "line:50% align:end"),
        ('tts:origin="auto" tts:textAlign="center"', ""),
    ],
)
def test_regions_become_places(region: str, place: str) -> None:
    inside = f'<head><layout><region xml:id="r"><style {region}/></region></layout></head>'
    outside = (
        f'<head><styling><style xml:id="s" {region}/></styling><layout><region xml:id="r" style="s"/></layout></head>'
    )
    for head in (inside, outside):
        assert cues('<div region="r"><p begin="1s" end="2s">x</p></div>', "", head) == [(1000, 2000, "x", place)]


@pytest.mark.parametrize(
    "namespace",
    ["http://www.w3.org/ns/ttml", "http://www.w3.org/2006/10/ttaf1", "http://www.w3.org/2006/04/ttaf1", ""],
)
def test_every_namespace_it_ever_had(namespace: str) -> None:
    text = f'<tt xmlns="{namespace}"><body><div><p begin="1s" end="2s">x</p></div></body></tt>'
    prefixed = f'<tt:tt xmlns:tt="{namespace or "x"}"><tt:body><tt:p begin="1s" end="2s">x</tt:p></tt:body></tt:tt>'
    for each in (text, prefixed):
        assert parse_captions(each.encode(), "a.dfxp").cues == (Cue(1000, 2000, "x"),)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "iso8859-1", "windows-1252"])
def test_the_declared_encoding_counts(encoding: str) -> None:
    text = f'<?xml version="1.0" encoding="{encoding}"?><tt><body><p begin="1s" end="2s">Größe</p></body></tt>'
    found = parse_captions(text.encode(encoding), "a.xml")
    assert (found.cues, found.warnings) == ((Cue(1000, 2000, "Größe"),), ())


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ('<p begin="1s" end="2s">you & me &nbsp;&eacute;&unknown;</p>', "you &amp; me \u00a0é&amp;unknown;"),
        ('<p begin="1s" end="2s">cut</p><p begin="3s"', "cut"),
        ('<p begin="1s" end="2s">cut sho', "cut sho"),
        ('<p begin="1s" end="2s">wrongly <i>nested</p></i>', "wrongly nested"),
        ('<div><p begin="1s" end="2s">never <span>closed</p></p>', "never closed"),
        ('<p begin="1s" end="2s">1 < 2 <br>3</p>', "1 &lt; 2\n3"),
        ('<p begin="1s" end="2s">bell\x07</p>', "bell"),
    ],
)
def test_broken_xml_is_read_as_far_as_it_goes(body: str, words: str) -> None:
    body += '<p begin="9s" end="10s">last</p>' * body.endswith(">")
    found = parse_captions(ttml(body), "a.ttml")
    assert [cue.text for cue in found.cues] == [words, "last"][: 1 + body.endswith(">")]
    assert W.CAPTION_SYNTAX in found.warnings


def test_frames_without_a_rate_are_said() -> None:
    assert parse_captions(ttml('<p begin="00:00:01:00" end="2s">x</p>'), "a.ttml").warnings == (W.CAPTION_FRAME_RATE,)


@pytest.mark.parametrize(
    "text",
    [
        '<!DOCTYPE tt><tt><body><p begin="1s" end="2s">x</p></body></tt>',
        '<!DOCTYPE tt [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><tt><body><p begin="1s" end="2s">&b;</p></body></tt>',
        '<!DOCTYPE tt SYSTEM "http://127.0.0.1:9/x"><tt><body><p begin="1s" end="2s">x</p></body></tt>',
        '<!-- x --><!DOCTYPE tt [<!ENTITY % p SYSTEM "file:///etc/passwd">%p;]><tt><p begin="1s">x</p></tt>',
    ],
)
def test_doctypes_are_refused(text: str) -> None:
    with pytest.raises(MediaError) as refusal:
        parse_captions(text.encode(), "a.ttml")
    assert refusal.value.code is ErrorCode.XML_UNSAFE


DEEP = {
    "elements within elements": "<div>" * 100_000,
    "and closed": "<div>" * 50_000 + "</div>" * 50_000,
    "spans within spans": '<p begin="1s" end="2s">' + "<span>" * 100_000 + "x",
    "spans at the same time": '<p begin="1s" end="2s">' + '<span begin="1s">x</span>' * 30_000 + "</p>",
    "spans at any time": '<p begin="1s">' + "".join(f'<span begin="{n}ms">x</span>' for n in range(25_000)) + "</p>",
    "tags that nobody opened": '<p begin="1s" end="2s">x' + "</i>" * 100_000 + "</p>",
    "tags closed in any order": '<p begin="1s" end="2s">x' + "<a><b></a>" * 50_000 + "</p>",
}


@pytest.mark.parametrize("kind", sorted(DEEP))
def test_deep_and_wide_documents_end_soon(kind: str) -> None:
    before = time.process_time()
    with suppress(MediaError):
        parse_captions(ttml(DEEP[kind]), "a.ttml")
    assert time.process_time() - before < 10


def test_styles_that_refer_to_each_other_end() -> None:
    styles = "".join(f'<style xml:id="s{n}" style="{" ".join(f"s{m}" for m in range(40))}"/>' for n in range(40))
    head = f"<head><styling>{styles}</styling></head>"
    assert cues('<p begin="1s" end="2s" style="s1">x</p>', "", head) == [(1000, 2000, "x", "")]


def test_a_clock_without_parameters() -> None:
    clock = parse_ttml_clock({"frameRate": "0", "tickRate": "x", "frameRateMultiplier": "0 0"})
    assert clock.milliseconds("30f") == 1000
