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


def declare(default: str, read: Callable[[str], Any], help: str) -> Any:
    """Declare one setting; ``default`` is text, exactly as somebody would type it."""
    return dataclasses.field(metadata={"default": default, "read": read, "help": help})


@dataclasses.dataclass(frozen=True)
class Environment:
    """All settings, typed. The environment's name of a field is the field's name in capitals."""

    port: int = declare("8000", env_types.integer(1, 65535), "Port the web server listens on.")
    host: str = declare("127.0.0.1", env_types.host, "Address the web server listens on. Use 0.0.0.0 for all networks.")
    base_url: str = declare(
        "",
        env_types.url("http", "https"),
        "Address of the site for its users, without a path. Empty: http://localhost:PORT. Required in production.",
    )
    allowed_hosts: tuple[str, ...] = declare(
        "",
        env_types.names,
        "Extra host names of the site, separated by commas. The host of BASE_URL is always included.",
    )
    data_dir: Path = declare(
        "./var",
        env_types.folder(PROJECT_DIR),
        "Folder for the database, the original files and the published media. Back up this folder.",
    )
    originals_replica_dir: str = declare(
        "",
        env_types.folder_or_none(PROJECT_DIR),
        "Folder on another disk for a second copy of every original file. Empty: no second copy.",
    )
    database_url: str = declare(
        "",
        env_types.url("postgres", "postgresql"),
        "PostgreSQL address: postgres://user:password@host:port/name. Empty: SQLite in DATA_DIR.",
    )
    secret_key: str = declare(
        "",
        env_types.secret,
        "Key that signs sessions and forms, at least 50 characters. Empty: created once and saved in "
        "DATA_DIR. Required in production.",
    )
    demo: bool = declare("yes", env_types.boolean, "Add demo cities and clips to an empty archive on the first start.")
    time_zone: str = declare("Europe/Brussels", env_types.time_zone, "Time zone for dates in forms and on pages.")
    ffmpeg_bin: str = declare(
        "", env_types.executable, "Path of ffmpeg. Empty: the one from the Python packages, then the one on PATH."
    )
    ffprobe_bin: str = declare("", env_types.executable, "Path of ffprobe. Empty: same order as FFMPEG_BIN.")
    packager_bin: str = declare("", env_types.executable, "Path of Shaka Packager. Empty: same order as FFMPEG_BIN.")
    sandbox: str = declare(
        "auto",
        env_types.choice("auto", "bwrap", "landlock", "rlimits"),
        "Sandbox for ffmpeg. auto: the strongest that works. Production uses rlimits only if you set it here.",
    )
    max_upload_mb: int = declare(
        "8192", env_types.integer(1, 1_048_576), "Maximum size of an upload, in megabytes (2^20 bytes)."
    )
    quota_user_mb: int = declare(
        "0", env_types.integer(0, 1_073_741_824), "Storage space per person, in megabytes. 0: no limit."
    )
    quota_city_mb: int = declare(
        "0",
        env_types.integer(0, 1_073_741_824),
        "Storage space per city, in megabytes. 0: no limit.",
    )
    media_accel: str = declare(
        "",
        env_types.prefix,
        "Path prefix, for example /protected/, for a proxy that sends media files itself. Empty: the site sends them.",
    )
    web_workers: int = declare("1", env_types.integer(1, 64), "Number of web server processes.")
    web_threads: int = declare(
        "64",
        env_types.integer(1, 1024),
        "Threads per web process, each with a database connection. Slow downloads occupy a thread.",
    )
    media_workers: int = declare(
        "1",
        env_types.integer(1, 64),
        "Number of processes that prepare videos, one video each. They share the CPU cores.",
    )
    media_quick_workers: int = declare(
        "1", env_types.integer(0, 8), "Number of extra processes that only check new files and create previews."
    )
    media_threads: int = declare("0", env_types.integer(0, 64), "Threads per video process. 0: share the CPU cores.")
    video_codecs: str = declare(
        "av1",
        env_types.choice("av1", "av1-10bit", "h264"),
        "Video codecs. av1: AV1 plus H.264. av1-10bit: the same with 10 bits. h264: H.264 only.",
    )
    behind_proxy: bool = declare(
        "no",
        env_types.boolean,
        "Whether a proxy in front handles TLS and sets X-Forwarded-Proto. Say yes only if it does.",
    )
    hsts_seconds: int = declare(
        "31536000",
        env_types.integer(0, 63_072_000),
        "How many seconds browsers insist on HTTPS, in production. 0: off.",
    )
    email_url: str = declare(
        "",
        env_types.url("smtp", "smtps", "smtp+tls"),
        "Mail server address: smtp+tls://user:password@host:587. Empty: emails are printed to the log.",
    )
    email_from: str = declare("polyphony@localhost", env_types.email, "Sender of the site's emails.")
    log_level: str = declare(
        "INFO", env_types.choice("DEBUG", "INFO", "WARNING", "ERROR"), "Lowest level that is logged."
    )
    debug: bool = declare("no", env_types.boolean, "Show debug error pages. Not allowed in production.")


def variable_name(field: dataclasses.Field[Any]) -> str:
    """Return the environment's name of a declared setting."""
    return field.name.upper()


def load_environment(environ: Mapping[str, str] = os.environ) -> Environment:
    """Read every setting from ``environ``; raise ``SettingError`` at the first that cannot be used."""
    fields = dataclasses.fields(Environment)
    refuse_unknown(environ, [variable_name(field) for field in fields])
    return Environment(**{field.name: _read(field, environ) for field in fields})


def refuse_unknown(environ: Mapping[str, str], names: list[str]) -> None:
    """Raise ``SettingError`` for a prefixed variable that is no setting."""
    for variable in sorted(environ):
        name = variable.removeprefix(PREFIX)
        if variable.startswith(PREFIX) and name not in names:
            near = difflib.get_close_matches(name, names, n=1)
            hint = f" Did you mean {PREFIX}{near[0]}?" if near else ""
            raise SettingError(f"{variable} is not a setting of this site.{hint}")


def _read(field: dataclasses.Field[Any], environ: Mapping[str, str]) -> Any:
    name, facts = variable_name(field), field.metadata
    text = environ.get(PREFIX + name, environ.get(name, "")).strip() or facts["default"]
    try:
        return facts["read"](text)
    except ValueError as problem:
        shown = "" if name in {"SECRET_KEY", "DATABASE_URL", "EMAIL_URL"} else f" (it is {text!r})"
        raise SettingError(f"{name} must be {problem}{shown}.") from None
