"""A licence as pages show it."""

from dataclasses import dataclass

from home.models.choices import Licence


@dataclass(frozen=True)
class LicenceFacts:
    """What others may do; ``label`` in words, ``url`` of the deed, empty for all rights reserved."""

    code: str
    label: str
    url: str
    allows_adaptation: bool
    allows_keeping: bool


def licence(code: str) -> LicenceFacts:
    """A licence in words."""
    known = Licence(code)
    return LicenceFacts(code, str(known.label), known.url, known.allows_adaptation, known.allows_keeping)
