"""TTML as a file: the text profile of IMSC, which broadcasters and editing programs read."""

import re
from collections.abc import Iterable
from xml.sax.saxutils import escape, quoteattr

from media_pipeline.captions import cue_text
from media_pipeline.captions.cues import Cue
from media_pipeline.ffmpeg.timestamps import format_timestamp

_TOKEN = re.compile(r"(<[^<>]*>|\n)")
_STYLES = {"b": 'tts:fontWeight="bold"', "i": 'tts:fontStyle="italic"', "u": 'tts:textDecoration="underline"'}
_REGION = '<region xml:id="{}" tts:origin="5% {}%" tts:extent="90% {}%" tts:displayAlign="{}" tts:textAlign="center"/>'
_REGIONS = (("top", 5, 27, "before"), ("middle", 36, 28, "center"), ("bottom", 68, 27, "after"))
_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<tt xmlns="http://www.w3.org/ns/ttml" xmlns:ttp="http://www.w3.org/ns/ttml#parameter"
  xmlns:tts="http://www.w3.org/ns/ttml#styling" xml:lang={}
  ttp:contentProfiles="http://www.w3.org/ns/ttml/profile/imsc1.1/text">
<head><layout>
{}
</layout></head>
<body><div>
"""


def write_ttml(cues: Iterable[Cue], language: str = "") -> str:
    """A TTML file of these cues, with b, i and u, and whether they stand at the top, in the middle or at the bottom;
    speakers, classes and ruby are left out. ``language`` is a language tag; empty for an unknown one."""
    regions = "\n".join(_REGION.format(*each) for each in _REGIONS)
    paragraphs = []
    for cue in cues:
        if text := cue_text.clean_cue_text(cue.text):
            times = f'begin="{format_timestamp(cue.start_ms)}" end="{format_timestamp(cue.end_ms)}"'
            paragraphs.append(f"<p {times}{_place(cue.settings)}>{_content(text)}</p>\n")
    return _HEAD.format(quoteattr(language), regions) + "".join(paragraphs) + "</div></body>\n</tt>\n"


def _place(settings: str) -> str:
    found = dict(part.partition(":")[::2] for part in settings.split())
    line, align = found.get("line", "").partition(",")[0], found.get("align", "")
    percent = float(line[:-1]) if line.endswith("%") else None
    if line.startswith("-") or not line or (percent is not None and percent >= 67):
        region = "bottom"
    else:
        region = "middle" if (percent or 0) >= 34 else "top"
    return f' region="{region}"' + (f' tts:textAlign="{align}"' if align and align != "center" else "")


def _content(text: str) -> str:
    """Canonical cue text as the content of a paragraph."""
    out: list[str] = []
    for part in filter(None, _TOKEN.split(text)):
        name = part.strip("</>").partition(".")[0]
        if part == "\n":
            out.append("<br/>")
        elif not part.startswith("<"):
            out.append(escape(cue_text.plain_cue_text(part)))
        elif name in _STYLES:
            out.append("</span>" if part.startswith("</") else f"<span {_STYLES[name]}>")
    return "".join(out)
