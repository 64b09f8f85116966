"""The answer to a save that came too late: what happened, and the text that was sent, to be copied."""

from dataclasses import dataclass

from django import forms
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from wagtail.admin.panels import get_edit_handler
from wagtail.models import Page, PageLogEntry

from home.forms.plain_text import readable_value
from home.i18n.languages import direction, native_name


@dataclass(frozen=True)
class SentText:
    """One text that was sent; ``language`` is a code."""

    label: str
    language: str
    text: str

    @property
    def language_name(self) -> str:
        return native_name(self.language)

    @property
    def dir(self) -> str:
        return direction(self.language)


def answer_with_text(request: HttpRequest, model: type[Model] | None, sentence: str) -> HttpResponse:
    """Return ``sentence`` and all texts of the form of ``model``, none where that is unknown. Status 409."""
    context = {"sentence": sentence, "texts": sent_texts(request, model) if model else []}
    return TemplateResponse(request, "home/admin/lost_text.html", context, status=409)


def page_model(key: int) -> type[Page] | None:
    """Return the class of a page; of a deleted one from the log."""
    if page := Page.objects.filter(pk=key).first():
        return page.specific_class
    entry = PageLogEntry.objects.filter(page=key).select_related("content_type").first()
    return entry.content_type.model_class() if entry and entry.content_type else None


def sent_texts(request: HttpRequest, model: type[Model]) -> list[SentText]:
    """Return the texts that the form holds, language by language in the order of its tabs."""
    form = get_edit_handler(model).get_form_class()(request.POST, instance=model(), for_user=request.user)
    form.full_clean()
    found = []
    for name, language in form.translation_fields():
        value = form.cleaned_data.get(name) or as_typed(form[name])
        if text := readable_value(form.fields[name], value):
            found.append(SentText(form.label_of(name), language, text))
    return found


def as_typed(bound: forms.BoundField) -> str:
    return bound.data if isinstance(bound.data, str) else ""
