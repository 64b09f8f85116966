"""One migrated database, made once for many runs, and copies of it: one for each process, another after each commit.

Migrating takes a quarter of a minute, copying takes milliseconds.
"""

import fcntl
import hashlib
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection

PROJECT = Path(__file__).resolve().parent.parent
FOLDER = PROJECT / ".pytest_cache" / "databases"
# All that decides what a database holds after its migrations.
SOURCES = (
    *("*/migrations/*.py", "*/models/**/*.py", "*/access/**/*.py", "*/apps.py", "*/translation.py"),
    *("campaign_site/settings/*.py", "requirements.txt"),
)


class SqliteFiles:
    """Databases that are files, named by their paths."""

    def template(self, key: str) -> str:
        return str(FOLDER / f"{key}.sqlite3")

    def exists(self, name: str) -> bool:
        return Path(name).exists()

    def create(self, name: str) -> None:
        self.remove(name)
        known = sorted(FOLDER.glob("*.sqlite3"), key=lambda path: path.stat().st_mtime)
        for old in known[:-2]:  # a run of an older state may still be under way
            old.unlink()

    def rename(self, name: str, new: str) -> None:
        Path(name).replace(new)

    def copy(self, name: str, new: str) -> None:
        shutil.copyfile(name, new)

    def remove(self, name: str) -> None:
        for ending in ("", "-wal", "-shm"):
            Path(name + ending).unlink(missing_ok=True)


class PostgresDatabases:
    """Databases of one server."""

    def template(self, key: str) -> str:
        return f"test_template_{key}"

    def exists(self, name: str) -> bool:
        with connection._nodb_cursor() as cursor:
            cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
            return cursor.fetchone() is not None

    def create(self, name: str) -> None:
        self.remove(name)
        self._execute(f'CREATE DATABASE "{name}"')

    def rename(self, name: str, new: str) -> None:
        self._execute(f'ALTER DATABASE "{name}" RENAME TO "{new}"')

    def copy(self, name: str, new: str) -> None:
        self._execute(f'CREATE DATABASE "{new}" TEMPLATE "{name}"')

    def remove(self, name: str) -> None:
        self._execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')

    def _execute(self, statement: str) -> None:
        with connection._nodb_cursor() as cursor:
            cursor.execute(statement)


class DatabaseCopy:
    """The database of this process: what the migrations wrote, until a test commits something."""

    def __init__(self) -> None:
        self.databases = SqliteFiles() if connection.vendor == "sqlite" else PostgresDatabases()
        self.template = self.databases.template(fingerprint())
        self.original_name = str(connection.settings_dict["NAME"])
        self.first_name = str(connection.creation._get_test_db_name())  # one of this process, by pytest-django
        self.name = self.first_name
        self.count = 0
        self.is_changed = True
        with only_one_process():
            if not self.databases.exists(self.template):
                self._migrate(f"{self.template}_part")
        self.renew()

    def _migrate(self, name: str) -> None:
        self.databases.create(name)
        self._connect(name)
        call_command("migrate", verbosity=0)
        self._connect(self.original_name)
        self.databases.rename(name, self.template)

    def renew(self) -> None:
        """Take a new copy if a test has committed, and forget what is remembered of the old one.

        Each copy has a name of its own: a thread that served the last request of a test may close its connection after
        that, and SQLite then removes the files beside the database by their names.
        """
        if not self.is_changed:
            return
        self.remove()
        self.count += 1
        self.name = f"{self.first_name}_{self.count}"
        self.databases.copy(self.template, self.name)
        self._connect(self.name)
        ContentType.objects.clear_cache()
        cache.clear()
        self.is_changed = False

    def remove(self) -> None:
        self._connect(self.original_name)
        self.databases.remove(self.name)

    def _connect(self, name: str) -> None:
        connection.close()
        connection.settings_dict["NAME"] = name


def fingerprint() -> str:
    """Return a hash of all that decides what the template holds."""
    digest = hashlib.sha256()
    for path in sorted({path for pattern in SOURCES for path in PROJECT.glob(pattern)}):
        digest.update(str(path.relative_to(PROJECT)).encode() + path.read_bytes())
    return digest.hexdigest()[:16]


@contextmanager
def only_one_process() -> Iterator[None]:
    """Hold the others off while one migrates."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with (FOLDER / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
