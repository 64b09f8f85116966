"""Type: capitals, sizes, and that no sentence of the demo holds a letter the fonts lack."""

import pytest

from demo.content.texts import demo_clips, read_texts
from demo.films import typeface
from demo.films.typeface import TextStyle, capitals, fit_text


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("Άκουσέ με, παϊδάκια", "el", "ΑΚΟΥΣΕ ΜΕ, ΠΑΪΔΑΚΙΑ"),
        ("ısırgan iğne", "tr", "ISIRGAN İĞNE"),
        ("heiße", "de", "HEISSE"),
        ("اسألوني", "ar", "اسألوني"),
    ],
)
def test_capitals_follow_the_language(text, language, expected):
    assert capitals(text, language) == expected


@pytest.mark.parametrize("clip", demo_clips(), ids=lambda clip: clip.key)
def test_the_fonts_have_every_letter(clip):
    words = " ".join((*clip.spoken_sentences, *clip.stickers, read_texts(f"cities/{clip.city}")["name"][clip.spoken]))
    text = set(words + capitals(words, clip.spoken)) - {" "}
    family = TextStyle(clip.spoken).family
    covered = {
        sign for _, ranges in typeface._subsets(family) for first, last in ranges for sign in _signs(first, last)
    }
    assert text - covered == set()


def _signs(first, last):
    return map(chr, range(first, last + 1))


def test_text_fills_its_box_and_does_not_leave_it_sideways():
    picture = fit_text("Zwei Wörter", 600, 300, TextStyle("de"))
    left, _top, right, bottom = picture.getbbox()
    assert (picture.width, left >= 0, right <= 600) == (600, True, True)
    assert right - left > 330
    assert bottom < picture.height


def test_reading_from_the_right_starts_at_the_right_edge():
    picture = fit_text("أنا هنا", 900, 120, TextStyle("ar"))
    left, _, right, _ = picture.getbbox()
    assert 900 - right < left


def test_words_stay_whole_and_hard_spaces_hold():
    assert typeface._broken(["eins", "zwei\u00a0?", "drei"], 3, "headline") == ("eins", "zwei\u00a0?", "drei")


def test_missing_fonts_are_said(settings, tmp_path):
    settings.BASE_DIR = tmp_path
    with pytest.raises(typeface.FontsMissingError, match="sofia-sans is not installed"):
        typeface._package("text")
