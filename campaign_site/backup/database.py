"""The database as one file: a copy of SQLite's own, or what ``pg_dump`` writes of PostgreSQL."""

import os
import shutil
import sqlite3
import subprocess
import tempfile
import time
from collections.abc import Mapping
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection

from campaign_site.backup.errors import BackupError

FILE_NAMES = {"sqlite": "database.sqlite3", "postgresql": "database.dump"}


def save_database(folder: Path) -> Path:
    """Write the database as it is in this moment into ``folder``; others go on writing. Return the file.

    Raises BackupError where PostgreSQL's programs are missing or fail.
    """
    file = folder / FILE_NAMES[connection.vendor]
    draft = file.with_name(f"{file.name}.part")
    draft.unlink(missing_ok=True)
    if connection.vendor == "sqlite":
        with (
            closing(sqlite3.connect(connection.settings_dict["NAME"])) as here,
            closing(sqlite3.connect(draft)) as copy,
        ):
            here.backup(copy)
            copy.execute("PRAGMA journal_mode=DELETE")
    else:
        run_postgres("pg_dump", "--format=custom", "--no-owner", "--no-privileges", f"--file={draft}")
    draft.chmod(0o600)  # it holds the hashes of passwords
    draft.replace(file)
    return file


def load_database(file: Path) -> None:
    """Put ``file`` in the place of the database; nobody else may use it meanwhile.

    SQLite's old file stays beside the new one under another name, whatever it is: a damaged one is why many a backup is
    restored. Raises BackupError.
    """
    connection.close()
    if connection.vendor == "postgresql":
        # pg_restore would need an empty schema first. In one transaction with that, a dump that turns out to be damaged
        # leaves what was there.
        with tempfile.TemporaryDirectory(dir=settings.DATA_DIR, prefix="restore-") as folder:
            script = f"{folder}/database.sql"
            run_postgres("pg_restore", "--no-owner", "--no-privileges", f"--file={script}", str(file))
            empty = ("--command=DROP SCHEMA public CASCADE", "--command=CREATE SCHEMA public")
            at_once = ("--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1", "--single-transaction")
            run_postgres("psql", *at_once, *empty, f"--file={script}")
        return
    target = Path(connection.settings_dict["NAME"])
    target.parent.mkdir(parents=True, exist_ok=True)
    draft = target.with_name(f"{target.name}.restoring")
    shutil.copyfile(file, draft)
    if target.exists():
        with suppress(sqlite3.Error), closing(sqlite3.connect(target)) as before:
            before.execute("PRAGMA wal_checkpoint(TRUNCATE)")  # what its log holds belongs into it
        before_name = f"{target.name}.before-{time.strftime('%Y%m%d-%H%M%S')}"
        for rest in ("", "-wal", "-shm"):
            with suppress(FileNotFoundError):
                target.with_name(target.name + rest).rename(target.with_name(before_name + rest))
    draft.replace(target)


def check_database(file: Path) -> None:
    """Raise BackupError unless ``file`` can take the place of the database of this site."""
    if file.name != FILE_NAMES[connection.vendor]:
        raise BackupError(f"{file.name} doesn't fit the database of this site ({connection.vendor}). See DATABASE_URL.")
    if connection.vendor == "postgresql":
        run_postgres("pg_restore", "--list", str(file))
        return
    try:
        with closing(sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro&immutable=1", uri=True)) as copy:
            answers = copy.execute("PRAGMA quick_check").fetchall()
            copy.execute("SELECT 1 FROM django_migrations")
    except sqlite3.Error as problem:
        raise BackupError(f"{file} is not a database of this site: {problem}.") from problem
    if answers != [("ok",)]:
        raise BackupError(f"{file} is a damaged database: {answers[0][0]}")


def has_no_tables() -> bool:
    """Whether the database has no tables yet."""
    return not connection.introspection.table_names()


def run_postgres(program: str, *arguments: str) -> None:
    """Run one of PostgreSQL's programs on the site's database. Raises BackupError with what it said."""
    if shutil.which(program) is None:
        raise BackupError(f"{program} is missing. Install PostgreSQL's client programs (Debian: postgresql-client).")
    done = subprocess.run(
        [program, *arguments], env={**os.environ, **_libpq(connection.settings_dict)}, capture_output=True, check=False
    )
    if done.returncode:
        raise BackupError(f"{program} failed: {done.stderr.decode(errors='replace').strip()[-1000:]}")


def _libpq(database: Mapping[str, Any]) -> dict[str, str]:
    """How libpq's programs find the database; the password is not among the arguments that other users can read."""
    names = {"HOST": "PGHOST", "PORT": "PGPORT", "USER": "PGUSER", "PASSWORD": "PGPASSWORD", "NAME": "PGDATABASE"}
    options = {
        f"PG{name.upper()}": str(value) for name, value in database.get("OPTIONS", {}).items() if name[:3] == "ssl"
    }
    return {variable: str(database[name]) for name, variable in names.items() if database.get(name)} | options
