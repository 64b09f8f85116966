"""Wagtail's forms that ask for a password, which say how long to wait after failures."""

import math
from collections.abc import Callable
from threading import Thread
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy, override
from django.utils.translation import gettext as _
from wagtail.admin.forms.auth import LoginForm, PasswordChangeForm, PasswordResetForm
from wagtail.forms import PasswordViewRestrictionForm

from home.i18n.durations import spoken_duration
from home.sign_in.attempts import account_key, begin_attempt, page_keys, reset_mail_key, sender_keys, take_back

PAUSED = "paused"
MAIL_THREAD = "mail"
# Translators: time is e.g. "45 seconds" or "4 minutes", in the nominative.
_PLEASE_WAIT = gettext_lazy("Too many attempts. Please wait: %(time)s.")
_WAIT_OR_MAIL = gettext_lazy(
    "Too many attempts. Please wait: %(time)s. Or reset your password: the link in the email signs you in."
)
_MAIL_SENT = gettext_lazy(
    "This was requested several times. Please use the link in the latest email, or wait: %(time)s."
)


def pause_error(wait_s: int, sentence: str | Promise = _PLEASE_WAIT) -> ValidationError:
    """What people read while a pause lasts; full minutes from the first one on."""
    shown_s = wait_s if wait_s < 60 else math.ceil(wait_s / 60) * 60
    return ValidationError(sentence, code=PAUSED, params={"time": spoken_duration(shown_s)})


class SignInForm(LoginForm):
    """With a label of the password in every language, which Wagtail's has in English alone."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"].label = _("Password")

    def get_invalid_login_error(self) -> ValidationError:
        """Why the sign-in failed: a pause, whatever the password, or name and password that do not match."""
        wait_s = getattr(self.request, "sign_in_wait_s", 0)
        return pause_error(wait_s, _WAIT_OR_MAIL) if wait_s else super().get_invalid_login_error()


class PasswordMailForm(PasswordResetForm):
    """Sends no more mails to an address than somebody needs who waits for one; unknown addresses count alike.

    ``request`` is that of the view, which Wagtail's form gets only when it saves.
    """

    request: HttpRequest | None = None

    def clean_email(self) -> str:
        """The address, counted."""
        address: str = self.cleaned_data["email"]
        if wait_s := begin_attempt([reset_mail_key(address), *sender_keys(self.request, "reset mail")]):
            raise pause_error(wait_s, _MAIL_SENT)
        return address

    def send_mail(self, *args: Any, **kwargs: Any) -> None:
        """Send while the answer is on its way: a mail server takes seconds, and would say who has an account."""
        Thread(target=_in_language, args=(get_language(), super().send_mail, args, kwargs), name=MAIL_THREAD).start()


def _in_language(language: str, send: Callable[..., None], args: tuple, kwargs: dict[str, Any]) -> None:
    with override(language):
        send(*args, **kwargs)


class SlowedPasswordChangeForm(PasswordChangeForm):
    """Asks for the old password, which whoever found an open browser may guess."""

    def clean_old_password(self) -> str:
        """The old password, when it is right."""
        key = account_key(self.user.get_username(), "change password")
        if wait_s := begin_attempt([key]):
            raise pause_error(wait_s)
        password: str = super().clean_old_password()
        take_back([key])
        return password


class PagePasswordForm(PasswordViewRestrictionForm):
    """The password of a page or a collection. ``request`` is that of the visitor who enters it."""

    return_url = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, request: HttpRequest, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.request = request

    def clean_password(self) -> str:
        """The password, when it is right."""
        keys = page_keys(self.restriction, self.request)
        if wait_s := begin_attempt(keys):
            raise pause_error(wait_s)
        password: str = super().clean_password()
        take_back(keys)
        return password


def use_slowed_password_change_form() -> None:
    """Make the account page use the form; Wagtail has no setting for it."""
    from wagtail.admin.views.account import ChangePasswordPanel

    ChangePasswordPanel.form_class = SlowedPasswordChangeForm
