"""A panel for one text in one language, in its writing direction, with the original text below it."""

from typing import Any

from django.db import models
from django.utils.html import format_html
from django.utils.text import capfirst
from wagtail.admin.panels import FieldPanel
from wagtail.admin.widgets import AdminAutoHeightTextInput

from home.i18n.fields import fieldname, is_empty
from home.i18n.languages import direction, native_name

from ..forms.plain_text import plain_text


class TextPanel(FieldPanel):
    """``name`` is the bare field, ``language`` the one edited here."""

    def __init__(self, name: str, language: str, **kwargs: Any) -> None:
        kwargs.pop("field_name", None)
        super().__init__(fieldname(name, language), **kwargs)
        self.name, self.language = name, language

    def get_form_options(self) -> dict[str, Any]:
        options = super().get_form_options()
        # Wagtail's growing textarea is meant for TextField itself; a language's column is of another class.
        if type(self.db_field.translated_field) is models.TextField:
            options.setdefault("widgets", {})[self.field_name] = AdminAutoHeightTextInput()
        return options

    def clone_kwargs(self) -> dict[str, Any]:
        return {**super().clone_kwargs(), "name": self.name, "language": self.language}

    class BoundPanel(FieldPanel.BoundPanel):
        template_name = "home/admin/text_panel.html"

        def __init__(self, **kwargs: Any) -> None:
            super().__init__(**kwargs)
            if self.bound_field is not None and not self.panel.heading:
                source = self.panel.db_field.translated_field
                self.heading = self.bound_field.label = capfirst(source.verbose_name)

        def is_required(self) -> bool:
            needed = getattr(self.instance, "required_in_original", ())
            return self.panel.name in needed and self.panel.language == self.original_language

        @property
        def original_language(self) -> str:
            return getattr(self.instance, "original_language", "")

        def original(self) -> dict[str, str] | None:
            """The original text to translate from, None on the original's own tab or when it is empty."""
            code = self.original_language
            if not code or code == self.panel.language:
                return None
            value = getattr(self.instance, fieldname(self.panel.name, code), None)
            if is_empty(value):
                return None
            return {"text": plain_text(value), "language": code, "name": native_name(code), "dir": direction(code)}

        def get_editable_context_data(self) -> dict[str, Any]:
            context = super().get_editable_context_data()
            # Around the input alone, so that it reaches Draftail and blocks while labels keep the admin's direction.
            context["rendered_field"] = format_html(
                '<div class="in-language" lang="{}" dir="{}">{}</div>',
                self.panel.language,
                direction(self.panel.language),
                context["rendered_field"],
            )
            context["original"] = self.original()
            return context
