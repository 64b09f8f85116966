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

from campaign_site import readers

PREFIX = "POLYPHONY_"
PROJECT_DIR = Path(__file__).resolve().parent.parent


class EnvironmentProblem(Exception):
    """One sentence about one setting that cannot be used."""


def _setting(default: str, read: Callable[[str], Any], help: str) -> Any:
    """Declare one setting; ``default`` is text, exactly as somebody would type it."""
    return dataclasses.field(metadata={"default": default, "read": read, "help": help})


@dataclasses.dataclass(frozen=True)
class Environment:
    """All settings, typed. The environment's name of a field is the field's name in capitals."""

    port: int = _setting("8000", readers.integer(1, 65535), "Port the web server listens on.")
    host: str = _setting("127.0.0.1", readers.host, "Address the web server listens on; 0.0.0.0 for every network.")
    base_url: str = _setting("", readers.url("http", "https"), "Address people use, without a path; empty means http://localhost:PORT. Required in production.")
    allowed_hosts: tuple[str, ...] = _setting("", readers.names, "Further host names the site answers to, separated by commas; the one of BASE_URL is always among them.")
    data_dir: Path = _setting("./var", readers.folder(PROJECT_DIR), "Folder of the database, the masters and the published media; back this one up.")
    database_url: str = _setting("", readers.url("postgres", "postgresql"), "PostgreSQL, as postgres://user:password@host:port/name; empty means SQLite in DATA_DIR.")
    secret_key: str = _setting("", readers.secret, "Signs sessions and forms, 50 characters or more. Required in production; elsewhere made once and kept in DATA_DIR.")
    demo: bool = _setting("yes", readers.boolean, "Fill an empty archive with demo cities and clips on the first start.")
    time_zone: str = _setting("Europe/Brussels", readers.time_zone, "Time zone of dates people type and read.")
    ffmpeg_bin: str = _setting("", readers.programme, "The ffmpeg to use; empty means the one of the Python packages, then the one on PATH.")
    ffprobe_bin: str = _setting("", readers.programme, "The ffprobe to use; same order.")
    packager_bin: str = _setting("", readers.programme, "The Shaka Packager to use; same order.")
    sandbox: str = _setting("auto", readers.choice("auto", "bwrap", "landlock", "rlimits"), "How ffmpeg is locked in; auto takes the strongest that works. Production refuses rlimits unless it is asked for by name.")
    max_upload_mb: int = _setting("8192", readers.integer(1, 1_048_576), "Largest file somebody may bring, in megabytes (2^20 bytes).")
    web_workers: int = _setting("1", readers.integer(1, 64), "Processes of the web server.")
    web_threads: int = _setting("4", readers.integer(1, 64), "Threads of each web process.")
    media_workers: int = _setting("1", readers.integer(1, 16), "Processes that transcode; each may use all cores.")
    behind_proxy: bool = _setting("no", readers.boolean, "A proxy in front ends TLS and sets X-Forwarded-Proto; say yes only then.")
    hsts_seconds: int = _setting("31536000", readers.integer(0, 63_072_000), "How long browsers insist on HTTPS, in production; 0 switches it off.")
    email_url: str = _setting("", readers.url("smtp", "smtps", "smtp+tls"), "Mail server, as smtp+tls://user:password@host:587; empty prints mails into the log.")
    email_from: str = _setting("polyphony@localhost", readers.email, "Sender of the site's mails.")
    log_level: str = _setting("INFO", readers.choice("DEBUG", "INFO", "WARNING", "ERROR"), "Least important line that is logged.")
    debug: bool = _setting("no", readers.boolean, "Show programmers' error pages. Refused in production.")


def name_of(field: dataclasses.Field[Any]) -> str:
    """Return the environment's name of a declared setting."""
    return field.name.upper()


def load(environ: Mapping[str, str] = os.environ) -> Environment:
    """Read every setting from ``environ``; raise ``EnvironmentProblem`` at the first that cannot be used."""
    fields = dataclasses.fields(Environment)
    refuse_unknown(environ, [name_of(field) for field in fields])
    return Environment(**{field.name: _read(field, environ) for field in fields})


def refuse_unknown(environ: Mapping[str, str], names: list[str]) -> None:
    """Raise ``EnvironmentProblem`` for a prefixed variable that is no setting."""
    for variable in sorted(environ):
        name = variable.removeprefix(PREFIX)
        if variable.startswith(PREFIX) and name not in names:
            near = difflib.get_close_matches(name, names, n=1)
            hint = f" Did you mean {PREFIX}{near[0]}?" if near else ""
            raise EnvironmentProblem(f"{variable} is not a setting of this site.{hint}")


def _read(field: dataclasses.Field[Any], environ: Mapping[str, str]) -> Any:
    name, facts = name_of(field), field.metadata
    text = environ.get(PREFIX + name, environ.get(name, "")).strip() or facts["default"]
    try:
        return facts["read"](text)
    except ValueError as problem:
        shown = "" if name in {"SECRET_KEY", "DATABASE_URL", "EMAIL_URL"} else f" (it is {text!r})"
        raise EnvironmentProblem(f"{name} must be {problem}{shown}.") from None
