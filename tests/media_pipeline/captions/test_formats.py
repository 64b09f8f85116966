"""The table of caption formats, and everything that lists them."""

from pathlib import Path

import pytest

from media_pipeline.captions.cues import MAX_CAPTION_BYTES, MAX_CUE_CHARS, MAX_CUES, Cue
from media_pipeline.captions.formats import (
    CAPTION_FORMATS,
    DOWNLOAD_FORMATS,
    RECOMMENDED_FORMATS,
    UPLOAD_FORMATS,
    CaptionFormat,
    caption_format_list,
    recognise_format,
    well_known_formats,
)
from media_pipeline.captions.parse import parse_captions

CODE_PAGES = Path(__file__).resolve().parents[3] / "docs" / "codes"
CUES = [Cue(1000, 2500, "Hallo"), Cue(3000, 4000, "Köln")]


BOTH_WAYS = [each for each in DOWNLOAD_FORMATS if each in UPLOAD_FORMATS]


@pytest.mark.parametrize("caption_format", BOTH_WAYS, ids=lambda each: each.extension)
def test_a_written_file_is_recognised_and_parsed(caption_format: CaptionFormat) -> None:
    text = caption_format.write(CUES, "de")
    for name in (f"clip.{caption_format.extension.upper()}", "", "clip.txt", "clip.srt.de"):
        assert recognise_format(text, name) == (caption_format, True)
    cues = parse_captions(text.encode(), f"clip.{caption_format.extension}").cues
    assert [(cue.start_ms, cue.text) for cue in cues] == [(1000, "Hallo"), (3000, "Köln")]


def test_names_and_extensions_are_unique() -> None:
    assert len({each.name for each in CAPTION_FORMATS}) == len(CAPTION_FORMATS)
    assert len({each.extension for each in DOWNLOAD_FORMATS}) == len(DOWNLOAD_FORMATS)


@pytest.mark.parametrize("language", ["en", "de", "ar", "pt-br", None])
def test_the_list_names_every_format(language: str | None) -> None:
    for formats in (RECOMMENDED_FORMATS, UPLOAD_FORMATS):
        phrase = caption_format_list(language, formats)
        assert [each.name for each in formats if f"{each.name} (.{each.extension})" not in phrase] == []
    assert [each.name for each in RECOMMENDED_FORMATS] == ["WebVTT", "SubRip"]
    for name in ("WebVTT (.vtt)", "SubRip (.srt)", "TTML (.ttml)", "SubStation Alpha (.ass)"):
        assert name in well_known_formats(language).replace("\u00a0", " ")


def test_code_pages_leave_the_list_to_the_form_and_name_the_limits() -> None:
    pages = {page.name: page.read_text(encoding="utf-8") for page in CODE_PAGES.glob("*.md")}
    assert [name for name, text in pages.items() if all(each.name in text for each in UPLOAD_FORMATS)] == []
    limits = (f"{MAX_CAPTION_BYTES >> 20} MB", f"{MAX_CUES:,}".replace(",", " "), f"{MAX_CUE_CHARS} characters")
    assert [limit for limit in limits if limit not in pages["caption_too_large.md"]] == []
