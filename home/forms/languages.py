"""What every form with translated fields does: keep omitted fields, offer the languages the user may write."""

from collections.abc import Callable
from functools import cached_property, partial
from typing import Any

from django import forms
from django.db.models import Model, Q, QuerySet
from django.utils.translation import gettext as _
from modeltranslation.fields import TranslationField
from wagtail.models import Page

from home.i18n.editor_languages import writable_languages
from home.i18n.fields import language_choices, localized_text
from home.page_access import nameable_pages

from .merging import LOADED, MergingMixin
from .references import OwnReferencesMixin


def texts_of(model: type[Model]) -> dict[str, str]:
    """The columns of ``model`` that hold a text in one language, and that language."""
    return {field.name: field.language for field in model._meta.get_fields() if isinstance(field, TranslationField)}


class LanguageFieldsMixin(MergingMixin, OwnReferencesMixin):
    """For model forms; ``for_user`` is the signed-in user (None in scripts: no limits)."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._limit_fields()
        self._offer_languages()
        self._name_choices()
        self._offer_nameable_pages()
        if self.is_bound:
            self._keep_omitted()
        self.remember_loaded()

    @cached_property
    def writable(self) -> list[str] | None:
        """The languages whose texts the user may change and nothing else; None for everything."""
        return writable_languages(getattr(self, "for_user", None), self.instance)

    def translation_fields(self) -> list[tuple[str, str]]:
        """``(field name, language)`` of the translated fields in the form."""
        columns = texts_of(self._meta.model)
        return [(name, columns[name]) for name in self.fields if name in columns]

    def _limit_fields(self) -> None:
        """Remove what the user may not change: a form changes what it has fields for, whatever is sent."""
        if self.writable is None:
            return
        own = {name for name, language in self.translation_fields() if language in self.writable}
        for name in set(self.fields) - own - {LOADED, "comment_notifications"}:
            del self.fields[name]
        for name, rows in [*getattr(self, "formsets", {}).items()]:
            if name != "comments" and not texts_of(rows.model):
                del self.formsets[name]

    def _offer_languages(self) -> None:
        if field := self.fields.get("original_language"):
            choices = language_choices()
            self.fields["original_language"] = forms.ChoiceField(
                choices=choices, label=field.label, help_text=field.help_text, initial=choices[0][0]
            )

    def _name_choices(self) -> None:
        """Label choices of other models in the language of the admin."""
        for field in self.fields.values():
            model = getattr(getattr(field, "queryset", None), "model", None)
            names = getattr(model, "translated_fields", ())
            if names:
                field.label_from_instance = lambda thing, name=names[0]: str(localized_text(thing, name)) or str(thing)

    def _offer_nameable_pages(self) -> None:
        """Offer pages whose titles the person may read. What is chosen already stays, and is not named."""
        user = getattr(self, "for_user", None)
        for name, field in self.fields.items() if user else ():
            pages = getattr(field, "queryset", None)
            if pages is None or not issubclass(pages.model, Page):
                continue
            known, chosen = nameable_pages(pages, user), self._chosen_keys(name)
            hidden = chosen - set(known.filter(pk__in=chosen).values_list("pk", flat=True))
            field.queryset = pages.filter(Q(pk__in=known.values("pk")) | Q(pk__in=hidden))
            if hidden:
                field.label_from_instance = partial(_label_of_page, hidden, field.label_from_instance)

    def _chosen_keys(self, name: str) -> set[int]:
        value = self.initial.get(name) or []
        return {getattr(one, "pk", one) for one in (value if isinstance(value, list | QuerySet) else [value])}

    def _keep_omitted(self) -> None:
        """Remove fields that were not submitted: an empty value clears a field, a missing one leaves it alone."""
        for name in [*(name for name, _language in self.translation_fields()), "original_language", "slug"]:
            field = self.fields.get(name)
            if field and field.widget.value_omitted_from_data(self.data, self.files, self.add_prefix(name)):
                del self.fields[name]


def _label_of_page(hidden: set[int], label: Callable[[Page], str], page: Page) -> str:
    # Translators: stands in a list of titles for a page that this editor is not allowed to see.
    return _("A page you can’t see") if page.pk in hidden else label(page)
