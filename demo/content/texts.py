"""The demo's sentences, read from the TOML files beside this module.

A text is a mapping of language code to string, complete but for languages whose translation is pending. The `[name]`
tables of the files are texts.
"""

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings

TEXTS_DIR = Path(__file__).parent / "texts"

Translations = dict[str, str]


@dataclass(frozen=True)
class DemoClip:
    """One clip as written: what is spoken, what stands around it, and how it is drawn. Its file has these names."""

    key: str
    spoken: str
    city: str
    project: str
    themes: tuple[str, ...]
    date: date
    licence: str
    age: int
    layout: str
    stickers: tuple[str, ...]
    headline: Translations
    summary: Translations
    body: tuple[Translations, ...]
    sentences: tuple[Translations, ...]
    portrait: bool = False
    reposted: date | None = None
    content_note: Translations | None = None

    @property
    def spoken_sentences(self) -> tuple[str, ...]:
        """What the voice says, in order."""
        return tuple(sentence[self.spoken] for sentence in self.sentences)


def languages() -> list[str]:
    """The languages every text exists in: all of the content but those whose translation is pending."""
    return [code for code, _name in settings.CONTENT_LANGUAGES if code not in settings.TRANSLATION_PENDING]


@cache
def read_texts(name: str) -> dict[str, Any]:
    """One file by its path below `texts/`, without the suffix. Raises FileNotFoundError."""
    return tomllib.loads((TEXTS_DIR / f"{name}.toml").read_text(encoding="utf-8"))


def read_all_texts(kind: str) -> dict[str, dict[str, Any]]:
    """All files of a folder such as "cities", by name, in alphabetical order."""
    return {path.stem: read_texts(f"{kind}/{path.stem}") for path in sorted((TEXTS_DIR / kind).glob("*.toml"))}


@cache
def read_demo_clip(key: str) -> DemoClip:
    """The clip of that key. Raises FileNotFoundError."""
    data = read_texts(f"clips/{key}")
    return DemoClip(key, **{name: tuple(value) if isinstance(value, list) else value for name, value in data.items()})


def demo_clips() -> tuple[DemoClip, ...]:
    """All demo clips, in the order in which they are rendered and first shown."""
    return tuple(read_demo_clip(key) for key in read_texts("order")["clips"])


def is_translations(value: object) -> bool:
    """Whether a value of a file is a text, one string per language."""
    return isinstance(value, dict) and bool(value) and set(value) - {"kind"} <= set(dict(settings.CONTENT_LANGUAGES))
