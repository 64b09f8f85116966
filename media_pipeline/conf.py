"""The pipeline's settings, read from ``settings.MEDIA_PIPELINE`` into one frozen value.

A key that is not a field here is a mistake and stops the start: a limit that nobody reads protects nobody.
"""

import dataclasses
from collections.abc import Mapping
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured


@dataclasses.dataclass(frozen=True)
class Conf:
    """Every setting of the pipeline. Names are the keys of ``MEDIA_PIPELINE`` in lower case; seconds and bytes."""

    work_dir: Path
    """Where steps build their output; on the disk of the published storage, so that publishing is one rename."""

    ledger_file: Path | None = None
    """Where withdrawals are written down outside the database, for restored backups; None: nowhere."""

    ffmpeg_bin: str | None = None
    ffprobe_bin: str | None = None
    packager_bin: str | None = None
    sandbox: str = "auto"
    """How processes are locked in: auto, bwrap, landlock or rlimits."""
    allow_weak_sandbox: bool = False
    """Whether ``auto`` may end at rlimits alone."""

    max_upload_bytes: int = 8 << 30
    min_free_bytes: int = 512 << 20
    """Space that must stay free on every disk the pipeline writes to; work stops before it is reached."""
    quota_user_bytes: int = 0
    """What one person may upload in all, in bytes of original files; 0 for no limit."""
    quota_city_bytes: int = 0
    """What the clips of one city may have in all, counted alike; 0 for no limit."""

    workers: int = 1
    """Processes of one ``runworker``."""
    threads: int = 0
    """Threads of one encode; 0 shares the machine's cores among the workers."""
    quick_workers: int = 1
    """Processes beside them that only do what takes seconds: checking new files, and their preview."""
    codecs: tuple[str, ...] = ("av1", "h264")
    """Codecs of the ladder, best first; h264 is always the floor."""
    copy_web_fit: bool = True
    """Whether a video that may be served as it is keeps its own stream as the top rung."""
    rungs_on_demand: bool = False
    """Whether a clip gets H.264 alone, up to 720 lines, until somebody plays it."""
    preview: bool = True
    """Whether people get a preview of what they uploaded long before the whole ladder is done."""
    av1_ten_bit: bool = False
    """Whether AV1 rungs have ten bits: finer gradients, a tenth more work."""

    legacy_encodings: Mapping[str, str] = dataclasses.field(default_factory=dict)
    """Code page of caption files that are not Unicode, by language; cp1252 for a language that is not named."""

    alphabets: Mapping[str, str] = dataclasses.field(default_factory=dict)
    """Letters beyond a to z, in lower case, by language: how the encoding of such a caption file is judged."""

    lease_s: float = 60.0
    """A job without a sign of life for so long may be taken over."""
    heartbeat_s: float = 5.0
    reap_s: float = 60.0
    """How often lost jobs are looked for and periodic tasks are run."""
    poll_s: float = 0.25
    """How often an idle worker looks for work."""
    max_attempts: int = 3
    retry_base_s: float = 5.0
    """Wait before the second attempt; doubles with each further one, up to ``retry_max_s``."""
    retry_max_s: float = 600.0

    package_grace_s: float = 6 * 3600.0
    """How long a replaced package stays readable for players that still hold it."""
    incoming_grace_s: float = 24 * 3600.0
    """How long the remains of a broken upload are kept after their last byte."""


def conf() -> Conf:
    """Read the settings now, so that tests may override them. Raises ImproperlyConfigured on an unknown key."""
    given = {key.lower(): value for key, value in settings.MEDIA_PIPELINE.items()}
    unknown = sorted(set(given) - {field.name for field in dataclasses.fields(Conf)})
    if unknown:
        raise ImproperlyConfigured(f"MEDIA_PIPELINE has no setting named {', '.join(unknown).upper()}.")
    if "work_dir" not in given:
        raise ImproperlyConfigured("MEDIA_PIPELINE needs WORK_DIR, a folder on the disk of the published storage.")
    return Conf(**given | {"work_dir": Path(given["work_dir"])})
