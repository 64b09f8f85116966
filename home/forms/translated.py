"""Forms for pages, snippets and the children of pages."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import override
from wagtail.admin.forms import WagtailAdminModelForm, WagtailAdminPageForm
from wagtail.models import Page

from home.i18n.editor_languages import working_languages
from home.i18n.fields import content_languages, fieldname, is_empty

from ..slugs import available_slug, is_automatic_slug, slug_from_text
from .languages import LanguageFieldsMixin

# Where a page is, and whether it is live: not a field of the form, but part of what its author saw.
PLACE, LIVE, DRAFT = "place", "live in ", "draft in "


def place_of(page: Page) -> str:
    """Return ``live in 12``, the key of its parent being 12; empty for a page that does not exist yet."""
    parent = page.get_parent() if page.pk else None
    return f"{LIVE if page.live else DRAFT}{parent.pk}" if parent else ""


class TranslatedChildForm(LanguageFieldsMixin, WagtailAdminModelForm):
    """A row of an inline panel. ``writable`` is that of the page's form, ``page`` the page."""

    def __init__(self, *args: Any, writable: list[str] | None = None, page: Page | None = None, **kwargs: Any) -> None:
        self.writable, self.page = writable, page
        super().__init__(*args, **kwargs)

    def referring_thing(self) -> Page | None:
        return self.page

    def place_in_history(self, name: str) -> tuple[Any, str]:
        return self.instance.page, self.instance._meta.get_field("page").remote_field.related_name


class OriginalRequiredMixin(LanguageFieldsMixin):
    """Requires the original language only, and only on publishing."""

    def chosen_language(self) -> str:
        """The language chosen in the form, else the object's."""
        return self.cleaned_data.get("original_language") or self.instance.original_language

    def text(self, name: str, language: str) -> Any:
        """What ``name`` will say in ``language`` once the form is saved."""
        column = fieldname(name, language)
        return self.cleaned_data[column] if column in self.cleaned_data else getattr(self.instance, column)

    def original_text(self, name: str) -> str:
        """The original text, else the first there is, else empty."""
        for language in (self.chosen_language(), *content_languages()):
            text = self.text(name, language)
            if not is_empty(text):
                return str(text)
        return ""

    def require_original(self) -> None:
        """Add an error for each needed field that the original language leaves empty."""
        if self.is_deferred_validation or "original_language" in self.errors:
            return
        language = self.chosen_language()
        if self.writable is not None and language not in self.writable:
            return  # no fault of a translator's
        for name in self.instance.required_in_original:
            column = fieldname(name, language)
            if column not in self.errors and is_empty(self.text(name, language)):
                sentence = _("This is the original language. It is required for publishing.")
                self.add_error(column if column in self.fields else None, ValidationError(sentence, code="required"))


class TranslatedModelForm(OriginalRequiredMixin, WagtailAdminModelForm):
    """Snippets. Where there is a slug, it is made from the original name."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "slug" in self.fields:
            self.fields["slug"].required = False

    def clean(self) -> dict[str, Any]:
        super().clean()
        if "slug" in self.cleaned_data and not self.cleaned_data["slug"]:
            model = self._meta.model
            wanted = slug_from_text(self.original_text("name"), self.chosen_language()) or model._meta.model_name
            others = model._default_manager.exclude(pk=self.instance.pk)
            self.cleaned_data["slug"] = available_slug(wanted, others)
        self.require_original()
        return self.cleaned_data


class TranslatedPageForm(OriginalRequiredMixin, WagtailAdminPageForm):
    """Pages. The slug follows the original headline until the page is published or the editor chooses one."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "slug" in self.fields:
            self.fields["slug"].required = False
        self._default_to_language_of_parent()
        self._slug_before = self.instance.slug
        self._headline_slug_before = self._headline_slug(
            self.instance.original_text("headline") or self.instance.title, self.instance.original_language
        )

    def _default_to_language_of_parent(self) -> None:
        """A new page defaults to a language of its city, if possible one its author works in."""
        field = self.fields.get("original_language")
        if self.instance.pk or self.is_bound or field is None:
            return
        parent = self.parent_page.specific if self.parent_page else None
        likely = [*getattr(parent, "languages", []), getattr(parent, "original_language", "")]
        offered = [code for code, _name in field.choices]
        own = [code for code in working_languages(self.for_user) if code in likely]
        default = next((code for code in [*own, *likely] if code in offered), offered[0])
        self.instance.original_language = self.initial["original_language"] = default

    def _headline_slug(self, headline: str, language: str) -> str:
        return slug_from_text(headline, language) or slug_from_text(self._meta.model._meta.model_name, "en")

    def _slug_was_chosen(self, slug: str) -> bool:
        if self.instance.pk is None or self.instance.first_published_at:
            return True
        return slug != self._slug_before or not is_automatic_slug(slug, self._headline_slug_before)

    def clean(self) -> dict[str, Any]:
        slug = self.cleaned_data.get("slug")
        if "slug" in self.cleaned_data and not (slug and self._slug_was_chosen(slug)):
            with override(self.chosen_language()):  # as the title is
                untitled = _("Untitled")
            wanted = self._headline_slug(self.original_text("headline") or untitled, self.chosen_language())
            parent = self._parent()
            siblings = parent.get_children() if parent else Page.objects.none()
            self.cleaned_data["slug"] = available_slug(wanted, siblings.exclude(pk=self.instance.pk))
        super().clean()
        self.require_original()
        return self.cleaned_data

    def stored_states(self) -> dict[str, str]:
        return {**super().stored_states(), PLACE: place_of(self.instance)}

    def sent_states(self) -> dict[str, str]:
        return {**super().sent_states(), PLACE: self.loaded_states.get(PLACE, place_of(self.instance))}

    def accept_place(self) -> bool:
        """Return whether the page is where it was, and live if it was; if not, that is known from now on."""
        was, now = self.loaded_states.get(PLACE, ""), place_of(self.instance)
        if was in ("", now) or was == now.replace(LIVE, DRAFT):
            return True
        self.remember(PLACE, now)
        return False

    @property
    def show_schedule_publishing_toggle(self) -> bool:
        """Whether the editor offers a schedule: a form without its fields does not."""
        return "go_live_at" in self.fields

    def _parent(self) -> Page | None:
        return self.parent_page or (self.instance.get_parent() if self.instance.pk else None)

    def get_field_updates_for_resave(self) -> list[tuple[str, str]]:
        """Tell the open editor the slug that was generated while it saved in the background."""
        updates = super().get_field_updates_for_resave()
        if "slug" in self.fields and self.data.get(self.add_prefix("slug")) != self.instance.slug:
            updates.append((self.add_prefix("slug"), self.instance.slug))
        return updates
