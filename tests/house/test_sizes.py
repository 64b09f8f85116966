"""Small files, small functions, and names that say something."""

import ast

from tests.house.sources import PACKAGES, PROJECT, Module, committed_files, modules

LONGEST_FILE = 300
LONGEST_FUNCTION = 40
SHARE_OVER_30 = 0.03
COUNTED = {".py", ".css", ".js", ".mjs", ".html"}
SAY_NOTHING = {"core", "util", "utils", "common", "helper", "helpers", "misc", "stuff"}


def functions(module: Module) -> dict[str, int]:
    """Return the lines of the body of every function of ``module``, without signature and docstring."""
    lengths = {}
    for node in ast.walk(module.tree):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            body = node.body[1:] if ast.get_docstring(node) else node.body
            lengths[f"{module.name}:{node.name}"] = (node.end_lineno or 0) - body[0].lineno + 1 if body else 0
    return lengths


def test_files_are_short() -> None:
    too_long = {}
    for path in committed_files():
        place = path.relative_to(PROJECT).as_posix()
        if path.suffix in COUNTED and "migrations" not in path.parts:
            lines = path.read_text(encoding="utf-8").count("\n")
            if lines > LONGEST_FILE:
                too_long[place] = lines
    assert too_long == {}


def test_functions_are_short() -> None:
    lengths = {name: lines for module in modules() for name, lines in functions(module).items()}
    assert {name: lines for name, lines in lengths.items() if lines > LONGEST_FUNCTION} == {}
    longish = [name for name, lines in lengths.items() if lines > 30]
    assert len(longish) <= SHARE_OVER_30 * len(lengths), longish


def test_module_names_say_something() -> None:
    assert {module.name for module in modules() if set(module.name.split(".")) & SAY_NOTHING} == set()


def test_every_module_says_what_it_is_for() -> None:
    silent = {module.place for module in modules() if module.tree.body and not ast.get_docstring(module.tree)}
    assert silent == set()


def test_there_is_no_other_app() -> None:
    apps = {path.parent.name for path in PROJECT.glob("*/apps.py")} | {"campaign_site"}
    assert apps <= set(PACKAGES)
