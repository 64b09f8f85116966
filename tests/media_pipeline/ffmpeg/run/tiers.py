"""The sandbox tiers that this machine offers, and commands and processes to try them with."""

import os
from pathlib import Path

import pytest

from media_pipeline.ffmpeg.errors import MediaError
from media_pipeline.ffmpeg.run import toolchain
from media_pipeline.ffmpeg.run.command import ProcessCommand
from media_pipeline.ffmpeg.run.process import ProcessRunner, probe_tier
from media_pipeline.ffmpeg.run.sandbox import SandboxTier

PROJECT = Path(__file__).resolve().parents[4]
TIERS = [tier for tier in SandboxTier if tier is SandboxTier.RLIMITS or probe_tier(tier)]
WALLED = [tier for tier in TIERS if tier is not SandboxTier.RLIMITS]
every_tier = pytest.mark.parametrize("tier", TIERS)
every_runner = pytest.mark.parametrize("runner", [ProcessRunner(tier) for tier in TIERS], ids=TIERS)


def shell(script: str, *arguments: str, **options: object) -> ProcessCommand:
    """A command in the system's shell, with arguments as $0, $1, ..."""
    return ProcessCommand(("/bin/bash", "-c", script, *arguments), **options)  # type: ignore[arg-type]


def ffmpeg(*arguments: str, **options: object) -> ProcessCommand:
    """An ffmpeg command on a drawn source, the first argument."""
    binary = str(toolchain.find_toolchain().ffmpeg)
    argv = (binary, "-v", "error", "-nostdin", "-f", "lavfi", "-i", *arguments)
    return ProcessCommand(argv, **options)  # type: ignore[arg-type]


def failure(runner: ProcessRunner, command: ProcessCommand, **callbacks: object) -> MediaError:
    """The error that a command ends with."""
    with pytest.raises(MediaError) as error:
        runner(command, **callbacks)  # type: ignore[arg-type]
    return error.value


def processes_with(mark: str, program: str = "") -> list[int]:
    """Ids of living processes with the mark in their arguments, and `program` as their own first one."""
    found = []
    for folder in Path("/proc").iterdir():
        try:
            line = (folder / "cmdline").read_bytes() if folder.name.isdigit() else b""
        except OSError:
            continue  # gone meanwhile
        if mark.encode() in line and Path(os.fsdecode(line.split(b"\0")[0])).name.startswith(program):
            found.append(int(folder.name))
    return found
