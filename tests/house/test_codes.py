"""Every code has its page in the documents, and every page its code."""

import re
from functools import cache

import pytest
from django.utils import translation

from home.admin.error_help import code_meanings, known_codes
from tests.house.sources import PACKAGES, PROJECT

PAGES = PROJECT / "docs" / "codes"
PARTS = ["How it was found.", "If you uploaded the file.", "If you are the site administrator.", "Settings."]


def page(code: str) -> str:
    return (PAGES / f"{code}.md").read_text(encoding="utf-8")


def flat(text: str) -> str:
    """Without line breaks and marks of quotation, as a reader sees it."""
    return " ".join(re.sub(r"^> ?", "", text, flags=re.MULTILINE).split())


@cache
def whole_source() -> str:
    """Every module of ours as one text."""
    modules = (path for name in PACKAGES for path in (PROJECT / name).rglob("*.py") if "migrations" not in path.parts)
    return "".join(path.read_text(encoding="utf-8") for path in modules)


def test_every_code_has_its_page_and_no_page_is_left_over() -> None:
    assert sorted(path.stem for path in PAGES.glob("*.md")) == sorted([*known_codes(), "README"])


@pytest.mark.parametrize("code", known_codes())
def test_a_page_says_what_people_read_and_what_to_do(code: str) -> None:
    text = page(code)
    assert text.splitlines()[0] == f"# `{code}`"
    with translation.override("en"):
        assert [str(m.message) for m in code_meanings(code) if str(m.message) not in flat(text)] == []
    assert re.findall(r"^\*\*(.+?)\*\*", text, re.MULTILINE) == PARTS
    assert 10 <= text.count("\n") <= 26


@pytest.mark.parametrize("code", known_codes())
def test_what_a_page_names_is_there(code: str) -> None:
    """Settings, files and checks that a page names exist."""
    source = whole_source()
    text = page(code)
    settings = re.findall(r"`([A-Z][A-Z_]{4,})`", text)
    assert [name for name in settings if name not in source and name.lower() not in source] == []
    places = re.findall(r"`((?:demo|exchange|home|media_pipeline)/[\w/]+\.py)`", text)
    assert [place for place in places if not (PROJECT / place).exists()] == []
    checks = re.findall(r"`media_pipeline\.([EW]\d{3})`", text)
    assert [check for check in checks if check not in source] == []
