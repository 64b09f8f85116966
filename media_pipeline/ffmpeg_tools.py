"""The media tools as the settings ask for them: which binaries, and which door they run behind."""

from media_pipeline.conf import conf
from media_pipeline.ffmpeg.run import process, toolchain
from media_pipeline.ffmpeg.run.process import ProcessRunner
from media_pipeline.ffmpeg.run.sandbox import SandboxTier
from media_pipeline.ffmpeg.run.toolchain import Toolchain

AUTO = "auto"


def binaries() -> Toolchain:
    """The tools in use; looked for once per process. Raises MediaError(no_ffmpeg) with what to do."""
    settings = conf()
    return toolchain.find_toolchain(settings.ffmpeg_bin, settings.ffprobe_bin, settings.packager_bin)


def tier() -> SandboxTier:
    """The walls in use: the one named by the setting, else the strongest that works here."""
    chosen = conf().sandbox
    return process.strongest_tier() if chosen == AUTO else SandboxTier(chosen)


def door() -> ProcessRunner:
    """The way to run a command. Bare rlimits are refused unless they were asked for by name or allowed."""
    settings = conf()
    chosen = None if settings.sandbox == AUTO else SandboxTier(settings.sandbox)
    return ProcessRunner(chosen, sandbox_required=chosen is None and not settings.allow_weak_sandbox)
