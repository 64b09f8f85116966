"""Feeds what strangers and editors send, at its worst, to each function that reads it, with a limit of processor time.

``python -m tests.house.parser_attack`` begins with nothing before the marks and feeds a tenth; ``--all`` feeds all.
Strings of one mark again and again find work that grows with the square of the input: texts that are put together piece
by piece, lists taken from at the front, searches that begin anew.
"""

import resource
import sys
import time
from collections.abc import Callable
from itertools import product
from typing import Any

LIMIT_S = 30  # linear work takes up to five on a slow machine, more where others take its time
TEXT, ADDRESS = 1_000_000, 100_000  # characters; no server here takes an address or a header of more
MARKS = (
    "a", "0", " ", "\t", "\n", ".", "/", "\\", ":", ",", ";", "-", "–", "=", "%41", "+", "<", ">", "<v ", "<b>", "</b>",
    "<c.", "&", "&#", "&#1", "&amp;", "{\\", "{", "}", "[", "]", "(", ")", "-->", "00:01 ",
    "00:00:01.000 --> 00:00:02.000\n", "\n\n", "1\n", "NOTE\n",
    "\u202e", "\u0301", "é", "اَ", "\U0001f600", "\0", "\x0b", "<script>",
    "</script>", "lang=de&", "00:01 -> 00:02\n", "{1}{2}a\n", "[1][2]a\n", "[00:01]",
    "0:00:01.0,0:00:02.0\n", "00:00:01:a\n",
    "Dialogue: ,0:00:01.0,", "{\\an8}", "<p begin='1s'>", "<span>", "</p>", "&nbsp;", "<br>",
    "<SYNC Start=1>", "<P Class=a>",
)  # fmt: skip
CAPTION_HEADS = {"vtt": "WEBVTT\n\n", "ttml": "<tt><p begin='1s'>", "ass": "[Events]\n"}
HEADS = ("", "a", "<v ", "&#", "bytes=", "00:01 --> ")


def readers() -> dict[str, tuple[int, Callable[[str], Any]]]:
    """Each function that reads foreign text, by name, with the length it is given."""
    from exchange import embed_options, timecode
    from exchange.lesson import paragraphs
    from exchange.oembed import clip_url
    from home import file_names, slugs
    from home.admin import exports
    from home.documents import inspect_archive
    from home.media import ranges
    from home.sign_in import attempts
    from media_pipeline.captions import cue_text, cues, encodings, formats, parse, timing

    hosts = {"a", "localhost"}
    return {
        "captions of WebVTT": (TEXT, lambda text: parse.parse_captions(f"WEBVTT\n\n{text}".encode("utf-8", "replace"))),
        "captions of SubRip": (TEXT, lambda text: parse.parse_captions(text.encode("utf-8", "replace"), "a.srt")),
        **{
            f"text of {each.name}": (
                TEXT,
                lambda text, it=each: (it.recognise(text), it.parse(CAPTION_HEADS.get(it.extension, "") + text)),
            )
            for each in formats.UPLOAD_FORMATS
        },
        "encodings": (TEXT, lambda text: encodings.decode_captions(text.encode("cp437", "replace") + b"\x99")),
        "text of a cue": (TEXT, cue_text.clean_cue_text),
        "words of a cue": (TEXT, cue_text.plain_cue_text),
        "settings of a cue": (TEXT, cues.clean_cue_settings),
        "times of a cue": (TEXT, timing.parse_cue_timing),
        "voices of a cue": (TEXT, lambda text: list(paragraphs.speaker_turns(0, 1, cue_text.clean_cue_text(text)))),
        "paragraphs": (
            ADDRESS,
            lambda text: paragraphs.join_paragraphs(
                (start * 10, start * 10 + 9, text[start : start + 9]) for start in range(0, len(text), 9)
            ),
        ),
        "a range": (ADDRESS, lambda text: ranges.parse_range(text, 1000)),
        "a point in time": (ADDRESS, timecode.parse_timecode),
        "options of a player": (
            ADDRESS,
            lambda text: embed_options.parse_embed_options(
                dict.fromkeys(("start", "end", "lang", "cc", "autoplay"), text), interface={"en", "de"}, captions={"de"}
            ),
        ),
        "a pasted address": (ADDRESS, lambda text: clip_url.parse_clip_url(text, hosts=hosts, languages={"en"})),
        "a pasted address of ours": (
            1_900, lambda text: clip_url.parse_clip_url(f"http://a/en/{text}", hosts=hosts, languages={"en"}),
        ),
        "the name of a file": (ADDRESS, lambda text: file_names.clean_file_name(text, "pdf", "x")),
        "the name of a download": (ADDRESS, file_names.attachment_header),
        "the name of a clip's file": (ADDRESS, lambda text: file_names.clip_file_name(text, text, "x", ".mp4")),
        "an extension": (ADDRESS, file_names.extension_of),
        "a slug": (ADDRESS, lambda text: slugs.slug_from_text(text, "en")),
        "a cell": (TEXT, exports.neutral_cell),
        "XML of a document": (TEXT, lambda text: inspect_archive.active_xml(text.encode("utf-8", "replace"))),
        "fields of a document": (
            TEXT, lambda text: inspect_archive.active_xml(b"instrText :instr=" + text.encode("utf-8", "replace")),
        ),
        "a name at sign-in": (ADDRESS, attempts.account_key),
    }  # fmt: skip


def main(everything: bool) -> None:
    import django

    django.setup()
    from exchange.oembed.clip_url import InvalidUrlError
    from home.media.ranges import UnsatisfiableRangeError
    from media_pipeline.api import MediaError

    for name, (whole, read) in readers().items():
        size = whole if everything else whole // 10
        for head, mark in product(HEADS if everything else HEADS[:1], MARKS):
            print(f"{name}: {head!a} {mark!a}", flush=True)
            used = int(time.process_time())
            resource.setrlimit(resource.RLIMIT_CPU, (used + 1 + LIMIT_S, resource.RLIM_INFINITY))
            try:
                read(head + mark * (size // len(mark)))
            except (MediaError, InvalidUrlError, UnsatisfiableRangeError):
                continue
    print("done", flush=True)


if __name__ == "__main__":
    main("--all" in sys.argv)
