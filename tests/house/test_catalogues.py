"""Bringing a catalogue up to date never loses a translation."""

import gettext
from pathlib import Path

import polib
import pytest

from campaign_site.setup import catalogues

CODE = 'from x import _, ngettext\n_("Play")\nngettext("%(n)s clip", "%(n)s clips", 1)\n'


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project with one source file."""
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "a.py").write_text(CODE)
    catalogues.update(tmp_path)
    return tmp_path


def translate(project: Path, language: str = "pl") -> None:
    path = catalogues.catalogue_path(project, language)
    file = polib.pofile(str(path))
    file.find("Play").msgstr = "Odtwórz"
    file.find("%(n)s clip").msgstr_plural = {0: "%(n)s klip", 1: "%(n)s klipy", 2: "%(n)s klipów"}
    file.save()


def test_new_messages_are_empty_but_in_english(project: Path) -> None:
    english = polib.pofile(str(catalogues.catalogue_path(project, "en")))
    assert [(e.msgid, e.msgstr, e.msgstr_plural) for e in english] == [
        ("Play", "Play", {}),
        ("%(n)s clip", "", {0: "%(n)s clip", 1: "%(n)s clips"}),
    ]
    arabic = polib.pofile(str(catalogues.catalogue_path(project, "ar")))
    assert [(e.msgstr, len(e.msgstr_plural)) for e in arabic] == [("", 0), ("", 6)]
    assert catalogues.report(project)[:2] == [
        "en: 2 messages, 0 still to translate",
        "de: 2 messages, 2 still to translate",
    ]


def test_translations_survive_an_update_and_a_vanished_sentence_comes_back(project: Path) -> None:
    translate(project)
    source = project / "home" / "a.py"
    source.write_text('_("Pause")\n')
    catalogues.update(project)
    path = catalogues.catalogue_path(project, "pl")
    assert {(e.msgid, e.obsolete) for e in polib.pofile(str(path))} == {
        ("Pause", False),
        ("Play", True),
        ("%(n)s clip", True),
    }
    source.write_text(CODE)
    catalogues.update(project)
    again = polib.pofile(str(path))
    assert again.find("Play").msgstr == "Odtwórz"
    assert again.find("%(n)s clip").msgstr_plural == {0: "%(n)s klip", 1: "%(n)s klipy", 2: "%(n)s klipów"}


def test_an_update_without_news_changes_nothing(project: Path) -> None:
    translate(project)
    catalogues.update(project)
    path = catalogues.catalogue_path(project, "pl")
    before = path.read_bytes()
    catalogues.update(project)
    assert path.read_bytes() == before


def test_compiled_catalogues_choose_the_right_form(project: Path) -> None:
    translate(project)
    catalogues.compile_all(project)
    with catalogues.catalogue_path(project, "pl").with_suffix(".mo").open("rb") as file:
        polish = gettext.GNUTranslations(file)
    assert polish.gettext("Play") == "Odtwórz"
    forms = {n: polish.ngettext("%(n)s clip", "%(n)s clips", n).split()[1] for n in (1, 2, 5, 12, 22, 25)}
    assert forms == {1: "klip", 2: "klipy", 5: "klipów", 12: "klipów", 22: "klipy", 25: "klipów"}


@pytest.mark.parametrize(
    ("language", "numbers", "forms"),
    [
        ("en", (0, 1, 2), (1, 0, 1)),
        ("fr", (0, 1, 2), (0, 0, 1)),
        ("uk", (1, 2, 5, 11, 21, 22), (0, 1, 2, 2, 0, 1)),
        ("pl", (1, 2, 5, 11, 21, 22), (0, 1, 2, 2, 2, 1)),
        ("ar", (0, 1, 2, 3, 11, 100), (0, 1, 2, 3, 4, 5)),
    ],
)
def test_plural_rules(language: str, numbers: tuple[int, ...], forms: tuple[int, ...]) -> None:
    rule = catalogues.plural_forms(language).split("plural=")[1].rstrip(";")
    choose = gettext.c2py(rule)
    assert tuple(map(choose, numbers)) == forms
