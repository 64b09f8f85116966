"""What stands before Wagtail's admin, where some views say the title of a page before they look at rights."""

from collections.abc import Callable
from typing import Any

from django.db.models import BigIntegerField
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse
from wagtail import hooks
from wagtail.admin.auth import permission_denied
from wagtail.admin.menu import MenuItem
from wagtail.models import Page
from wagtail.permissions import page_permission_policy

from home.access.uploads import UploadAudience, upload_audience, with_upload_facts
from home.clip_permissions import PublishableClips
from home.models import Picture
from home.page_access import nameable_pages
from home.refusal import not_found_page

from . import incomplete

# How Wagtail's addresses call a page that they are about.
PAGE_PARAMETERS = ("page_id", "parent_page_id", "page_to_move_id", "destination_id")
# To link to a page one need not have a right on it, but its title must be no secret.
CHOOSERS = {"wagtailadmin_choose_page_child", "wagtailadmin_choose_page_chosen_multiple"}
# This view asks by itself, and gives back the text that was sent to a page one may no longer edit.
ASKS_BY_ITSELF = {"page_edit"}
# A page that raises an error on purpose, the forms of choosers that offer none, and a second way to act on pages: no
# screen uses it, and it knows neither translators' limits nor that several people write (an old version replaces all).
CLOSED = {
    "wagtailadmin_api:pages:action",
    "wagtailadmin_error_test",
    "clip_chooser:create",
    "wagtailsnippetchoosers_home_theme:create",
    "wagtailsnippetchoosers_home_person:create",
    "wagtailsnippetchoosers_home_fundingprogramme:create",
}
# Wagtail asks for a right where pictures are chosen, but not here, where one in a text gets its format.
FORMAT_OF_PICTURE = "wagtailimages_chooser:select_format"
# Reports that name pages of the whole site.
ABOUT_ALL_PAGES = {"wagtailadmin_reports:page_types_usage", "wagtailadmin_reports:page_types_usage_results"}


class AdminGuardMiddleware:
    """Admits to an address of the admin that names a page only those who may see the page in the admin."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, _view: Any, _args: Any, kwargs: dict[str, Any]) -> HttpResponse | None:
        match = request.resolver_match
        if not request.path.startswith(reverse("wagtailadmin_home")) or not request.user.is_authenticated:
            return None
        if request.method in ("GET", "HEAD"):
            request.user.publishable_clips = PublishableClips(request.user)
        if match.view_name in CLOSED:
            return not_found_page(request)
        if match.view_name in ABOUT_ALL_PAGES and not may_see_all_pages(request.user):
            return permission_denied(request)
        if match.view_name == FORMAT_OF_PICTURE and not may_see_picture(request, kwargs["image_id"]):
            return permission_denied(request)
        named = [kwargs[name] for name in PAGE_PARAMETERS if name in kwargs]
        if match.view_name in CHOOSERS:
            named += [int(pk) for pk in request.GET.getlist("id") if pk.isascii() and pk.isdigit()]
            allowed = may_name_all(request, set(named))
        else:
            allowed = match.view_name in ASKS_BY_ITSELF or all(may_see_in_admin(request.user, pk) for pk in named)
        if allowed:
            return None
        return permission_denied(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """400 for what no form of the site sends."""
        return incomplete.answer(request, exception)


@hooks.register("construct_reports_menu")
def hide_reports_about_all_pages(request: HttpRequest, items: list[MenuItem]) -> None:
    """The menu offers what ``AdminGuardMiddleware`` admits to."""
    if not may_see_all_pages(request.user):
        items[:] = [item for item in items if item.name != "page-types-usage"]


def may_see_all_pages(user: Any) -> bool:
    """Whether ``user`` has a right on the root of the pages."""
    held = page_permission_policy.get_cached_permissions_for_user(user)
    return user.is_superuser or any(permission.page.is_root() for permission in held)


def may_name_all(request: HttpRequest, keys: set[int]) -> bool:
    """Whether there are pages of these keys, all of which the person may link to."""
    possible = [key for key in keys if key <= BigIntegerField.MAX_BIGINT]
    found = nameable_pages(Page.objects.filter(pk__in=possible), request.user, request)
    return found.count() == len(keys)


def may_see_in_admin(user: Any, page_pk: int) -> bool:
    """Whether ``user`` has any right on the page, or on one below it, or reviews it in a workflow."""
    if page_permission_policy.explorable_instances(user).filter(pk=page_pk).exists():
        return True
    page = Page.objects.filter(pk=page_pk).first()
    return page is not None and page.permissions_for_user(user).can_edit()


def may_see_picture(request: HttpRequest, picture_pk: int) -> bool:
    """Whether the person may choose the picture, or sees it on the site. Not for one that does not exist."""
    picture = with_upload_facts(Picture.objects.filter(pk=picture_pk), request).first()
    if picture is None:
        return False
    audience = upload_audience(picture, request, is_used_in_sight=picture.is_used_in_sight)
    return audience is not UploadAudience.NOBODY
