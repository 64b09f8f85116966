"""The search of the admin: Wagtail's, in which letters large and small are the same in every alphabet.

What is written to the index and what is asked are folded in the same way, whichever database holds the index.
"""

from importlib import import_module
from typing import Any

from django.core.management import call_command
from django.db import connection
from modelsearch.backends.base import BaseSearchBackend
from modelsearch.backends.database.sqlite.utils import fts5_available
from modelsearch.models import IndexEntry
from modelsearch.query import Fuzzy, Phrase, PlainText

from .case_folding import fold

# What was indexed before this migration is indexed again after it.
FOLDED_SINCE = ("home", "0007_folded_search")


def use_folded_search() -> None:
    """Let all indexes fold; run once at start. Wagtail has one class per database and no setting for this."""
    if connection.vendor == "postgresql" or fts5_available():  # else there is no index
        name = {"postgresql": "postgres"}.get(connection.vendor, connection.vendor)
        indexer = import_module(f"modelsearch.backends.database.{name}.{name}").ObjectIndexer
        indexer.prepare_value = _folded_text(indexer.prepare_value)
    BaseSearchBackend._search = _folded_search(BaseSearchBackend._search)  # noqa: SLF001 - search() and autocomplete()


def index_again(plan: list[Any], **_facts: Any) -> None:
    """Receiver of ``post_migrate``: index anew what was indexed without folding."""
    is_due = any((step.app_label, step.name) == FOLDED_SINCE and not backwards for step, backwards in plan)
    if is_due and IndexEntry.objects.exists():
        call_command("rebuild_modelsearch_index", verbosity=0)


def _folded_text(prepare: Any) -> Any:
    def prepare_value(self: Any, value: Any) -> str:
        return fold(prepare(self, value))

    return prepare_value


def _folded_search(search: Any) -> Any:
    def folded(self: Any, compiler: Any, query: Any, model_or_queryset: Any, **options: Any) -> Any:
        return search(self, compiler, fold_query(query), model_or_queryset, **options)

    return folded


def fold_query(query: Any) -> Any:
    """Return what is asked, words or a query composed of them, folded."""
    if isinstance(query, str):
        return fold(query)
    if isinstance(query, Phrase | PlainText | Fuzzy):
        query.query_string = fold(query.query_string)
    for part in [*getattr(query, "subqueries", ()), *filter(None, [getattr(query, "subquery", None)])]:
        fold_query(part)
    return query
