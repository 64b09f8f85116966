"""Merging what two people made of the same thing, unit by unit. Pure: states in, sides out.

A unit is one field in one language, or one field that all languages share. A body of blocks is one unit: two people who
move and rewrite blocks of the same text would get a text that neither of them wrote.
"""

from collections.abc import Mapping
from enum import StrEnum


class Side(StrEnum):
    """Whose state of a unit is kept."""

    MINE = "mine"
    THEIRS = "theirs"
    CONFLICT = "conflict"


def merge_unit(base: str, mine: str, theirs: str) -> Side:
    """Return the side to keep: of whoever changed ``base``; a conflict where both did, to different states."""
    if theirs == base or mine == theirs:
        return Side.MINE
    return Side.THEIRS if mine == base else Side.CONFLICT


def merge_states(base: Mapping[str, str], mine: Mapping[str, str], theirs: Mapping[str, str]) -> dict[str, Side]:
    """Return the side of each unit that all three know; what was never loaded is not merged."""
    return {name: merge_unit(base[name], mine[name], theirs[name]) for name in base if name in mine and name in theirs}
