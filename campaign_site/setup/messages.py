"""Finding the sentences people see, in Python and in templates, without GNU gettext on the machine.

Python is read as a syntax tree, templates through Django's own ``templatize``, so that what is found is what gettext
will be asked for at run time.
"""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation.template import templatize

ROOMS = ("campaign_site", "demo", "home", "media_pipeline", "exchange")
TEMPLATE_ENDINGS = {".html", ".txt"}
# Which arguments of each function are (context, singular, plural); None where there is none.
CALLS = {
    "_": (None, 0, None),
    "gettext": (None, 0, None),
    "gettext_lazy": (None, 0, None),
    "gettext_noop": (None, 0, None),
    "ngettext": (None, 0, 1),
    "ngettext_lazy": (None, 0, 1),
    "pgettext": (0, 1, None),
    "pgettext_lazy": (0, 1, None),
    "npgettext": (0, 1, 2),
    "npgettext_lazy": (0, 1, 2),
}
TEXT = r"""u?(?:'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*")"""
TEMPLATE_CALL = re.compile(rf"\b(n?p?gettext|_)\(\s*({TEXT}(?:\s*,\s*{TEXT})*)")
NOTE = re.compile(r"(Translators: .*?)\s*(?:#\}|$)")


@dataclass(frozen=True)
class Message:
    """One sentence: ``context`` is None where there is none, ``plural`` too; ``note`` is for the translator."""

    singular: str
    plural: str | None
    context: str | None
    place: str
    note: str

    @property
    def key(self) -> tuple[str | None, str]:
        """What gettext looks it up by."""
        return self.context, self.singular


class ExtractionError(Exception):
    """A call to gettext whose text cannot be read from the source."""


def find_messages(project: Path) -> list[Message]:
    """Return every message of the project, in the order of files and lines."""
    found: list[Message] = []
    for path in sorted(source_files(project)):
        place = path.relative_to(project).as_posix()
        text = path.read_text(encoding="utf-8")
        found += in_python(text, place) if path.suffix == ".py" else in_template(text, place)
    return found


def source_files(project: Path) -> Iterator[Path]:
    """Python and template files of the rooms, without migrations."""
    for room in ROOMS:
        for path in (project / room).rglob("*"):
            is_template = path.suffix in TEMPLATE_ENDINGS and "templates" in path.parts
            if is_template or (path.suffix == ".py" and "migrations" not in path.parts):
                yield path


def in_python(source: str, place: str) -> Iterator[Message]:
    """Yield the messages of a Python file; raise ``ExtractionError`` where a text is computed."""
    lines = source.splitlines()
    calls = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call)]
    for node in sorted(calls, key=lambda call: (call.lineno, call.col_offset)):
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        if name in CALLS and not _is_looked_up(node):
            texts = [argument.value if isinstance(argument, ast.Constant) else None for argument in node.args]
            yield _message(name, texts, f"{place}:{node.lineno}", _note(lines, node.lineno))


def _is_looked_up(call: ast.Call) -> bool:
    """Whether a call translates a value that was marked elsewhere, as in ``gettext(self.label)``."""
    return bool(call.args) and isinstance(call.args[0], (ast.Name, ast.Attribute, ast.Subscript, ast.Call))


def in_template(source: str, place: str) -> Iterator[Message]:
    """Yield the messages of a Django template."""
    lines = source.splitlines()
    readable = templatize(source, origin=place)
    for match in TEMPLATE_CALL.finditer(readable):
        texts = [ast.literal_eval(text) for text in re.findall(TEXT, match[2])]
        line = readable.count("\n", 0, match.start()) + 1
        yield _message(match[1], texts, f"{place}:{line}", _note(lines, line))


def _message(name: str, texts: list[object], place: str, note: str) -> Message:
    context, singular, plural = (None if at is None else _text(texts, at, place) for at in CALLS[name])
    if not singular:
        raise ExtractionError(f"{place}: the text given to {name}() is empty.")
    return Message(singular, plural, context, place.rsplit(":", 1)[0], note)


def _text(texts: list[object], at: int, place: str) -> str:
    value = texts[at] if at < len(texts) else None
    if not isinstance(value, str):
        raise ExtractionError(f"{place}: a text to be translated must stand in the source as one plain string.")
    return value


def _note(lines: list[str], line: int) -> str:
    """Return the remark for translators on the line itself or the one before, else nothing."""
    for text in lines[max(line - 2, 0) : line]:
        if found := NOTE.search(text):
            return found[1]
    return ""
