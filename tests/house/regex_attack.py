"""Finds every regular expression of the project, and inputs that would take long if it were not linear.

Inputs are made from the expression itself: for each run of its parts, what leads up to it, then the run again and
again, then a character that fits nothing. ``python -m tests.house.regex_attack`` feeds all of them to all expressions,
each with a limit of processor time that linear work does not reach and quadratic work exceeds a hundred times.
"""

import ast
import importlib
import re
import signal
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from re import _constants as codes  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

from tests.house.sources import Module, modules

SHORT, LONG = 20_000, 1_000_000  # characters of an input
SHORT_S, LONG_S = 2, 5  # seconds of processor time
FUNCTIONS = {"compile", "match", "search", "sub", "subn", "fullmatch", "split", "findall", "finditer"}
METHODS = FUNCTIONS - {"compile"}
URL_FUNCTIONS = {"re_path": 0, "RegexValidator": 0, "RegexField": 0}
REPEATS = (codes.MAX_REPEAT, codes.MIN_REPEAT, codes.POSSESSIVE_REPEAT)
ENDS = ("", "\0", "\n", "\x0b", "a", "<", " ")
# How those are used that are kept in a table and not under a name of their own.
IN_TABLES = {"_CODE": {"search"}, "_SETTINGS": {"fullmatch"}}
# What a function's own variable may hold that is part of an expression.
VARIABLES = {"wanted": "a-slug", "name": "script"}


@dataclass(frozen=True)
class Expression:
    """One regular expression: where it stands, how it is written there, and how it is used."""

    place: str
    source: str
    compiled: re.Pattern[Any]
    methods: frozenset[str]

    @property
    def name(self) -> str:
        return f"{self.place}: {self.source}"


def expressions() -> list[Expression]:
    """Every expression in the source of the packages."""
    uses = used_methods()
    found = []
    for module in modules():
        owners = assigned_names(module)
        for node in ast.walk(module.tree):
            if isinstance(node, ast.Call) and (function := regex_function(node)):
                name = owners.get(node, "")
                methods = {"search"} if function in URL_FUNCTIONS else {function}
                if function == "compile":
                    methods = IN_TABLES.get(name) or uses.get((module.name, name)) or uses.get(("", name)) or set()
                compiled = re.compile(*values_of(module, node, function))
                found.append(Expression(module.place, ast.unparse(node.args[0]), compiled, frozenset(methods)))
    return found


def regex_function(node: ast.Call) -> str:
    """The name of the function that makes or uses an expression; empty for another one."""
    function = node.func
    if isinstance(function, ast.Attribute) and isinstance(function.value, ast.Name) and function.value.id == "re":
        return function.attr if function.attr in FUNCTIONS else ""
    return function.id if isinstance(function, ast.Name) and function.id in URL_FUNCTIONS else ""


def values_of(module: Module, node: ast.Call, function: str) -> tuple[Any, ...]:
    """The expression and its flags, as the module sees them."""
    names = VARIABLES | vars(importlib.import_module(module.name))
    wanted = [node.args[0]]
    if function == "compile":
        wanted += node.args[1:2]
    wanted += [keyword.value for keyword in node.keywords if keyword.arg == "flags"]
    return tuple(eval(compile(ast.Expression(part), module.place, "eval"), names) for part in wanted)


def assigned_names(module: Module) -> dict[ast.AST, str]:
    """Each call of ``re.compile`` with the name that its value, or the table it is in, is kept under."""
    found = {}
    for statement in ast.walk(module.tree):
        if isinstance(statement, ast.Assign | ast.AnnAssign) and statement.value is not None:
            targets = statement.targets if isinstance(statement, ast.Assign) else [statement.target]
            for node in ast.walk(statement.value):
                found[node] = ast.unparse(targets[0])
    return found


def used_methods() -> dict[tuple[str, str], set[str]]:
    """For each name in each module (and, with an empty module, anywhere) the methods that are called on it."""
    found: dict[tuple[str, str], set[str]] = {}
    for module in modules():
        for node in ast.walk(module.tree):
            if isinstance(node, ast.Attribute) and node.attr in METHODS:
                name = ast.unparse(node.value).rpartition(".")[2]
                for place in (module.name, ""):
                    found.setdefault((place, name), set()).add(node.attr)
    return found


def attacks(pattern: str | bytes, flags: int, size: int) -> Iterator[str]:
    """Inputs of about ``size`` characters."""
    tree = parser.parse(
        pattern if isinstance(pattern, str) else pattern.decode("latin-1"), flags & ~re.ASCII & ~re.UNICODE
    )
    seen = set()
    runs = [*pumps(list(tree), "", sample), *pumps(list(tree), "", shortest)]
    for before, pump in runs:
        for end in ENDS:
            if pump and (before, pump, end) not in seen:
                seen.add((before, pump, end))
                yield before + pump * (size // len(pump)) + end


def pumps(sequence: list[Any], before: str, sample: Callable[[Any], str]) -> Iterator[tuple[str, str]]:
    """What leads up to a run of parts, and a string that the run takes; parts within parts too."""
    samples = list(map(sample, sequence))
    for start in range(len(sequence)):
        lead = before + "".join(samples[:start])
        for end in range(start + 1, len(sequence) + 1):
            yield lead, "".join(samples[start:end])
            yield "", lead + "".join(samples[start:end])
        for inner in insides(sequence[start]):
            yield from pumps(inner, lead, sample)


def insides(part: tuple[Any, Any]) -> list[list[Any]]:
    operator, value = part
    if operator is codes.BRANCH:
        return [list(branch) for branch in value[1]]
    if operator is codes.SUBPATTERN:
        return [list(value[3])]
    if operator in REPEATS:
        return [list(value[2])]
    return [list(value[1])] if operator in (codes.ASSERT, codes.ASSERT_NOT) else []


def shortest(part: tuple[Any, Any]) -> str:
    """The same without what may be missing."""
    return "" if part[0] in REPEATS and part[1][0] == 0 else sample(part)


def sample(part: tuple[Any, Any]) -> str:
    """A short string that the part takes."""
    operator, value = part
    if operator is codes.LITERAL:
        return chr(value)
    if operator is codes.NOT_LITERAL:
        return "a" if value != ord("a") else "b"
    if operator is codes.ANY:
        return "a"
    if operator is codes.IN:
        return one_of(value)
    if operator in REPEATS:
        return "".join(map(sample, value[2])) * max(value[0], 1)
    if operator in (codes.BRANCH, codes.SUBPATTERN):
        return "".join(map(sample, insides(part)[0]))
    return ""


CANDIDATES = "a0!-. \n\u00e9\x01~"
CATEGORIES = {
    codes.CATEGORY_DIGIT: "0", codes.CATEGORY_SPACE: " ", codes.CATEGORY_WORD: "a0\u00e9",
    codes.CATEGORY_NOT_DIGIT: "a!-. \n\u00e9\x01~", codes.CATEGORY_NOT_SPACE: "a0!-.\u00e9\x01~",
    codes.CATEGORY_NOT_WORD: "!-. \n\x01~",
}  # fmt: skip


def one_of(items: list[tuple[Any, Any]]) -> str:
    if items[0][0] is codes.NEGATE:
        return next(character for character in CANDIDATES if not in_set(character, items[1:]))
    operator, value = items[0]
    if operator is codes.LITERAL:
        return chr(value)
    return chr(value[0]) if operator is codes.RANGE else CATEGORIES[value][0]


def in_set(character: str, items: list[tuple[Any, Any]]) -> bool:
    return any(
        (operator is codes.LITERAL and ord(character) == value)
        or (operator is codes.RANGE and value[0] <= ord(character) <= value[1])
        or (operator is codes.CATEGORY and character in CATEGORIES[value])
        for operator, value in items
    )


def use(compiled: re.Pattern[Any], method: str, text: Any) -> None:
    empty = text[:0]
    if method in ("sub", "subn"):
        getattr(compiled, method)(empty, text)
    elif method == "finditer":
        for _match in compiled.finditer(text):
            pass
    else:
        getattr(compiled, method)(text)


def attack(compiled: re.Pattern[Any], methods: frozenset[str]) -> None:
    """Feed short inputs, then a megabyte of the one that took longest; the kernel ends what takes too long."""
    worst: tuple[float, int, str] = (-1.0, 0, "")
    for method in sorted(methods):
        for number, text in enumerate(attacks(compiled.pattern, compiled.flags, SHORT)):
            worst = max(worst, (measured(compiled, method, text, SHORT_S), number, method))
    if worst[2]:
        long = next(text for n, text in enumerate(attacks(compiled.pattern, compiled.flags, LONG)) if n == worst[1])
        measured(compiled, worst[2], long, LONG_S)


def measured(compiled: re.Pattern[Any], method: str, text: str, limit_s: int) -> float:
    """Use the expression within a limit of processor time; return what it took."""
    given = text.encode("utf-8", "replace") if isinstance(compiled.pattern, bytes) else text
    start = time.process_time()
    # A timer and no limit of the process: a limit that was raised in time has been seen to kill all the same.
    signal.setitimer(signal.ITIMER_PROF, limit_s + 1)
    use(compiled, method, given)
    # What follows is making the next input, which takes its time for an expression of many words.
    signal.setitimer(signal.ITIMER_PROF, 0)
    return time.process_time() - start


def main(patterns: list[str]) -> None:
    """Attack the patterns that are named, by ``search``; without any, every expression of the project."""
    if patterns:
        for pattern in patterns:
            attack(re.compile(pattern), frozenset({"search"}))
        return
    import django

    django.setup()
    for expression in expressions():
        print(expression.name.encode("ascii", "backslashreplace").decode(), flush=True)
        attack(expression.compiled, expression.methods)
    print("done", flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
