"""The law of imports: which package may use which, by which names, and in which order its parts come."""

import ast
import graphlib
from collections import defaultdict
from collections.abc import Iterator
from functools import cache

from tests.house.sources import Module, imports_of, modules, resolve, run_time_nodes

# From the ground up. A package uses those before it, and of those only what `api` imports and the models.
PACKAGES = ["media_pipeline.ffmpeg", "media_pipeline", "home", "exchange", "demo", "campaign_site"]
# Parts of each package from the ground up: a folder, or a module. A part uses those before it.
ORDER = {
    "media_pipeline": (
        "conf ffmpeg models database_outage each ffmpeg_tools changes files limited_process limited_program captions "
        "error_texts jobs status playlists steps lifecycle audit worker health checks api management apps"
    ),
    "media_pipeline.ffmpeg": "errors json_values timestamps hls run inspect plan encode images verify",
    "home": (
        "page_slots page_contexts page_access i18n slugs file_names upload_errors upload_inspection upload_fields "
        "clip_lookup translator_rights clip_permissions changes forms panels blocks models access upload_handler links "
        "documents images context refusal unavailable sign_in media editing admin templatetags api views management "
        "urls wagtail_hooks apps"
    ),
    "exchange": "public_clip layout timecode embed_options links oembed embed share lesson report page_slots urls apps",
    "demo": "content films images handout removal load management apps",
}
UNORDERED = {"translation"}  # found by modeltranslation under this name; it only names models
MAY_NOT_IMPORT = {
    "home": {"subprocess", "multiprocessing", "pty"},
    "media_pipeline": {
        "wagtail", "modelcluster", "rest_framework",
        "django.http", "django.template", "django.views", "django.urls", "django.shortcuts", "django.forms",
    },
    "media_pipeline.ffmpeg": {"django", "wagtail", "modeltranslation", "django_tasks"},
}  # fmt: skip
MAY_START_PROCESSES = {
    "media_pipeline.ffmpeg.run.supervised_process",
    "media_pipeline.ffmpeg.run.landlock_exec",
}


def is_within(name: str, package: str) -> bool:
    return name == package or name.startswith(package + ".")


def package_of(name: str) -> str | None:
    """The package of ours that a dotted name belongs to; None for all others."""
    return next((package for package in PACKAGES if is_within(name, package)), None)


def part_of(name: str, package: str) -> str:
    """The folder or module directly below ``package``; "" for the package itself."""
    return name.removeprefix(package).removeprefix(".").partition(".")[0]


@cache
def arrows() -> tuple[tuple[str, str, str], ...]:
    """``(importing module, imported module, name)`` for everything of ours that is imported; ``*`` for a module."""
    return tuple(arrow for module in modules() for arrow in arrows_of(module) if package_of(arrow[1]))


def arrows_of(module: Module) -> Iterator[tuple[str, str, str]]:
    known = {other.name for other in modules()}
    apis = {}
    for node in run_time_nodes(module.tree):
        if isinstance(node, ast.Import):
            yield from ((module.name, alias.name, "*") for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = resolve(module, node)
            for alias in node.names:
                whole = f"{base}.{alias.name}"
                yield (module.name, whole, "*") if whole in known else (module.name, base, alias.name)
                if whole.endswith(".api") and whole in known:
                    apis[alias.asname or alias.name] = whole
    for node in run_time_nodes(module.tree):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in apis:
            yield module.name, apis[node.value.id], node.attr


@cache
def public_names(package: str) -> frozenset[str]:
    """What the package's ``api`` offers: all that it imports."""
    api = next(module for module in modules() if module.name == f"{package}.api")
    return frozenset(alias.name for node in api.tree.body if isinstance(node, ast.ImportFrom) for alias in node.names)


def is_public(name: str, package: str, imported: str) -> bool:
    """Whether another package may import ``imported`` from the module ``name``."""
    if is_within(name, f"{package}.models"):
        return (name == f"{package}.models" and imported != "*") or (name, imported) == (f"{package}.models", "*")
    return name == f"{package}.api" and (imported == "*" or imported in public_names(package))


def test_packages_use_only_those_below() -> None:
    wrong = [
        arrow
        for arrow in arrows()
        if PACKAGES.index(str(package_of(arrow[0]))) < PACKAGES.index(str(package_of(arrow[1])))
    ]
    assert wrong == []


def test_packages_are_used_through_their_api_and_models() -> None:
    wrong = []
    for source, target, name in arrows():
        package = str(package_of(target))
        if package in {package_of(source), "media_pipeline.ffmpeg"} and is_within(source, package.partition(".")[0]):
            continue
        if not is_public(target, package, name) and not is_wiring(source, target):
            wrong.append((source, target, name))
    assert wrong == []


def is_wiring(source: str, target: str) -> bool:
    """The site's addresses and an app's own name are found by Django's conventions."""
    return source == "campaign_site.urls" and target.rpartition(".")[2] in {"urls", "views"}


def test_parts_of_a_package_use_only_those_below() -> None:
    wrong = []
    for package, order in ORDER.items():
        rank = {part: number for number, part in enumerate(order.split())}
        for source, target, name in arrows():
            if package_of(source) != package or not is_within(target, package):
                continue
            first, second = part_of(source, package), part_of(target, package)
            if first in UNORDERED or not first or not second:
                continue
            if rank.get(first, -1) < rank.get(second, -1):
                wrong.append((source, target, name))
    assert wrong == []


def test_every_part_of_a_package_has_its_place() -> None:
    """The order above names each module and folder directly in a package, and nothing that is gone."""
    found = {
        package: {part_of(module.name, package) for module in modules() if is_within(module.name, package)}
        for package in ORDER
    }
    assert {package: sorted(parts - {""} - UNORDERED) for package, parts in found.items() if parts} == {
        package: sorted(order.split())
        for package, order in ORDER.items()
        if found[package]  # demo/ may be deleted
    }


def test_packages_keep_to_their_trade() -> None:
    wrong = [
        (module.name, name)
        for module in modules()
        for name in imports_of(module)
        if any(is_within(name, other) for other in MAY_NOT_IMPORT.get(str(package_of(module.name)), ()))
    ]
    assert wrong == []


def test_only_the_process_runner_starts_processes() -> None:
    starting = {
        module.name
        for module in modules()
        if is_within(module.name, "media_pipeline")
        and any(is_within(name, "subprocess") for name in imports_of(module))
    }
    assert starting <= MAY_START_PROCESSES


def cycle(graph: dict[str, set[str]]) -> list[str]:
    """The names of one cycle, empty without any."""
    try:
        graphlib.TopologicalSorter(graph).prepare()
    except graphlib.CycleError as error:
        return list(error.args[1])
    return []


def test_no_cycle_between_modules() -> None:
    graph: dict[str, set[str]] = defaultdict(set)
    for source, target, _name in arrows():
        if source != target:
            graph[source].add(target)
    assert cycle(graph) == []


def test_no_cycle_between_folders() -> None:
    """A folder and what is inside it are one thing."""
    folders = {module.name for module in modules() if module.path.name == "__init__.py"}

    def folder_of(name: str) -> str:
        return name if name in folders else name.rpartition(".")[0]

    graph: dict[str, set[str]] = defaultdict(set)
    for source, target, _name in arrows():
        first, second = folder_of(source), folder_of(target)
        if not is_within(first, second) and not is_within(second, first):
            graph[first].add(second)
    assert cycle(graph) == []
