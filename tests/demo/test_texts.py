"""The demo's texts: complete in every language, really translated, in the right script, and consistent."""

import re

import pytest
from django.conf import settings

from demo.content.texts import TEXTS_DIR, demo_clips, is_translations, languages, read_all_texts, read_texts
from demo.films.layouts import LAYOUTS
from home.models.choices import Accent, Age, Licence

SCRIPTS = {
    "latin": r"[A-Za-z]", "greek": r"[\u0370-\u03ff]", "cyrillic": r"[\u0400-\u04ff]", "arabic": r"[\u0600-\u06ff]",
}  # fmt: skip
LOUD = {
    "dusseldorf", "augsburg", "lhospitalet-de-llobregat", "leuven", "pella", "rosny-sous-bois", "lille", "montreuil",
    "valenciennes-metropole",
}  # fmt: skip
BRIDGE = {
    "brussels", "genk", "leuven", "val-doise", "vaulx-en-velin", "dusseldorf", "stuttgart", "catalonia", "terrassa",
    "igoumenitsa", "reggio-emilia", "umbria", "rotterdam",
}  # fmt: skip


def texts():
    """Every text of every file, with the path to it."""
    for path in sorted(TEXTS_DIR.rglob("*.toml")):
        name = path.relative_to(TEXTS_DIR).with_suffix("").as_posix()
        yield from _within(read_texts(name), name)


def _within(value, path):
    if is_translations(value):
        yield path, {code: words for code, words in value.items() if code != "kind"}
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from _within(inner, f"{path}.{key}")
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from _within(inner, f"{path}.{number}")


ALL = list(texts())
SENTENCES = [(path, text) for path, text in ALL if len(text.get("en", "").split()) >= 4]


def test_there_are_texts_enough_to_mean_something():
    assert (len(ALL) > 250, len(SENTENCES) > 150) == (True, True)


def test_every_text_exists_in_all_languages():
    translated = {path: [code for code in text if code not in settings.TRANSLATION_PENDING] for path, text in ALL}
    assert {path: codes for path, codes in translated.items() if codes != languages()} == {}
    untidy = [
        f"{path} {code}" for path, text in ALL for code, words in text.items() if not words or words != words.strip()
    ]
    assert untidy == []


def test_no_sentence_is_left_untranslated():
    titles = ("projects/loud.headline", "projects/bridge.headline")
    same = [
        f"{path} {code}"
        for path, text in SENTENCES
        for code, words in text.items()
        if code != "en" and words == text["en"] and path not in titles
    ]
    assert same == []


def test_no_sentence_is_the_same_in_two_languages():
    twins = [path for path, text in SENTENCES if len(set(text.values())) < len(text) - 1]
    assert twins == []


@pytest.mark.parametrize("code", languages())
def test_scripts_are_those_of_the_language(code):
    letters = SCRIPTS[settings.LANGUAGE_SCRIPTS[code]]
    strays = [path for path, text in SENTENCES if len(re.findall(letters, text[code])) < 6]
    assert [path for path in strays if not path.startswith(("programmes", "projects"))] == []


def test_french_never_breaks_a_line_before_a_question_mark():
    assert [path for path, text in ALL if re.search(r" [?!;:»]|« ", text["fr"])] == []


def test_themes_have_colours_of_the_project():
    themes = read_texts("themes")
    assert len(themes) == 15
    assert {theme["colour"] for theme in themes.values()} == set(Accent.values)


def test_the_partners_are_those_of_the_two_projects():
    cities = read_all_texts("cities")
    assert {key for key, city in cities.items() if "loud" in city["projects"]} == LOUD
    assert {key for key, city in cities.items() if "bridge" in city["projects"]} == BRIDGE
    assert set(cities) - LOUD - BRIDGE == {"dortmund"}


def test_clips_are_many_and_speak_every_language():
    assert {clip.spoken for clip in demo_clips()} == set(languages())
    assert {path.stem for path in (TEXTS_DIR / "clips").glob("*.toml")} == {clip.key for clip in demo_clips()}


def test_no_two_clips_look_the_same():
    assert sorted(clip.layout for clip in demo_clips()) == sorted(LAYOUTS)
    assert sum(clip.portrait for clip in demo_clips()) == 2


@pytest.mark.parametrize("clip", demo_clips(), ids=lambda clip: clip.key)
def test_a_clip_refers_to_what_exists(clip):
    city = read_all_texts("cities")[clip.city]
    assert clip.project in city["projects"]
    assert set(clip.themes) <= set(read_texts("themes"))
    assert (clip.licence in Licence.values, clip.age in Age.values) == (True, True)
    assert 4 <= len(clip.sentences) <= 7


def test_only_clips_with_open_licences_stand_for_erasmus():
    loud = {clip.licence for clip in demo_clips() if clip.project == "loud"}
    assert loud == {"CC-BY-4.0", "CC-BY-SA-4.0"}
