"""Words that people read are joined by the comma of their language (home/i18n/formats.py), not by one of the source."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from tests.house.sources import NOT_OURS, PROJECT, Module, modules

SHOWN = ("home/", "exchange/")  # packages whose texts come in all languages
NOT_FOR_PEOPLE = {
    "home/context/poster.py": "srcset",
    "home/images/renditions.py": "srcset",
    "home/models/querysets.py": "a programmer's mistake",
}
COMMA = re.compile(r"\s*[,;]\s+")
# A comma between two outputs of a template, or of a template string in JavaScript.
JOINED = {
    ".html": re.compile(r"(?:\}\}|%\})(?:</\w+>)?[,;]\s+(?:<[^>]*>)?(?:\{\{|\{%)"),
    ".js": re.compile(r"\.join\(\s*[\"'`][,;] |\}[,;] \$\{"),
}
SENTENCE = re.compile(r"\{% blocktranslate.*?endblocktranslate %\}", re.DOTALL)  # its comma is translated
JOINED[".mjs"], JOINED[".txt"] = JOINED[".js"], JOINED[".html"]


def is_joined_by_comma(node: ast.AST) -> bool:
    """Whether code joins by a comma: ``", ".join(words)``, ``f"{one}, {other}"``, ``one + ", " + other``."""
    match node:
        case ast.Call(func=ast.Attribute(value=ast.Constant(value=str(between)), attr="join")):
            return COMMA.fullmatch(between) is not None
        case ast.JoinedStr(values=[first, *_, last]) if isinstance(first, ast.FormattedValue):
            inner = node.values[1:-1]
            return isinstance(last, ast.FormattedValue) and any(is_comma(part) for part in inner)
        case ast.BinOp(op=ast.Add(), right=ast.Constant()):
            return is_comma(node.right)
    return False


def is_comma(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str) and COMMA.fullmatch(node.value) is not None


def joins_of(module: Module) -> list[int]:
    return [node.lineno for node in ast.walk(module.tree) if is_joined_by_comma(node)]


def shown_files() -> Iterator[Path]:
    for package in SHOWN:
        for path in sorted((PROJECT / package).rglob("*")):
            if path.suffix in JOINED and not NOT_OURS & set(path.parts):
                yield path


def test_no_code_joins_what_people_read_by_a_comma_of_its_own() -> None:
    found = {module.place: joins_of(module) for module in modules() if module.place.startswith(SHOWN)}
    assert {place for place, lines in found.items() if lines} == set(NOT_FOR_PEOPLE)


def test_no_template_and_no_script_does() -> None:
    found = {
        path.relative_to(PROJECT).as_posix(): match[0]
        for path in shown_files()
        if (match := JOINED[path.suffix].search(SENTENCE.sub("", path.read_text(encoding="utf-8"))))
    }
    assert found == {}


def test_such_joins_are_noticed() -> None:
    for line in ('", ".join(words)', '"; ".join(words)', 'f"{one}, {other}"', 'one + ", " + other'):
        assert joins_of(Module("example", Path(), ast.parse(line)))
    for line in ('" · ".join(words)', '",".join(codes)', 'f"{one} ({other})"'):
        assert not joins_of(Module("example", Path(), ast.parse(line)))
    assert JOINED[".html"].search("<b>{{ name }}</b>, {{ age }}")
    assert JOINED[".html"].search("{{ name }}{% if age %}, {{ age }}{% endif %}")
    assert JOINED[".js"].search("names.join(', ')")
    assert not JOINED[".js"].search("${first} · ${second}")
