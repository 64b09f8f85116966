"""The project's own files, as the tests of the house rules read them."""

import ast
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent.parent
PACKAGES = ("campaign_site", "demo", "exchange", "home", "media_pipeline")
TEXT_ENDINGS = {
    ".cfg", ".conf", ".css", ".env", ".html", ".in", ".ini", ".js", ".json", ".md", ".mjs", ".po", ".py", ".service",
    ".sh", ".srt", ".svg", ".timer", ".toml", ".txt", ".vtt", ".yaml", ".yml", "",
}  # fmt: skip
NOT_OURS = {".git", ".venv", "node_modules", "var", "dist", "__pycache__", ".hypothesis"}


@dataclass(frozen=True)
class Module:
    """One Python module: its dotted ``name``, its path, and its syntax tree."""

    name: str
    path: Path
    tree: ast.Module

    @property
    def place(self) -> str:
        return self.path.relative_to(PROJECT).as_posix()


@cache
def modules() -> tuple[Module, ...]:
    """Every Python module of the packages, without migrations."""
    found = []
    for package in PACKAGES:
        for path in sorted((PROJECT / package).rglob("*.py")):
            if not NOT_OURS & set(path.parts) and "migrations" not in path.parts:
                found.append(Module(dotted(path), path, ast.parse(path.read_text(encoding="utf-8"))))
    return tuple(found)


def dotted(path: Path) -> str:
    """Return the module's name."""
    parts = path.relative_to(PROJECT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


@cache
def committed_files() -> tuple[Path, ...]:
    """Every text file git knows of (or, in an unpacked archive without git, every text file there is)."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=PROJECT, capture_output=True, text=True)
    if listed.returncode == 0:
        paths = [PROJECT / name for name in listed.stdout.split("\0") if name]
    else:
        paths = [path for path in PROJECT.rglob("*") if not NOT_OURS & set(path.relative_to(PROJECT).parts)]
    return tuple(path for path in paths if path.is_file() and path.suffix in TEXT_ENDINGS)


def imports_of(module: Module) -> Iterator[str]:
    """Yield the dotted name of everything ``module`` imports at run time, relative imports resolved.

    ``from a.b import c`` yields ``a.b.c`` where that is a module of ours, else ``a.b``.
    """
    names = {known.name for known in modules()}
    for node in run_time_nodes(module.tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = resolve(module, node)
            for alias in node.names:
                whole = f"{base}.{alias.name}"
                yield whole if whole in names else base


def resolve(module: Module, node: ast.ImportFrom) -> str:
    """Return the absolute name of the module after ``from``."""
    if not node.level:
        return node.module or ""
    package = module.name.split(".")
    if module.path.name != "__init__.py":
        package = package[:-1]
    package = package[: len(package) - node.level + 1]
    return ".".join([*package, *([node.module] if node.module else [])])


def run_time_nodes(tree: ast.AST) -> Iterator[ast.AST]:
    """Walk a tree, leaving out what only a type checker reads."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.dump(node.test):
            continue
        yield node
        yield from run_time_nodes(node)
