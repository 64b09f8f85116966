"""Catalogues hold what gettext is asked for at run time, and an update never loses a translation."""

import dataclasses
import gettext
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages import Catalog
from babel.messages.pofile import write_po
from django.template import Context, Template
from django.utils import translation

from campaign_site import languages
from campaign_site.setup import catalogues
from tests.house.sources import PROJECT

TEMPLATE = """{% load i18n %}
{# Translators: on the start page. #}
{% translate "Hello you" %}
  {% blocktranslate trimmed count number=clips with city=place %}
    One clip from {{ city }}, 50% longer
  {% plural %}
    {{ number }} clips from {{ city }}
  {% endblocktranslate %}
{% include "x.html" with label=_("Say \\"it\\"") %}
{% translate "May" context "month" as month %}
{% blocktranslate context "tone" %}it's{% endblocktranslate %}
"""
CODE = 'from x import _, ngettext\n_("Play")\nngettext("%(n)s clip", "%(n)s clips", 1)\n'


def write_package(project: Path, files: dict[str, str]) -> None:
    for name, text in {"__init__.py": "", **files}.items():
        path = project / "home" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def read(project: Path, language: str) -> Catalog:
    return catalogues.read_catalogue(catalogues.catalogue_path(project, language))


def texts(catalogue: Catalog) -> dict[object, object]:
    return {message.id: message.string for message in catalogue if message.id}


def in_template(project: Path) -> Iterator[tuple[object, object, list[str]]]:
    write_package(project, {"templates/a.html": TEMPLATE})
    for message in catalogues.extract_messages(project):
        if message.id:
            yield message.context, message.id, message.auto_comments


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project with one source file."""
    write_package(tmp_path, {"a.py": CODE, "migrations/0001_initial.py": '_("Old")\n', "texts/a.html": TEMPLATE})
    catalogues.update_catalogues(tmp_path)
    return tmp_path


def translate(project: Path, language: str = "pl") -> None:
    catalogue = read(project, language)
    catalogue["Play"].string = "Odtwórz"
    catalogue["%(n)s clip"].string = ("%(n)s klip", "%(n)s klipy", "%(n)s klipów")
    with catalogues.catalogue_path(project, language).open("wb") as file:
        write_po(file, catalogue)


def test_templates(tmp_path: Path) -> None:
    assert list(in_template(tmp_path)) == [
        (None, "Hello you", ["Translators: on the start page."]),
        (None, ("One clip from %(city)s, 50%% longer", "%(number)s clips from %(city)s"), []),
        (None, 'Say "it"', []),
        ("month", "May", []),
        ("tone", "it's", []),
    ]


def test_python(tmp_path: Path) -> None:
    source = (
        "from django.utils.translation import gettext_lazy as _, ngettext, pgettext_lazy, npgettext_lazy\n"
        "# Translators: a button.\n"
        'a = _("Play " "the clip")\n'
        'b = ngettext("%(n)s clip", "%(n)s clips", 3)\n'
        'c = pgettext_lazy("tone", "warm")\n'
        'd = npgettext_lazy("tone", "bright", "brighter", 3)\n'
        "e = _(choice.label)\n"
    )
    write_package(tmp_path, {"sub/a.py": source})
    found = [message for message in catalogues.extract_messages(tmp_path) if message.id]
    assert [(m.context, m.id, m.locations, m.auto_comments) for m in found] == [
        (None, "Play the clip", [("home/sub/a.py", 3)], ["Translators: a button."]),
        (None, ("%(n)s clip", "%(n)s clips"), [("home/sub/a.py", 4)], []),
        ("tone", "warm", [("home/sub/a.py", 5)], []),
        ("tone", ("bright", "brighter"), [("home/sub/a.py", 6)], []),
    ]


def test_what_was_found_is_what_is_looked_up(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Render the template with a catalogue that records every question."""
    asked: list[tuple[str | None, str]] = []
    catalogue = translation.trans_real.DjangoTranslation("en")

    def record_plain(text: str) -> str:
        asked.append((None, text))
        return text

    def record_plural(one: str, many: str, number: int) -> str:
        asked.append((None, one))
        return one if number == 1 else many

    monkeypatch.setattr(catalogue, "gettext", lambda text: record_plain(text.replace("\x04", "|")))
    monkeypatch.setattr(catalogue, "ngettext", record_plural)
    monkeypatch.setattr(translation.trans_real._active, "value", catalogue, raising=False)
    Template(TEMPLATE.replace('{% include "x.html" with label=', "{% firstof ").replace(") %}", ") %}")).render(
        Context({"clips": 1, "place": "Lille"})
    )
    singulars = [(context, text if isinstance(text, str) else text[0]) for context, text, _ in in_template(tmp_path)]
    assert set(asked) == {(None, f"{context}|{text}" if context else text) for context, text in singulars}


def test_new_messages_are_empty_but_in_english(project: Path) -> None:
    plural = ("%(n)s clip", "%(n)s clips")
    assert texts(read(project, "en")) == {"Play": "Play", plural: plural}
    assert texts(read(project, "ar")) == {"Play": "", plural: ("",) * 6}
    assert catalogues.update_catalogues(project)[:2] == [
        "en: 2 messages, 0 still to translate",
        "de: 2 messages, 2 still to translate",
    ]


def test_translations_survive_an_update_and_a_vanished_sentence_comes_back(project: Path) -> None:
    translate(project)
    before = texts(read(project, "pl"))
    write_package(project, {"a.py": '_("Pause")\n'})
    catalogues.update_catalogues(project)
    without = read(project, "pl")
    assert (texts(without), set(without.obsolete)) == ({"Pause": ""}, {"Play", "%(n)s clip"})
    assert read(project, "en").obsolete == {}
    write_package(project, {"a.py": CODE})
    catalogues.update_catalogues(project)
    again = read(project, "pl")
    assert (texts(again), again.obsolete) == (before, {})


def test_an_update_without_news_changes_nothing(project: Path) -> None:
    translate(project)
    catalogues.update_catalogues(project)
    path = catalogues.catalogue_path(project, "pl")
    before = path.read_bytes()
    catalogues.update_catalogues(project)
    assert path.read_bytes() == before


def compiled(project: Path, language: str) -> gettext.GNUTranslations:
    catalogues.compile_catalogues(project)
    with catalogues.catalogue_path(project, language).with_suffix(".mo").open("rb") as file:
        return gettext.GNUTranslations(file)


def test_compiled_catalogues_choose_the_right_form(project: Path) -> None:
    translate(project)
    polish = compiled(project, "pl")
    assert polish.gettext("Play") == "Odtwórz"
    forms = {n: polish.ngettext("%(n)s clip", "%(n)s clips", n).split()[1] for n in (1, 2, 5, 12, 22, 25)}
    assert forms == {1: "klip", 2: "klipy", 5: "klipów", 12: "klipów", 22: "klipy", 25: "klipów"}


def test_a_pending_language_says_what_its_fallbacks_say(project: Path) -> None:
    """A plural of a language with other rules does not fit: that is said in English."""
    translate(project)
    record = next(language for language in languages.ALL if language.code == "uk")
    like_polish = dataclasses.replace(record, plural_forms=languages.POLISH, fallbacks=("de", "pl"))
    pending = {
        code: dataclasses.replace(like_polish, code=code, plural_forms=forms, translation_pending=True)
        for code, forms in (("uk", languages.UKRAINIAN), ("tr", languages.ABOVE_ONE))
    }
    found = {code: texts(catalogues.translated_messages(project, language)) for code, language in pending.items()}
    assert found == {"uk": {"Play": "Odtwórz"}, "tr": {"Play": "Odtwórz"}}
    assert texts(catalogues.translated_messages(project, like_polish)) == {}


def test_what_upstream_knows_by_its_locale_alone_is_heard() -> None:
    with catalogues.catalogue_path(PROJECT, "pt").with_suffix(".mo").open("rb") as file:
        assert gettext.GNUTranslations(file).gettext("Sign in") != "Sign in"
    assert {language.code for language in languages.ALL if catalogues.upstream_catalogues(language)} == {"pt"}


def test_what_is_not_translated_is_not_compiled(project: Path) -> None:
    arabic = compiled(project, "ar")
    arabic.add_fallback(compiled(project, "en"))
    assert arabic.ngettext("%(n)s clip", "%(n)s clips", 3) == "%(n)s clips"
    assert "Play" not in arabic._catalog
