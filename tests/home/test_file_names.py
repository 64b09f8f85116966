"""Names of files to keep: readable, and fit for every disk and header."""

import re
import unicodedata
from urllib.parse import unquote

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from home.file_names import MAX_DOWNLOAD_NAME_BYTES, attachment_header, clip_file_name

ID = "7KdWxYz1234"
DEVICES = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)


@pytest.mark.parametrize(
    ("title", "city", "name"),
    [
        ("Wer sind wir?", "Genk", "Genk – Wer sind wir (Polyphony 7KdWxYz1234).mp4"),
        ("من نحن؟", "Genk", "Genk – من نحن؟ (Polyphony 7KdWxYz1234).mp4"),
        ("Ποιοι είμαστε;", "Πέλλα", "Πέλλα – Ποιοι είμαστε; (Polyphony 7KdWxYz1234).mp4"),
        ('12:30 / "Labels": yours\\mine', "", "12-30 - Labels – yours-mine (Polyphony 7KdWxYz1234).mp4"),
        ("...hidden\x00\n file", "", "hidden file (Polyphony 7KdWxYz1234).mp4"),
        ("evil\u202efdp.exe", "", "evilfdp.exe (Polyphony 7KdWxYz1234).mp4"),
        ("con.txt", "", "Polyphony – con.txt (Polyphony 7KdWxYz1234).mp4"),
        ("???", "", "Polyphony 7KdWxYz1234.mp4"),
        ("", "Lille", "Lille (Polyphony 7KdWxYz1234).mp4"),
    ],
)
def test_names_say_what_a_file_is(title: str, city: str, name: str) -> None:
    assert clip_file_name(title, city, ID, ".mp4") == name


def test_a_long_title_is_cut_between_words_and_keeps_its_id() -> None:
    name = clip_file_name("Dampfschifffahrtsgesellschaft " * 12, "Düsseldorf", ID, ".de.vtt")
    kept = "Dampfschifffahrtsgesellschaft " * 2
    assert name == f"Düsseldorf – {kept.strip()}… (Polyphony {ID}).de.vtt"


def test_a_long_arabic_title_is_cut_at_a_letter() -> None:
    stem = clip_file_name("أ\u0650" * 90, "", ID, ".mp4").removesuffix(".mp4")
    assert len(stem.encode()) <= MAX_DOWNLOAD_NAME_BYTES
    assert stem.partition("…")[0] == "أ\u0650" * (len(stem.partition("…")[0]) // 2)


@given(st.text(max_size=300), st.text(max_size=80))
@example("\u0301" * 200, "")
@example("a\u200d" * 200, "\u202e")
@example("≮" * 60, "<\u0338")
@example("com1.", "")
def test_any_title_makes_a_name_for_any_disk(title: str, city: str) -> None:
    name = clip_file_name(title, city, ID, ".mp4")
    stem = name.removesuffix(".mp4")
    assert name == f"{stem}.mp4"
    assert f"Polyphony {ID}" in stem
    assert len(stem.encode()) <= MAX_DOWNLOAD_NAME_BYTES
    assert set(stem) & set('\\/:*?"<>|') == set()
    assert {c for c in stem if unicodedata.category(c) in {"Cc", "Cf", "Cs", "Zl", "Zp"}} <= {"\u200c", "\u200d"}
    assert stem == stem.strip(" .-~")
    assert "  " not in stem
    assert DEVICES.fullmatch(stem) is None


@given(st.text(max_size=300))
@example("%41 100%")
def test_any_name_makes_a_header(title: str) -> None:
    """ASCII, one line, an old name in quotes that needs no escape, and the very name behind it."""
    name = clip_file_name(title, "", ID, ".mp4")
    header = attachment_header(name)
    match = re.fullmatch(
        r"attachment; filename=\"([A-Za-z0-9 ._()-]+)\"(?:; filename\*=UTF-8''([A-Za-z0-9._~%-]+))?", header
    )
    assert match is not None
    assert match[1].endswith(f"{ID}).mp4" if name != f"Polyphony {ID}.mp4" else f"{ID}.mp4")
    assert (unquote(match[2]) if match[2] else match[1]) == name


def test_a_plain_name_is_said_once() -> None:
    assert attachment_header("Lille (Polyphony 1).mp4") == 'attachment; filename="Lille (Polyphony 1).mp4"'
    assert attachment_header("Düsseldorf – Ω.mp4") == (
        "attachment; filename=\"Dusseldorf - O.mp4\"; filename*=UTF-8''D%C3%BCsseldorf%20%E2%80%93%20%CE%A9.mp4"
    )
