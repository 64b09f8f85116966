"""What all translated things share: an original language, text once per language, a title that follows the original."""

from typing import Any

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import models
from django.http import Http404, HttpRequest
from django.template.response import TemplateResponse
from django.utils.cache import add_never_cache_headers
from django.utils.translation import get_language, gettext, override
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, PageViewRestriction
from wagtail.url_routing import RouteResult

from home.i18n.fields import TranslatedStreamField, content_languages, is_empty, language_choices, text_in

from ..blocks import body_blocks
from ..forms.copying import TranslatedCopyForm
from ..forms.translated import TranslatedModelForm, TranslatedPageForm
from ..page_access import find_page, page_access
from ..page_contexts import build_page_context
from ..slugs import available_slug, slug_from_text
from ..translator_rights import TranslatedPagePermissions, has_full_permission
from .querysets import TranslatedManager, TranslatedPageManager
from .saved_in_original import RevisionsInOriginalLanguage, SaveInOriginalLanguage


def default_language() -> str:
    """The language a new thing is written in unless its author says otherwise."""
    return settings.LANGUAGE_CODE


def validate_language(code: str) -> None:
    """Refuse what is no content language."""
    if code not in content_languages():
        raise ValidationError(
            _("“%(code)s” is not one of this site’s languages."), code="language", params={"code": code}
        )


class TranslatedMixin(SaveInOriginalLanguage, models.Model):
    """Text once per language. ``translated_fields`` are bare names; the original must fill ``required_in_original``."""

    original_language = models.CharField(
        _("original language"),
        max_length=16,
        default=default_language,
        validators=[validate_language],
        help_text=_("The language this was first written in. It is the only language required for publishing."),
    )

    translated_fields: tuple[str, ...] = ("headline",)
    required_in_original: tuple[str, ...] = ("headline",)
    base_form_class = TranslatedModelForm

    objects = TranslatedManager()

    class Meta:
        abstract = True

    def is_changeable_in_full(self, user: Any) -> bool:
        """Whether ``user`` may change all of it by a right that is not a translator's."""
        return has_full_permission(user, "change", type(self))

    def original_text(self, name: str) -> str:
        """Text of ``name`` in the original language, else in the first language that has one, else empty."""
        for language in (self.original_language, *content_languages()):
            value = text_in(self, name, language)
            if not is_empty(value):
                return str(value)
        return ""


def _page_for_serving(request: HttpRequest, url_path: str) -> Any:
    found = find_page(request, url_path)
    model = found and ContentType.objects.get_for_id(found.content_type_id).model_class()
    if model is None:
        return None
    pages, beside = model.objects.filter(pk=found.pk), getattr(model, "read_for_serving", ())
    return (pages.select_related(*beside) if beside else pages).first()


class TranslatedPage(RevisionsInOriginalLanguage, TranslatedMixin, Page):
    """A page with one place in the tree, one slug and text in many languages; ``title`` follows the original."""

    headline = models.CharField(_("headline"), max_length=255, blank=True)

    # What is read with a page that a visitor asks for, since its template shows it.
    read_for_serving: tuple[str, ...] = ()

    base_form_class = TranslatedPageForm
    copy_form_class = TranslatedCopyForm

    objects = TranslatedPageManager()

    class Meta:
        abstract = True

    def permissions_for_user(self, user):
        return TranslatedPagePermissions(user, self)

    def is_changeable_in_full(self, user):
        return self.permissions_for_user(user).can_edit_all()

    def full_clean(self, *args, **kwargs):
        self.follow_original()
        super().full_clean(*args, **kwargs)

    def minimal_clean(self):
        self.follow_original()
        super().minimal_clean()

    def follow_original(self) -> None:
        """Set ``title``, and ``slug`` where there is none, from the original headline. Drafts may have none yet."""
        headline = self.original_text("headline")
        with override(self.original_language):
            self.title = headline[:255] or self.title or gettext("Untitled")
        if not self.slug and self.path:
            wanted = slug_from_text(self.title, self.original_language) or slug_from_text(self._meta.model_name, "en")
            self.slug = available_slug(wanted, self.get_parent().get_children().exclude(pk=self.pk))

    def get_admin_display_title(self) -> str:
        """The live title in the language of the admin; what an unpublished draft says comes first."""
        title = super().get_admin_display_title()
        if getattr(self, "is_foreign", False):  # whose draft is not for this person
            title = self.title
        elif self.has_unpublished_changes or "headline" not in self.__dict__:
            return title
        return text_in(self, "headline", get_language() or self.original_language) or title

    def route(self, request, path_components):
        """The page at an address below this one, unless it or any page above it is unpublished.

        Wagtail asks twice per level and for the last page alone whether it is live; this asks twice, by the whole path.
        """
        page = request.polyphony_home = self  # for the layout around the page
        if path_components:
            page = _page_for_serving(request, "/".join([self.url_path.rstrip("/"), *path_components, ""]))
        access = page_access(request)
        if page is None or not access.is_published(page.path, page.live):
            raise Http404
        page.routed_restrictions = access.restrictions_above(page.path)
        return RouteResult(page)

    def get_view_restrictions(self):
        """Wagtail's, in one query or none where the route has read which there are."""
        keys = getattr(self, "routed_restrictions", None)
        return super().get_view_restrictions() if keys is None else PageViewRestriction.objects.filter(pk__in=keys)

    def serve(self, request, *args, **kwargs):
        """Wagtail's. No cache keeps a page that may list what the visitor sees by having met a restriction."""
        response = super().serve(request, *args, **kwargs)
        if page_access(request).opened:
            add_never_cache_headers(response)
        return response

    def serve_password_required_response(self, request, form, action_url):
        """Wagtail's, without reading what the page would show: nothing of it is for those who are still asked."""
        return TemplateResponse(request, "wagtailcore/password_required.html", {"form": form, "action_url": action_url})

    def get_context(self, request, *args, **kwargs):
        """What the template reads: Wagtail's names and those that ``home.context`` registered for this model."""
        return {**super().get_context(request, *args, **kwargs), **build_page_context(self, request)}

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


class IndexPage(TranslatedPage):
    """A headline and an introduction above the list of the pages below."""

    intro = models.TextField(_("introduction"), blank=True)

    translated_fields = ("headline", "intro")

    class Meta:
        abstract = True


class ContentPage(TranslatedPage):
    """A page with a body of blocks. ``demo_key`` names what the demo made."""

    body = TranslatedStreamField(body_blocks(), verbose_name=_("main text"), blank=True)
    demo_key = models.CharField(max_length=64, blank=True, editable=False)

    class Meta:
        abstract = True


class IllustratedPage(ContentPage):
    """A content page with one picture at its head."""

    picture = models.ForeignKey(
        "home.Picture", verbose_name=_("picture"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    read_for_serving = ("picture",)

    class Meta:
        abstract = True
