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
    host: str = declare("127.0.0.1", env_types.host, "Address the web server listens on; 0.0.0.0 for every network.")
    base_url: str = declare(
        "",
        env_types.url("http", "https"),
        "Address people use, without a path; empty means http://localhost:PORT. Required in production.",
    )
    allowed_hosts: tuple[str, ...] = declare(
        "",
        env_types.names,
        "Further host names the site answers to, separated by commas; the one of BASE_URL is always among them.",
    )
    data_dir: Path = declare(
        "./var",
        env_types.folder(PROJECT_DIR),
        "Folder of the database, the masters and the published media; back this one up.",
    )
    masters_copy_dir: str = declare(
        "",
        env_types.folder_or_none(PROJECT_DIR),
        "Folder on another disk for a second copy of every film that is brought; empty: none is kept.",
    )
    database_url: str = declare(
        "",
        env_types.url("postgres", "postgresql"),
        "PostgreSQL, as postgres://user:password@host:port/name; empty means SQLite in DATA_DIR.",
    )
    secret_key: str = declare(
        "",
        env_types.secret,
        "Signs sessions and forms, 50 characters or more; empty: made once, kept in DATA_DIR. Required in production.",
    )
    demo: bool = declare(
        "yes", env_types.boolean, "Fill an empty archive with demo cities and clips on the first start."
    )
    time_zone: str = declare("Europe/Brussels", env_types.time_zone, "Time zone of dates people type and read.")
    ffmpeg_bin: str = declare(
        "", env_types.executable, "The ffmpeg to use; empty means the one of the Python packages, then the one on PATH."
    )
    ffprobe_bin: str = declare("", env_types.executable, "The ffprobe to use; same order.")
    packager_bin: str = declare("", env_types.executable, "The Shaka Packager to use; same order.")
    sandbox: str = declare(
        "auto",
        env_types.choice("auto", "bwrap", "landlock", "rlimits"),
        "How ffmpeg is locked in; auto is the strongest that works. Production takes rlimits only if asked by name.",
    )
    max_upload_mb: int = declare(
        "8192", env_types.integer(1, 1_048_576), "Largest file somebody may bring, in megabytes (2^20 bytes)."
    )
    quota_user_mb: int = declare(
        "0", env_types.integer(0, 1_073_741_824), "What one person may bring in all, in megabytes; 0 for no limit."
    )
    quota_city_mb: int = declare(
        "0",
        env_types.integer(0, 1_073_741_824),
        "What the films of one city may weigh in all, in megabytes; 0: no limit.",
    )
    media_accel: str = declare(
        "",
        env_types.prefix,
        "Prefix such as /protected/ by which the proxy in front sends media files itself; empty: the site sends them.",
    )
    web_workers: int = declare("1", env_types.integer(1, 64), "Processes of the web server.")
    web_threads: int = declare(
        "64",
        env_types.integer(1, 1024),
        "Threads of each web process, each with a database connection; whoever loads a film slowly keeps one busy.",
    )
    media_workers: int = declare(
        "1",
        env_types.integer(1, 64),
        "Processes that transcode, a film each; the machine's cores are shared among them.",
    )
    media_quick_workers: int = declare(
        "1", env_types.integer(0, 8), "Processes beside them that only check new films and make their first version."
    )
    media_threads: int = declare(
        "0", env_types.integer(0, 64), "Threads of one transcoding process; 0 shares the machine's cores."
    )
    video_codecs: str = declare(
        "av1",
        env_types.choice("av1", "av1-10bit", "h264"),
        "Codecs of the ladder: AV1 on top of an H.264 floor, the same with ten bits, or H.264 alone.",
    )
    behind_proxy: bool = declare(
        "no", env_types.boolean, "A proxy in front ends TLS and sets X-Forwarded-Proto; say yes only then."
    )
    hsts_seconds: int = declare(
        "31536000",
        env_types.integer(0, 63_072_000),
        "How long browsers insist on HTTPS, in production; 0 switches it off.",
    )
    email_url: str = declare(
        "",
        env_types.url("smtp", "smtps", "smtp+tls"),
        "Mail server, as smtp+tls://user:password@host:587; empty prints mails into the log.",
    )
    email_from: str = declare("polyphony@localhost", env_types.email, "Sender of the site's mails.")
    log_level: str = declare(
        "INFO", env_types.choice("DEBUG", "INFO", "WARNING", "ERROR"), "Least important line that is logged."
    )
    debug: bool = declare("no", env_types.boolean, "Show programmers' error pages. Refused in production.")


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
