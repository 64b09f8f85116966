"""The media tools as the settings ask for them: which binaries, and which sandbox they run in."""

from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from media_pipeline.conf import conf
from media_pipeline.ffmpeg.run import process, toolchain
from media_pipeline.ffmpeg.run.command import ProcessCommand, ProcessLimits
from media_pipeline.ffmpeg.run.process import ProcessRunner
from media_pipeline.ffmpeg.run.sandbox import SandboxTier
from media_pipeline.ffmpeg.run.toolchain import Toolchain

AUTO_SANDBOX = "auto"


class FfmpegRunner(Protocol):
    """Anything that runs ffmpeg as ``run_ffmpeg`` does: that function, or a test's double."""

    def __call__(
        self, arguments: tuple[str, ...], folder: Path, limits: ProcessLimits, *, should_stop: Callable[[], bool]
    ) -> None: ...


def binaries() -> Toolchain:
    """The tools in use; looked for once per process. Raises MediaError(no_ffmpeg) with what to do."""
    settings = conf()
    return toolchain.find_toolchain(settings.ffmpeg_bin, settings.ffprobe_bin, settings.packager_bin)


def sandbox_tier() -> SandboxTier:
    """The sandbox in use: the one named by the setting, else the strongest that works here."""
    chosen = conf().sandbox
    return process.strongest_tier() if chosen == AUTO_SANDBOX else SandboxTier(chosen)


def process_runner() -> ProcessRunner:
    """The way to run a command. Bare rlimits are refused unless they were asked for by name or allowed."""
    chosen = None if conf().sandbox == AUTO_SANDBOX else SandboxTier(conf().sandbox)
    return ProcessRunner(chosen, sandbox_required=chosen is None and not conf().allow_weak_sandbox)


def run_ffmpeg(
    arguments: tuple[str, ...], folder: Path, limits: ProcessLimits, *, should_stop: Callable[[], bool] = lambda: False
) -> None:
    """Run ffmpeg in the sandbox, where it reads and writes only inside ``folder``, which is its working directory.

    Raises MediaError, with ``cancelled`` once ``should_stop`` says so.
    """
    command = ProcessCommand((str(binaries().ffmpeg), *arguments), (), folder, limits)
    process_runner()(command, should_stop=should_stop)
