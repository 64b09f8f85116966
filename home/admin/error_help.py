"""Every code with which this site says that something is wrong, with what it means: the ground of the help pages."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from home.upload_errors import WORDS as FILE_WORDS
from media_pipeline import api

REFUSED = _("This file can’t be used")
NOT_TAKEN = _("Upload failed")
FAILED = _("Something went wrong on our side")
WARNING = _("Ready, with notes")

_GROUPS = (
    (REFUSED, api.REFUSAL_TEXTS),
    (REFUSED, FILE_WORDS),
    (NOT_TAKEN, api.UPLOAD_ERROR_TEXTS),
    (FAILED, api.FAILURE_TEXTS),
    (WARNING, api.WARNING_TEXTS),
)


@dataclass(frozen=True)
class Meaning:
    """One meaning of a code: of which ``kind`` it is, what happened, and what to do. Lazy translations."""

    kind: Any
    message: Any
    advice: Any


def meanings(code: str) -> tuple[Meaning, ...]:
    """All that a code can mean; one may be a refusal here and a warning there. Empty for an unknown one."""
    return tuple(Meaning(kind, *_of(words[code])) for kind, words in _GROUPS if code in words)


def known_codes() -> tuple[str, ...]:
    """Every code, in alphabetical order."""
    return tuple(sorted({str(code) for _kind, words in _GROUPS for code in words}))


def _of(words: api.ErrorText) -> tuple[Any, Any]:
    return words.message, words.advice
