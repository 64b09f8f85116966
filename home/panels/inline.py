"""Inline panels with translated fields."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel, Panel
from wagtail.admin.panels.base import get_form_for_model

from home.i18n.fields import content_languages, fieldname
from home.i18n.languages import direction, native_name

from ..forms.rows import TranslatedRows
from ..forms.translated import TranslatedChildForm


class TranslatedInlinePanel(InlinePanel):
    """An inline panel that several people may edit at once, and translators in their languages alone."""

    def get_form_options(self) -> dict[str, Any]:
        options = super().get_form_options()
        formset = options["formsets"][self.relation_name]
        deferred = self.child_edit_handler.get_form_options().get("defer_required_on_fields", [])
        formset["form"] = get_form_for_model(
            self.db_field.related_model, form_class=TranslatedChildForm, defer_required_on_fields=deferred
        )
        formset.update(formset=TranslatedRows, inherit_kwargs=TranslatedRows.inherit_kwargs)
        return options

    class BoundPanel(InlinePanel.BoundPanel):
        def __init__(self, **kwargs: Any) -> None:
            form = kwargs["form"]
            self.has_rows = form is None or kwargs["panel"].relation_name in form.formsets
            if self.has_rows:
                super().__init__(**kwargs)
            else:  # a translator's form has no rows without texts
                super(InlinePanel.BoundPanel, self).__init__(**kwargs)
            if form is not None and form.writable is not None:
                self.template_name = "home/admin/row_texts.html"
                self.telepath_adapter_name = Panel.BoundPanel.telepath_adapter_name

        def is_shown(self) -> bool:
            return self.has_rows and super().is_shown()

        def js_opts(self) -> dict[str, Any]:
            if self.form.writable is not None:
                return super(InlinePanel.BoundPanel, self).js_opts()
            return super().js_opts()


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
