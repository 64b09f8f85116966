"""What a fixture builds is built once; later tests get the same rows and files back, in milliseconds.

Publishing a page takes a tenth of a second, and hundreds of tests begin with the same few pages.
"""

import dataclasses
import functools
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

from django.conf import settings
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.db import IntegrityError, connection, models, transaction

P = ParamSpec("P")
T = TypeVar("T")
Tables = dict[str, set[tuple[Any, ...]]]
Files = dict[tuple[str, str], bytes]
STORAGES = ("masters", "published", "default")


def recorded(build: Callable[P, T]) -> Callable[P, T]:
    """Decorate a fixture that writes rows and files, and returns models or dataclasses, tuples and dicts of them.

    Where it finds another state than before (another fixture came first), it is built and recorded once more.
    """
    recordings: dict[str, list[Recording]] = defaultdict(list)

    @functools.wraps(build)
    def fixture(*args: P.args, **kwargs: P.kwargs) -> T:
        known = recordings[settings.TASKS["default"]["BACKEND"]]  # with or without indexing
        for recording in known:
            if recording.play():
                return reloaded(recording.result)
        before = read_tables(), read_files()
        result = build(*args, **kwargs)
        known.append(Recording(before, (read_tables(), read_files()), result))
        return result

    return fixture


class Recording:
    """The rows and files that came and went while ``result`` was built."""

    def __init__(self, before: tuple[Tables, Files], after: tuple[Tables, Files], result: Any) -> None:
        (tables_before, files_before), (tables, files) = before, after
        self.gone = {table: rows - tables[table] for table, rows in tables_before.items() if rows - tables[table]}
        self.new = {table: rows - tables_before[table] for table, rows in tables.items() if rows - tables_before[table]}
        self.files = {place: data for place, data in files.items() if files_before.get(place) != data}
        self.result = result

    def play(self) -> bool:
        """Write it all again; return False, having written nothing, where the database is in another state."""
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                for table, rows in self.gone.items():
                    for row in rows:
                        _delete(cursor, table, row)
                for table, rows in self.new.items():
                    _insert(cursor, table, rows)
        except IntegrityError:
            return False
        cache.clear()
        for (alias, name), data in self.files.items():
            storages[alias].save(name, ContentFile(data))
        return True


def reloaded(result: Any) -> Any:
    """Return the same objects as the database has them now."""
    if isinstance(result, models.Model):
        return type(result)._base_manager.get(pk=result.pk)
    if dataclasses.is_dataclass(result):
        values = {field.name: getattr(result, field.name) for field in dataclasses.fields(result)}
        return dataclasses.replace(result, **{name: reloaded(value) for name, value in values.items()})
    if isinstance(result, dict):
        return {name: reloaded(value) for name, value in result.items()}
    return type(result)(map(reloaded, result)) if isinstance(result, (list, tuple)) else result


def read_tables() -> Tables:
    """Return the rows of every table."""
    with connection.cursor() as cursor:
        return {table: _rows(cursor, table) for table in _tables()}


def read_files() -> Files:
    """Return what the storages hold."""
    folders = {alias: Path(storages[alias].location) for alias in STORAGES if alias in settings.STORAGES}
    return {
        (alias, path.relative_to(folder).as_posix()): path.read_bytes()
        for alias, folder in folders.items()
        for path in folder.rglob("*")
        if path.is_file()
    }


@functools.cache
def _tables() -> tuple[str, ...]:
    return tuple(connection.introspection.django_table_names(only_existing=True))


def _rows(cursor: Any, table: str) -> set[tuple[Any, ...]]:
    cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
    return set(cursor.fetchall())


@functools.cache
def _key(table: str) -> tuple[str, int]:
    """Return the name and the place of the primary key's column."""
    with connection.cursor() as cursor:
        columns = connection.introspection.get_table_description(cursor, table)
        key = str(connection.introspection.get_primary_key_column(cursor, table))
    return key, [column.name for column in columns].index(key)


def _delete(cursor: Any, table: str, row: tuple[Any, ...]) -> None:
    quoted, (name, place) = connection.ops.quote_name, _key(table)
    this, key = f"FROM {quoted(table)} WHERE {quoted(name)} = %s", row[place]
    cursor.execute(f"SELECT * {this}", [key])
    if cursor.fetchone() != row:
        raise IntegrityError(f"{table} has another row {key}")
    cursor.execute(f"DELETE {this}", [key])


def _insert(cursor: Any, table: str, rows: set[tuple[Any, ...]]) -> None:
    quoted, (name, _place) = connection.ops.quote_name, _key(table)
    places = ", ".join(["%s"] * len(next(iter(rows))))
    cursor.executemany(f"INSERT INTO {quoted(table)} VALUES ({places})", list(rows))
    if connection.vendor == "postgresql":
        highest = f"SELECT max({quoted(name)}) FROM {quoted(table)}"
        sequence = "pg_get_serial_sequence(%s, %s)"
        cursor.execute(
            f"SELECT setval({sequence}, ({highest})) WHERE {sequence} IS NOT NULL",
            [quoted(table), name] * 2,
        )
