"""A licence as pages show it."""

from dataclasses import dataclass

from home.models.choices import Licence


@dataclass(frozen=True)
class LicenceTerms:
    """What others may do; ``label`` in words, ``url`` of the deed, empty for all rights reserved."""

    code: str
    label: str
    url: str
    allows_adaptation: bool
    allows_download: bool


def licence_terms(code: str) -> LicenceTerms:
    """A licence in words."""
    known = Licence(code)
    return LicenceTerms(code, str(known.label), known.url, known.allows_adaptation, known.allows_download)
