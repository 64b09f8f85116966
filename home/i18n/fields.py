"""Per-language fields: the only module that knows how modeltranslation stores them.

A field ``headline`` exists once per content language (``headline_de``). Outside templates always use the suffixed
names; in templates use ``{% localized page "headline" as t %}``, which also says which language is shown.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.translation import get_language_info, override
from modeltranslation import settings as mt_settings
from modeltranslation.fields import TranslationFieldDescriptor
from modeltranslation.thread_context import fallbacks_enabled
from modeltranslation.translator import translator
from modeltranslation.utils import build_localized_fieldname, fallbacks, get_language
from wagtail.fields import StreamField


def fieldname(name: str, language: str) -> str:
    """Return the column for ``name`` in ``language``; the one way to build it (codes may hold hyphens)."""
    return build_localized_fieldname(name, language)


def content_languages() -> list[str]:
    """Codes of the languages content can be written in, in the order of the setting."""
    return list(mt_settings.AVAILABLE_LANGUAGES)


def language_choices() -> list[tuple[str, Any]]:
    """``(code, translated name)`` of the content languages."""
    names = dict(settings.LANGUAGES)
    return [(code, names.get(code, code)) for code in content_languages()]


def is_empty(value: Any) -> bool:
    """Whether a field holds nothing a reader could see (None, blanks, an empty stream)."""
    if value is None:
        return True
    if isinstance(value, str):
        return not value.strip()
    try:
        return len(value) == 0
    except TypeError:
        return False


@dataclass(frozen=True)
class LocalizedText:
    """A value and the language it is really in; ``wanted`` is the language of the page around it."""

    value: Any
    lang: str | None
    wanted: str

    @property
    def missing(self) -> bool:
        return self.lang is None

    @property
    def is_fallback(self) -> bool:
        return self.lang is not None and self.lang != self.wanted

    @property
    def dir(self) -> str:
        return "rtl" if self.lang and get_language_info(self.lang)["bidi"] else "ltr"

    def __bool__(self) -> bool:
        return not self.missing

    def __str__(self) -> str:
        return "" if self.value is None else str(self.value)


def fallback_chain(obj: Any, wanted: str | None = None) -> list[str]:
    """Languages to try, in order: wanted, its configured relatives, the object's original, the default, any."""
    wanted = wanted or get_language()
    relatives = mt_settings.FALLBACK_LANGUAGES.get(wanted, ())
    original = getattr(obj, "original_language", None) or mt_settings.DEFAULT_LANGUAGE
    return list(dict.fromkeys([wanted, *relatives, original, mt_settings.DEFAULT_LANGUAGE, *content_languages()]))


def reading_languages(language: str | None = None) -> list[str]:
    """Languages a list loads for a reader of ``language``; each object's original comes from its bare column."""
    wanted = language or get_language()
    relatives = mt_settings.FALLBACK_LANGUAGES.get(wanted, ())
    return list(dict.fromkeys([wanted, *relatives, mt_settings.DEFAULT_LANGUAGE]))


def text_in(obj: Any, name: str, language: str) -> Any:
    """Return ``obj.name`` in ``language`` without asking the database for what a list left out (then None)."""
    column = fieldname(name, language)
    loaded = obj.__dict__
    if column in loaded or name not in loaded:
        return getattr(obj, column, None)
    if language != getattr(obj, "original_language", None):
        return None
    return obj._meta.get_field(name).to_python(loaded[name])


def localized_text(obj: Any, name: str, wanted: str | None = None) -> LocalizedText:
    """Return the best text of ``obj.name`` for a reader of ``wanted`` (default: the active language).

    It is missing where ``obj`` is None.
    """
    wanted = wanted or get_language()
    for language in fallback_chain(obj, wanted) if obj is not None else ():
        value = text_in(obj, name, language)
        if not is_empty(value):
            return LocalizedText(value, language, wanted)
    return LocalizedText(None, None, wanted)


def languages_of(obj: Any, name: str) -> list[str]:
    """Languages in which ``obj.name`` has text."""
    return [code for code in content_languages() if not is_empty(getattr(obj, fieldname(name, code), None))]


def completeness(obj: Any, language: str) -> tuple[int, int]:
    """``(translated, wanted)`` fields of ``obj`` in ``language``, measured against what its original fills."""
    needed = [name for name in obj.translated_fields if is_written(obj, name, obj.original_language)]
    return sum(is_written(obj, name, language) for name in needed), len(needed)


def is_written(obj: Any, name: str, language: str) -> bool:
    """Whether ``obj.name`` has text in ``language``: as ``for_completeness`` loaded it, else by the text itself."""
    column = fieldname(name, language)
    loaded = obj.__dict__.get(written_flag(column))
    return loaded if loaded is not None else not is_empty(getattr(obj, column, None))


def written_flag(column: str) -> str:
    """The name under which a query says whether ``column`` has text."""
    return f"{column}_written"


@contextmanager
def in_original_language(language: str) -> Iterator[None]:
    """Bare names mean ``language`` and nothing else: no fallback may enter a column that says it is the original."""
    with override(language), fallbacks(False):
        yield


class OriginalAwareDescriptor(TranslationFieldDescriptor):
    """``page.headline``: active language, its relatives, then the object's own original language."""

    def __get__(self, instance: Any, owner: type) -> Any:
        if instance is None:
            return self
        if not fallbacks_enabled():
            return super().__get__(instance, owner)
        found = localized_text(instance, self.field.name)
        return super().__get__(instance, owner) if found.missing else found.value


class TranslatedStreamField(StreamField):
    """A StreamField whose blocks never reach migrations: one changed block option is not an AlterField per language."""

    def __init__(self, block_types=(), *args: Any, **kwargs: Any) -> None:
        if not block_types:
            kwargs.pop("block_lookup", None)
        super().__init__(block_types or [], *args, **kwargs)

    def deconstruct(self):
        name, path, _args, kwargs = super().deconstruct()
        kwargs.pop("block_lookup", None)
        return name, path, [[]], kwargs


def install_descriptors() -> None:
    """Run once at start: make bare names follow the object's original language and count references once.

    The raw column repeats the original language's value, so its stream must not add references of its own.
    """
    registered = [
        (model, model._meta.get_field(name))
        for model in translator.get_registered_models(abstract=False)
        for name in translator.get_options_for_model(model).local_fields
    ]
    for model, field in registered:
        if hasattr(field, "extract_references"):
            field.extract_references = lambda value: iter(())
        if any(f.name == "original_language" for f in model._meta.get_fields()):
            old = model.__dict__[field.name]
            new = OriginalAwareDescriptor(old.field, old.fallback_languages, old.fallback_value, old.fallback_undefined)
            setattr(model, field.name, new)
