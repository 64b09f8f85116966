"""What all translated things share: an original language, and a save that does not depend on who is looking."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override
from wagtail.models import Page

from ..i18n import content_languages, is_empty, language_choices, text_in
from .reading import TranslatedManager, TranslatedPageManager


def default_language() -> str:
    """The language a new thing is written in unless its author says otherwise."""
    return settings.LANGUAGE_CODE


class TranslatedMixin(models.Model):
    """Text once per language. ``translated_fields`` are the bare names; the original must fill ``required_in_original``."""

    original_language = models.CharField(
        _("original language"),
        max_length=16,
        default=default_language,
        help_text=_("The language this was written in first. Only this one is needed to publish."),
    )

    translated_fields: tuple[str, ...] = ("headline",)
    required_in_original: tuple[str, ...] = ("headline",)

    objects = TranslatedManager()

    class Meta:
        abstract = True

    # modeltranslation writes the bare column from the active language; pinned, the same row is written whoever saves.
    def save(self, *args, **kwargs):
        with override(self.original_language):
            return super().save(*args, **kwargs)

    def serializable_data(self):
        with override(self.original_language):
            return super().serializable_data()

    def original_text(self, name: str) -> str:
        """Text of ``name`` in the original language, else in the first language that has one, else empty."""
        for language in (self.original_language, *content_languages()):
            value = text_in(self, name, language)
            if not is_empty(value):
                return str(value)
        return ""


class TranslatedPage(TranslatedMixin, Page):
    """A page with one tree position, one slug and its text in many languages. ``title`` follows the original headline."""

    objects = TranslatedPageManager()

    class Meta:
        abstract = True

    def full_clean(self, *args, **kwargs):
        self.title = self.original_text("headline")[:255] or self.title
        super().full_clean(*args, **kwargs)

    @property
    def preview_modes(self):
        return language_choices()

    @property
    def default_preview_mode(self):
        return self.original_language

    def serve_preview(self, request, mode_name):
        language = mode_name if mode_name in content_languages() else self.original_language
        with override(language):
            request.LANGUAGE_CODE = language
            response = super().serve_preview(request, mode_name)
            # Rendered while the language is active: a lazy response would be written in the editor's own.
            return response.render() if hasattr(response, "render") and not response.is_rendered else response
