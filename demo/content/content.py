"""From the demo's texts to what models hold: one column per language, streams of blocks."""

import html
import json
from collections.abc import Iterable
from typing import Any

from demo.content.texts import Translations, is_translations, languages
from home.api import fieldname

StreamBlock = tuple[str, Any]


def fill_texts(thing: Any, **texts: Translations) -> Any:
    """Write texts into their columns, language by language. Returns the thing."""
    for name, text in texts.items():
        for code in languages():
            setattr(thing, fieldname(name, code), text[code])
    return thing


def fill_stream(thing: Any, name: str, blocks: Iterable[tuple[str, Any]]) -> Any:
    """Write a stream into its columns. Texts inside the blocks' values become the text of the column's language."""
    blocks = list(blocks)
    for code in languages():
        stream = [{"type": kind, "value": _in_language(value, code)} for kind, value in blocks]
        setattr(thing, fieldname(name, code), json.dumps(stream))
    return thing


def paragraph_block(text: Translations) -> StreamBlock:
    """A text as a paragraph of rich text."""
    return ("text", {code: f"<p>{html.escape(words, quote=False)}</p>" for code, words in _only(text).items()})


def note_block(text: Translations) -> StreamBlock:
    """A text set apart, in italics."""
    return ("text", {code: f"<p><i>{html.escape(words, quote=False)}</i></p>" for code, words in _only(text).items()})


def body_block(text: Translations) -> StreamBlock:
    """A text of a file's `[[body]]`, which may say that it is a heading."""
    return ("heading", _only(text)) if text.get("kind") == "heading" else paragraph_block(text)


def rich_text(texts: Iterable[Translations]) -> Translations:
    """Several paragraphs as one piece of rich text."""
    blocks = [paragraph_block(text)[1] for text in texts]
    return {code: "".join(block[code] for block in blocks) for code in languages()}


def _only(text: Translations) -> Translations:
    return {code: text[code] for code in languages()}


def _in_language(value: Any, code: str) -> Any:
    if isinstance(value, dict):
        if is_translations(value):
            return value[code]
        return {name: _in_language(inner, code) for name, inner in value.items()}
    return [_in_language(inner, code) for inner in value] if isinstance(value, list) else value
