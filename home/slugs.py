"""Addresses from headlines: plain ASCII, readable, one for all languages of a page."""

import re
from itertools import count

from anyascii import anyascii
from django.db.models import QuerySet
from django.utils.text import slugify

MAX_SLUG_CHARS = 80
# What a reader of the language would write; anyascii alone makes "dusseldorf".
TRANSLITERATIONS = {"de": str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "ß": "ss"})}
APOSTROPHES = re.compile(r"['’ʼ`´]")


def slug_from_text(text: str, language: str) -> str:
    """Return ``text`` as a slug of at most 80 characters, cut between words; empty when nothing can be spelt."""
    spelt = anyascii(APOSTROPHES.sub(" ", text.translate(TRANSLITERATIONS.get(language, {}))))
    slug = slugify(spelt)
    return (
        slug if len(slug) <= MAX_SLUG_CHARS else slug[: MAX_SLUG_CHARS + 1].rpartition("-")[0] or slug[:MAX_SLUG_CHARS]
    )


def available_slug(wanted: str, others: QuerySet) -> str:
    """Return ``wanted``, with ``-2``, ``-3`` ... behind it while one of ``others`` has it."""
    candidates = (f"{wanted}-{number}" if number > 1 else wanted for number in count(1))
    return next(candidate for candidate in candidates if not others.filter(slug=candidate).exists())


def is_automatic_slug(slug: str, wanted: str) -> bool:
    """Whether ``slug`` is ``wanted`` or ``wanted`` with a number, so that nobody chose it."""
    return re.fullmatch(re.escape(wanted) + r"(-\d+)?", slug) is not None
