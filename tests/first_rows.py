"""The rows that migrations write (root page, collections, groups, content types), kept to be put back.

Django can do this by serialised objects, but saving each of some thousand objects, signals and search index
included, costs seconds; plain rows cost milliseconds.
"""

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction

Rows = dict[str, tuple[list[str], list[tuple[Any, ...]]]]


def read_rows() -> Rows:
    """Return table -> (columns, rows) of every table of a model that holds anything."""
    found: Rows = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.django_table_names(only_existing=True):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            if rows := cursor.fetchall():
                found[table] = ([column[0] for column in cursor.description], rows)
    return found


def write_rows(kept: Rows) -> None:
    """Write rows into empty tables, and forget what Django and Wagtail remember of the old ones.

    Something of a test that ended may have asked for a content type meanwhile, which makes it: then all goes once more.
    """
    try:
        _insert(kept)
    except IntegrityError:
        call_command("flush", verbosity=0, interactive=False, inhibit_post_migrate=True)
        _insert(kept)
    ContentType.objects.clear_cache()
    cache.clear()


def _insert(kept: Rows) -> None:
    with transaction.atomic(), connection.constraint_checks_disabled(), connection.cursor() as cursor:
        for table, (columns, rows) in kept.items():
            names = ", ".join(map(connection.ops.quote_name, columns))
            places = ", ".join(["%s"] * len(columns))
            cursor.executemany(f"INSERT INTO {connection.ops.quote_name(table)} ({names}) VALUES ({places})", rows)
