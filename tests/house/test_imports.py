"""Imports point one way: exchange -> home -> media_pipeline -> media_pipeline.ffmpeg."""

import graphlib

from tests.house.sources import imports_of, modules

# What each room may import of the others. campaign_site wires and is imported by nobody.
MAY_IMPORT = {
    "campaign_site": {"home", "media_pipeline", "exchange"},
    "demo": {"home", "media_pipeline", "media_pipeline.ffmpeg.errors", "media_pipeline.ffmpeg.run.command"},
    "exchange": {"home", "media_pipeline"},
    # The codes are every room's vocabulary; the demo's films are encoded through the same door as everything.
    "home": {"media_pipeline", "media_pipeline.ffmpeg.errors", "media_pipeline.ffmpeg.run.command"},
    "media_pipeline": {"media_pipeline.ffmpeg"},
    "media_pipeline.ffmpeg": set(),
}
MAY_NOT_TOUCH = {
    "home": {"subprocess", "multiprocessing", "pty"},
    "media_pipeline": {
        "wagtail", "modelcluster", "rest_framework",
        "django.http", "django.template", "django.views", "django.urls", "django.shortcuts", "django.forms",
    },
    "media_pipeline.ffmpeg": {"django", "wagtail", "modeltranslation", "django_tasks"},
}  # fmt: skip
# The one door to processes and what stands around it.
MAY_START_PROCESSES = {
    "media_pipeline.ffmpeg.run.process",
    "media_pipeline.ffmpeg.run.supervised_process",
    "media_pipeline.ffmpeg.run.sandbox",
    "media_pipeline.ffmpeg.run.landlock_exec",
}


def room_of(name: str) -> str | None:
    """Return the room a dotted name belongs to, None for everybody else's."""
    return next((room for room in sorted(MAY_IMPORT, key=len, reverse=True) if within(name, room)), None)


def within(name: str, package: str) -> bool:
    return name == package or name.startswith(package + ".")


def test_arrows_point_one_way() -> None:
    wrong = {
        f"{module.name} imports {name}"
        for module in modules()
        for name in imports_of(module)
        if (other := room_of(name)) not in {None, room_of(module.name)}
        and not {other, name} & MAY_IMPORT[str(room_of(module.name))]
    }
    assert wrong == set()


def test_rooms_keep_to_their_trade() -> None:
    wrong = {
        f"{module.name} imports {name}"
        for module in modules()
        for name in imports_of(module)
        if any(within(name, other) for other in MAY_NOT_TOUCH.get(str(room_of(module.name)), ()))
    }
    assert wrong == set()


def test_one_door_to_processes() -> None:
    openers = {
        module.name
        for module in modules()
        if within(module.name, "media_pipeline") and any(within(name, "subprocess") for name in imports_of(module))
    }
    assert openers <= MAY_START_PROCESSES


def test_no_import_cycle() -> None:
    names = {module.name for module in modules()}
    graph = {
        module.name: {name for name in imports_of(module) if name in names - {module.name}} for module in modules()
    }
    graphlib.TopologicalSorter(graph).prepare()
