"""Where passwords are entered, at Wagtail's own addresses and under their names."""

from typing import Any

from django.contrib.auth import views as auth_views
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST
from wagtail.admin.views.account import LogoutView, PasswordResetConfirmView, PasswordResetView
from wagtail.models import CollectionViewRestriction, Page, PageViewRestriction

from home.page_access import page_access
from home.sign_in.forms import PagePasswordForm, SignInForm


class VisitorSignInView(auth_views.LoginView):
    """Sign-in for a page that only some people may see."""

    template_name = "wagtailcore/login.html"
    authentication_form = SignInForm
    next_page = "root"  # for who was asked for by no page


# Wagtail's view takes the session's cookie away even where Django's refuses a link: whoever follows one would be out.
sign_out = never_cache(require_POST(LogoutView.as_view()))


class PasswordMailView(PasswordResetView):
    """Wagtail's, whose form learns who asks."""

    def get_form(self, form_class: Any = None) -> Any:
        form = super().get_form(form_class)
        form.request = self.request
        return form


class PasswordByMailView(PasswordResetConfirmView):
    """Wagtail's, but whoever came by the mail is signed in: no pause for the account can keep its owner out."""

    post_reset_login = True
    post_reset_login_backend = "django.contrib.auth.backends.ModelBackend"

    def get_success_url(self) -> str:
        """The admin, for those who may enter it."""
        return reverse("wagtailadmin_home") if self.request.user.has_perm("wagtailadmin.access_admin") else "/"


@never_cache
def enter_page_password(request: HttpRequest, page_view_restriction_id: int, page_id: int) -> HttpResponse:
    """The password of a page, and the page behind it. Never another page: the answer says its address."""
    restriction = get_object_or_404(PageViewRestriction, pk=page_view_restriction_id)
    page = get_object_or_404(Page, pk=page_id).specific
    access = page_access(request)
    if restriction.pk not in access.restrictions_above(page.path) or not access.is_published(page.path, page.live):
        raise Http404
    form = _password_form(request, restriction)
    if form.is_valid():
        return _let_in(request, form, page.get_url(request) or "/")
    action_url = reverse("wagtailcore_authenticate_with_password", args=[restriction.pk, page.pk])
    return page.serve_password_required_response(request, form, action_url)


@never_cache
def enter_collection_password(request: HttpRequest, restriction_id: int) -> HttpResponse:
    """The password of a collection, and the document in it that was asked for."""
    restriction = get_object_or_404(CollectionViewRestriction, pk=restriction_id)
    form = _password_form(request, restriction)
    if form.is_valid():
        return _let_in(request, form, "/")
    action_url = reverse("wagtaildocs_authenticate_with_password", args=[restriction.pk])
    context = {"form": form, "action_url": action_url}
    return TemplateResponse(request, "wagtaildocs/password_required.html", context)


def _password_form(request: HttpRequest, restriction: Any) -> PagePasswordForm:
    return PagePasswordForm(request.POST if request.method == "POST" else None, instance=restriction, request=request)


def _let_in(request: HttpRequest, form: PagePasswordForm, otherwise: str) -> HttpResponse:
    wanted = form.cleaned_data["return_url"]
    form.restriction.mark_as_passed(request)
    allowed = url_has_allowed_host_and_scheme(wanted, request.get_host(), request.is_secure())
    return redirect(wanted if allowed else otherwise)
