"""Texts in every encoding that people of the site's languages have used come out right, letter by letter."""

import random
from collections import defaultdict
from functools import cache

import pytest
from babel.messages.pofile import read_po

from campaign_site.languages import ALL
from media_pipeline.captions import encodings
from media_pipeline.captions.encodings import ExpectedText, decode_captions
from media_pipeline.ffmpeg.errors import WarningCode as W
from tests.house.sources import PROJECT

OTHERS: dict[str, str] = defaultdict(str)
for _language in ALL:
    OTHERS[_language.legacy_encoding] += _language.letters
EXPECTED = {language.code: ExpectedText(language.legacy_encoding, language.letters, OTHERS) for language in ALL}
# Whose bytes mean nearly the same letters as another's: three lines do not tell them apart.
ALIKE = {("el", "mac_greek"), ("uk", "mac_cyrillic"), ("uk", "cp866")}


@cache
def sentences(code: str) -> list[str]:
    """The sentences of a catalogue: the only long texts in every language that we have."""
    with (PROJECT / "locale" / code / "LC_MESSAGES" / "django.po").open("rb") as file:
        found = [message.string for message in read_po(file) if isinstance(message.string, str)]
    return [each for each in found if len(each) > 20 and "<" not in each]


def srt(lines: list[str]) -> str:
    return "\n".join(f"{n}\n00:00:0{n % 10},000 --> 00:00:0{n % 10},900\n{line}\n" for n, line in enumerate(lines, 1))


@pytest.mark.parametrize("code", [language.code for language in ALL if language.code != "en"])
def test_old_encodings_of_a_language(code: str) -> None:
    """To the letter in 19 of 20 files; the others have one or two letters above ASCII, of which nobody could tell."""
    chosen, known = random.Random(code), [each for each in sentences(code) if not each.isascii()]
    tries = [
        (encoding, srt(chosen.sample(known, 20)).encode(encoding, "ignore"))
        for encoding in encodings.code_page_family(EXPECTED[code].code_page)
        if (code, encoding) not in ALIKE
        for _ in range(10)
    ]
    right = [decode_captions(data, EXPECTED[code]).text == data.decode(encoding) for encoding, data in tries]
    assert right.count(True) >= 0.95 * len(right)


@pytest.mark.parametrize("code", [language.code for language in ALL])
@pytest.mark.parametrize(
    "encoding", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be", "utf-16", "utf-32", "utf-8-sig"]
)
def test_unicode_with_and_without_a_mark(code: str, encoding: str) -> None:
    text = srt(sentences(code)[:4])
    found = decode_captions(text.encode(encoding), EXPECTED[code])
    assert (found.text, found.warnings) == (text, ())


@pytest.mark.parametrize("code", [language.code for language in ALL if language.code != "en"])
def test_a_few_broken_bytes_leave_all_other_letters_right(code: str) -> None:
    chosen, text = random.Random(code), srt([each for each in sentences(code) if not each.isascii()][:30])
    data = bytearray(text.encode())
    for place in chosen.sample([index for index, byte in enumerate(data) if byte > 127], 3):
        data[place] = 0xFF
    found = decode_captions(bytes(data), EXPECTED[code])
    assert (found.encoding, found.warnings) == ("utf-8", (W.CAPTION_CHARACTERS,))
    kept = found.text.replace(encodings.REPLACEMENT, "")
    assert len(text) - 3 <= len(kept) <= len(text)
    assert set(kept) <= set(text)


def test_a_file_in_another_language_than_it_says() -> None:
    text = srt(sentences("uk")[:5])
    found = decode_captions(text.encode("cp1251", "ignore"), EXPECTED["de"])
    assert (found.encoding, found.warnings) == ("cp1251", (W.CAPTION_ENCODING_GUESSED,))


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"Gruesse aus M\xc3nchen", "Gruesse aus M�nchen"),
        ("zwei €".encode()[:-1], "zwei �"),
        ("Größe".encode("utf-16-le") + b"\n", "Größe"),
    ],
)
def test_one_broken_letter_is_not_another_language(data: bytes, words: str) -> None:
    head = "1\n00:00:01,000 --> 00:00:02,000\n"
    found = decode_captions(head.encode("utf-16-le" if b"\x00" in data else "utf-8") + data, EXPECTED["de"])
    assert found.text.removeprefix(head) == words


def test_a_single_letter_of_an_old_encoding() -> None:
    assert decode_captions("1\n00:01 --> 00:02\nüb".encode("cp1252"), EXPECTED["de"]).text.endswith("üb")
    assert decode_captions("1\n00:01 --> 00:02\nüb".encode("cp850"), EXPECTED["de"]).text.endswith("üb")
