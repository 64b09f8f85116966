"""The environment, read strictly: every setting of the site is declared here once, with type, default and help.

A value that does not fit stops the start with one sentence that names the setting; nothing is guessed. Each setting may
also be given with the prefix ``POLYPHONY_``, for machines where a short name such as ``HOST`` already means something
else; the prefixed name wins. A prefixed name that is not declared here is a mistake and stops the start too.
"""

import dataclasses
import difflib
import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from campaign_site import env_types

PREFIX = "POLYPHONY_"
PROJECT_DIR = Path(__file__).resolve().parent.parent


class SettingError(Exception):
    """One sentence about one setting that cannot be used."""


def declare(default: str, help: str, read: Callable[..., Any], *limits: Any, empty: Any = "") -> Any:
    """Declare one setting: ``read(text, *limits)`` makes its value; no text at all gives ``empty``.

    ``default`` is text, exactly as somebody would type it.
    """
    return dataclasses.field(
        metadata={"default": default, "help": help, "read": read, "limits": limits, "empty": empty}
    )


@dataclasses.dataclass(frozen=True)
class Environment:
    """All settings, typed. The environment's name of a field is the field's name in capitals."""

    # Default and help, then the reader with its limits.
    # fmt: off
    port: int = declare("8000", "Port the web server listens on.", env_types.integer, 1, 65535)
    host: str = declare("127.0.0.1", "Address the web server listens on. Use 0.0.0.0 for all networks.", env_types.host)
    base_url: str = declare(
        "", "Address of the site for its users, without a path. Empty: http://localhost:PORT. Required in production.",
        env_types.url, "http", "https",
    )
    allowed_hosts: tuple[str, ...] = declare(
        "", "Extra host names of the site, separated by commas. The host of BASE_URL is always included.",
        env_types.names, empty=(),
    )
    data_dir: Path = declare(
        "./var", "Folder for the database, the original files and the published media. Back up this folder.",
        env_types.folder, PROJECT_DIR,
    )
    originals_replica_dir: Path | None = declare(
        "", "Folder on another disk for a second copy of every original file. Empty: no second copy.",
        env_types.folder, PROJECT_DIR, empty=None,
    )
    ledger_dir: Path | None = declare(
        "", "Folder where withdrawals are written down, so that a restored backup respects them; best on another disk, "
        "and never in the folder of the backups. Empty: DATA_DIR/ledger.",
        env_types.folder, PROJECT_DIR, empty=None,
    )
    database_url: str = declare(
        "", "PostgreSQL address: postgres://user:password@host:port/name. Empty: SQLite in DATA_DIR.",
        env_types.url, "postgres", "postgresql",
    )
    secret_key: str = declare(
        "", "Key that signs sessions and forms, at least 50 characters. Empty: created once and saved in DATA_DIR. "
        "Required in production.", env_types.secret,
    )
    demo: bool = declare("yes", "Add demo cities and clips to an empty archive on the first start.", env_types.boolean)
    time_zone: str = declare("Europe/Brussels", "Time zone for dates in forms and on pages.", env_types.time_zone)
    ffmpeg_bin: str = declare(
        "", "Path of ffmpeg. Empty: the one from the Python packages, then the one on PATH.", env_types.executable
    )
    ffprobe_bin: str = declare("", "Path of ffprobe. Empty: same order as FFMPEG_BIN.", env_types.executable)
    packager_bin: str = declare("", "Path of Shaka Packager. Empty: same order as FFMPEG_BIN.", env_types.executable)
    sandbox: str = declare(
        "auto", "Sandbox for ffmpeg. auto: the strongest that works. Production uses rlimits only if you set it here.",
        env_types.choice, "auto", "bwrap", "landlock", "rlimits",
    )
    max_upload_mb: int = declare(
        "8192", "Maximum size of an upload, in megabytes (2^20 bytes).", env_types.integer, 1, 1_048_576
    )
    unfinished_upload_hours: int = declare(
        "24", "Hours after which the remains of an upload that broke off are removed.", env_types.integer, 1, 8760
    )
    quota_user_mb: int = declare(
        "0", "Storage space per person, in megabytes. 0: no limit.", env_types.integer, 0, 1_073_741_824
    )
    quota_city_mb: int = declare(
        "0", "Storage space per city, in megabytes. 0: no limit.", env_types.integer, 0, 1_073_741_824
    )
    media_accel: str = declare(
        "", "Path prefix, for example /protected/, for a proxy that sends media files itself. Empty: the site sends "
        "them.", env_types.prefix,
    )
    web_workers: int = declare("1", "Number of web server processes.", env_types.integer, 1, 64)
    web_threads: int = declare(
        "16", "Threads per web process, each with a database connection. Slow clients occupy none.",
        env_types.integer, 1, 1024,
    )
    web_connections: int = declare(
        "4096", "Connections per web process, slow ones included. Beyond that, those that were silent longest are "
        "closed. Each may need 100 kB of memory and two open files.", env_types.integer, 16, 65536,
    )
    media_workers: int = declare(
        "1", "Number of processes that prepare videos, one video each. They share the CPU cores.",
        env_types.integer, 1, 64,
    )
    media_quick_workers: int = declare(
        "1", "Number of extra processes that only check new files and create previews.", env_types.integer, 0, 8
    )
    media_threads: int = declare("0", "Threads per video process. 0: share the CPU cores.", env_types.integer, 0, 64)
    video_codecs: str = declare(
        "av1", "Video codecs. av1: AV1 plus H.264. av1-10bit: the same with 10 bits. h264: H.264 only.",
        env_types.choice, "av1", "av1-10bit", "h264",
    )
    rungs_on_demand: bool = declare(
        "no", "Whether a clip gets AV1, and with it 1080 lines, only when somebody first plays it. Saves half of the "
        "work for clips that nobody watches.",
        env_types.boolean,
    )
    behind_proxy: bool = declare(
        "no", "Whether a proxy in front handles TLS and sets X-Forwarded-Proto and X-Forwarded-For. Say yes only if it "
        "does.",
        env_types.boolean,
    )
    hsts_seconds: int = declare(
        "31536000", "How many seconds browsers insist on HTTPS, in production. 0: off.",
        env_types.integer, 0, 63_072_000,
    )
    hsts_scope: str = declare(
        "host", "What that holds for. host: the host of BASE_URL. subdomains: all hosts below it, too. preload: the "
        "same, and browser makers may put it into their lists, which takes months to undo.",
        env_types.choice, "host", "subdomains", "preload",
    )
    email_url: str = declare(
        "", "Mail server address: smtp+tls://user:password@host:587. Empty: emails are printed to the log.",
        env_types.url, "smtp", "smtps", "smtp+tls",
    )
    email_from: str = declare("polyphony@localhost", "Sender of the site's emails.", env_types.email)
    log_level: str = declare(
        "INFO", "Lowest level that is logged.", env_types.choice, "DEBUG", "INFO", "WARNING", "ERROR"
    )
    debug: bool = declare("no", "Show debug error pages. Not allowed in production.", env_types.boolean)
    # fmt: on


def variable_name(field: dataclasses.Field[Any]) -> str:
    """Return the environment's name of a declared setting."""
    return field.name.upper()


def load_environment(environ: Mapping[str, str] = os.environ) -> Environment:
    """Read every setting from ``environ``; raise ``SettingError`` at the first that cannot be used."""
    fields = dataclasses.fields(Environment)
    names = [variable_name(field) for field in fields]
    # A prefixed variable that is no setting is a mistake of somebody who believes it is one.
    for variable in sorted(environ):
        name = variable.removeprefix(PREFIX)
        if variable.startswith(PREFIX) and name not in names:
            near = difflib.get_close_matches(name, names, n=1)
            hint = f" Did you mean {PREFIX}{near[0]}?" if near else ""
            raise SettingError(f"{variable} is not a setting of this site.{hint}")
    return Environment(**{field.name: _read(field, environ) for field in fields})


def _read(field: dataclasses.Field[Any], environ: Mapping[str, str]) -> Any:
    name, facts = variable_name(field), field.metadata
    text = environ.get(PREFIX + name, environ.get(name, "")).strip() or facts["default"]
    if not text:
        return facts["empty"]
    try:
        return facts["read"](text, *facts["limits"])
    except ValueError as problem:
        shown = "" if name in {"SECRET_KEY", "DATABASE_URL", "EMAIL_URL"} else f" (it is {text!r})"
        raise SettingError(f"{name} must be {problem}{shown}.") from None
