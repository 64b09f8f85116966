"""Search that does not mind capitals, in every alphabet: ``fold`` for texts, ``icontains`` and ``istartswith`` in SQL.

SQLite's LIKE knows upper and lower case of ASCII alone. PostgreSQL's knows all letters, one for one: it finds neither
"Größe" by "GRÖSSE" nor a Greek word by its capitals, whose last letter may have another form.
"""

import unicodedata
from typing import Any

from django.db.backends.signals import connection_created
from django.db.models import CharField, TextField
from django.db.models.lookups import IContains, IStartsWith, Lookup

GREEK = (*range(0x370, 0x400), *range(0x1F00, 0x2000))
ACCENTS = range(0x300, 0x370)


def _substitutes() -> dict[str, str]:
    """Return what a letter stands for, beyond its lower case: one letter, or none."""
    letters = (chr(number) for number in range(0x80, 0x10000) if not 0xD800 <= number < 0xE000)
    forms = {letter: same for letter in letters if len(same := letter.casefold()) == 1 and same != letter.lower()}
    # Greek capitals are written without accents. Accents that no letter has taken up are extra everywhere.
    greek = {chr(number): unicodedata.normalize("NFD", chr(number))[0] for number in GREEK}
    bare = {letter: base.casefold() for letter, base in greek.items() if letter == letter.lower() and letter != base}
    # The two i of Turkish are one: whoever reads an I does not know which of them it is.
    return {**forms, **bare, "ı": "i", **{chr(number): "" for number in ACCENTS}}


SUBSTITUTES = _substitutes()
_TABLE = str.maketrans(SUBSTITUTES)
# PostgreSQL's translate() drops the letters that have no counterpart: these come last.
_LETTERS = sorted(SUBSTITUTES, key=lambda letter: SUBSTITUTES[letter] == "")
_COUNTERPARTS = "".join(SUBSTITUTES[letter] for letter in _LETTERS)
FOLDED_COLUMN = {
    "sqlite": "polyphony_fold({})",
    "postgresql": "translate(replace(lower(normalize(({})::text)), 'ß', 'ss'), "
    f"'{''.join(_LETTERS)}', '{_COUNTERPARTS}')",
}


def fold(text: str) -> str:
    """Return ``text`` as it is searched: the same for all the ways to write its letters large or small."""
    return unicodedata.normalize("NFC", text).lower().replace("ß", "ss").translate(_TABLE)


class _Folded(Lookup):
    """Both sides are folded: what is asked here, the column by the database, on SQLite with a function of ours."""

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        if not self.rhs_is_direct_value() or connection.vendor not in FOLDED_COLUMN:
            return super().as_sql(compiler, connection)
        column, column_params = Lookup.process_lhs(self, compiler, connection)
        pattern, (asked,) = self.process_rhs(compiler, connection)
        folded = FOLDED_COLUMN[connection.vendor].format(column)
        return f"{folded} LIKE {pattern} ESCAPE '\\'", [*column_params, fold(asked)]


class FoldedIContains(_Folded, IContains):
    pass


class FoldedIStartsWith(_Folded, IStartsWith):
    pass


def use_folded_lookups() -> None:
    """Let all text columns use them; run once at start."""
    for field in (CharField, TextField):
        field.register_lookup(FoldedIContains)
        field.register_lookup(FoldedIStartsWith)
    connection_created.connect(_add_function, dispatch_uid="home_fold")


def _add_function(connection: Any, **_facts: Any) -> None:
    if connection.vendor == "sqlite":
        connection.connection.create_function("polyphony_fold", 1, _fold_column, deterministic=True)


def _fold_column(value: Any) -> Any:
    return fold(value) if isinstance(value, str) else value
