"""Inline panels with translated fields."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel
from wagtail.admin.panels.base import get_form_for_model

from home.i18n.fields import content_languages, fieldname
from home.i18n.languages import direction, native_name

from ..forms.translated import TranslatedChildForm


class TranslatedInlinePanel(InlinePanel):
    """An inline panel whose rows keep languages that were not submitted and hide those the user may not edit."""

    def get_form_options(self) -> dict[str, Any]:
        options = super().get_form_options()
        formset = options["formsets"][self.relation_name]
        deferred = self.child_edit_handler.get_form_options().get("defer_required_on_fields", [])
        formset["form"] = get_form_for_model(
            self.db_field.related_model, form_class=TranslatedChildForm, defer_required_on_fields=deferred
        )
        formset["inherit_kwargs"] = ["for_user"]
        return options


def text_in_each_language(name: str, heading: Any) -> MultiFieldPanel:
    """A folded panel with the field ``name`` in every language, each named in itself."""
    fields = [
        FieldPanel(
            fieldname(name, code),
            heading=native_name(code),
            attrs={"lang": code, "dir": direction(code)},
            disable_comments=True,
        )
        for code in content_languages()
    ]
    return MultiFieldPanel(
        fields, heading=heading, classname="collapsed", help_text=_("Fill in the languages you have.")
    )
