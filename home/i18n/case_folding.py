"""``icontains`` for every alphabet. SQLite's LIKE knows upper and lower case of ASCII alone; PostgreSQL's of all."""

from typing import Any

from django.db.backends.signals import connection_created
from django.db.models import CharField, TextField
from django.db.models.lookups import IContains


class FoldedIContains(IContains):
    """On SQLite both sides are folded, as ``str.casefold`` does it, by a function of the connection."""

    def as_sqlite(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        text, text_params = self.process_lhs(compiler, connection)
        pattern, pattern_params = self.process_rhs(compiler, connection)
        sql = f"polyphony_casefold({text}) LIKE polyphony_casefold({pattern}) ESCAPE '\\'"
        return sql, [*text_params, *pattern_params]


def use_folded_lookups() -> None:
    """Let all text columns use it; run once at start."""
    for field in (CharField, TextField):
        field.register_lookup(FoldedIContains)
    connection_created.connect(_add_function, dispatch_uid="home_casefold")


def _add_function(connection: Any, **_facts: Any) -> None:
    if connection.vendor == "sqlite":
        connection.connection.create_function("polyphony_casefold", 1, _casefold, deterministic=True)


def _casefold(text: Any) -> Any:
    return text.casefold() if isinstance(text, str) else text
