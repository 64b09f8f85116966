"""A public name means one thing in the whole project."""

import ast
from collections import defaultdict
from collections.abc import Iterator

from tests.house.sources import Module, modules

# Names that a framework asks for, and one verb per family of modules that are alike.
SHARED_NAMES = {"Command", "arrange", "logger", "main", "register", "run", "urlpatterns"}


def public_names(module: Module) -> Iterator[str]:
    """What a module defines at its top level for others."""
    for node in module.tree.body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield node.name
        elif isinstance(node, ast.Assign):
            yield from (target.id for target in node.targets if isinstance(target, ast.Name))
        elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            yield node.target.id


def test_public_names_are_unique() -> None:
    """Django's settings apart, each of which may be in several modules of settings."""
    places = defaultdict(list)
    for module in modules():
        if not module.name.startswith("campaign_site.settings."):
            for name in set(public_names(module)):
                places[name].append(module.name)
    shared = {name: found for name, found in places.items() if len(found) > 1 and not name.startswith("_")}
    assert {name: found for name, found in shared.items() if name not in SHARED_NAMES} == {}
