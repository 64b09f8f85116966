"""System checks name what is wrong and say what to do."""

import dataclasses
from pathlib import Path

import pytest

from media_pipeline import checks, ffmpeg_tools
from media_pipeline.ffmpeg.run.sandbox import SandboxTier

from .conftest import FILES


def ids(found):
    assert all(message.hint for message in found)
    return [message.id.partition(".")[2] for message in found]


def test_all_is_well_here():
    assert ids(checks.check_settings()) + ids(checks.check_tools()) == []


@pytest.mark.parametrize(
    ("change", "said", "text"),
    [
        ({"MEDIA_PIPELINE": {"MAX_UPLOAD_BITES": 1}}, "E001", "no setting named MAX_UPLOAD_BITES."),
        ({"MEDIA_PIPELINE": {}}, "E001", "needs WORK_DIR"),
        ({"TASKS": {}}, "E002", "no task queue named media"),
        ({"MEDIA_ROOT": "/"}, "E003", "Original files are in a public folder."),
    ],
)
def test_settings_that_lose_or_leak_something(settings, change, said, text):
    for name, value in change.items():
        setattr(settings, name, value)
    (found,) = checks.check_settings()
    assert (ids([found]), text in found.msg) == ([said], True)


def test_without_settings_the_other_checks_say_nothing(settings):
    settings.MEDIA_PIPELINE = {}
    assert ids(checks.check_tools() + checks.check_sandbox()) == []


@pytest.mark.parametrize(
    ("place", "said"),
    [
        ("copies", ["W008"]),
        ("masters", ["E005"]),
        ("masters/copies", ["E005"]),
        (".", ["E005", "E003"]),
        ("published/copies", ["E003", "W008"]),
    ],
)
def test_copies_have_a_private_disk_of_their_own(settings, media, place, said):
    copies = {"BACKEND": FILES, "OPTIONS": {"location": media / place}}
    settings.STORAGES = settings.STORAGES | {"masters_replica": copies}
    settings.MEDIA_ROOT = str(media / "served") if place != "." else str(media)
    assert sorted(set(ids(checks.check_settings()))) == sorted(said)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"ALLOW_WEAK_SANDBOX": False}, ["E004"]),
        ({"ALLOW_WEAK_SANDBOX": True}, []),
        ({"ALLOW_WEAK_SANDBOX": False, "SANDBOX": "rlimits"}, []),
    ],
)
def test_a_weak_sandbox_is_refused_unless_asked_for(settings, given, said):
    settings.MEDIA_PIPELINE = settings.MEDIA_PIPELINE | given
    assert ids(list(checks.weak_sandbox(SandboxTier.RLIMITS))) == said


@pytest.mark.parametrize("name", ["FFMPEG_BIN", "FFPROBE_BIN", "PACKAGER_BIN"])
def test_a_tool_that_does_not_run_is_named(settings, name):
    settings.MEDIA_PIPELINE = settings.MEDIA_PIPELINE | {name: "/nowhere/tool"}
    assert ids(checks.check_tools()) == ["W001"]
    assert name in checks.check_tools()[0].msg


@pytest.mark.parametrize(
    ("lacks", "said"),
    [
        ({"encoders": frozenset()}, ["W002"]),
        ({"packager": None}, ["W003"]),
        ({"filters": frozenset()}, ["W004"]),
        ({"svt_av1": "1.4.1"}, ["W005"]),
    ],
)
def test_what_a_tool_cannot_do_is_said(settings, lacks, said):
    settings.MEDIA_PIPELINE = settings.MEDIA_PIPELINE | {"CODECS": ("av1", "h264")}
    lacking = dataclasses.replace(ffmpeg_tools.binaries(), **lacks)
    assert ids(list(checks.missing_capabilities(lacking))) == said


@pytest.mark.skipif(not Path("/dev/shm").is_dir(), reason="no second disk here")
def test_two_disks_and_little_space_are_said(settings, media):
    settings.MEDIA_PIPELINE = settings.MEDIA_PIPELINE | {
        "WORK_DIR": Path("/dev/shm/polyphony-work"),
        "MIN_FREE_BYTES": 1 << 60,
    }
    assert ids(checks.check_settings()) == ["W006", "W007"]
