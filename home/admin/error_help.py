"""Every error and warning code with its meanings, for the help pages."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from home.upload_errors import FILE_ERROR_TEXTS
from media_pipeline import api

_TEXTS_BY_KIND = (
    (_("This file can’t be used"), api.REFUSAL_TEXTS),
    (_("This file can’t be used"), FILE_ERROR_TEXTS),
    (_("Upload failed"), api.UPLOAD_ERROR_TEXTS),
    (_("Something went wrong on our side"), api.FAILURE_TEXTS),
    (_("Ready, with notes"), api.WARNING_TEXTS),
)


@dataclass(frozen=True)
class CodeMeaning:
    """One meaning of a code: its ``kind``, what happened, and what to do. Lazy translations."""

    kind: Any
    message: Any
    advice: Any


def code_meanings(code: str) -> tuple[CodeMeaning, ...]:
    """All that a code can mean; one may be a refusal here and a warning there. Empty for an unknown one."""
    found = ((kind, texts[code]) for kind, texts in _TEXTS_BY_KIND if code in texts)
    return tuple(CodeMeaning(kind, text.message, text.advice) for kind, text in found)


def known_codes() -> tuple[str, ...]:
    """Every code, in alphabetical order."""
    return tuple(sorted({str(code) for _kind, texts in _TEXTS_BY_KIND for code in texts}))
