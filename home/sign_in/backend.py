"""The first authentication backend: it knows nobody, and lets nobody on to the next one who has to wait.

So every way to sign in is slowed down that asks Django's ``authenticate``, whichever form or header it began with.
"""

from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from home.sign_in.attempts import account_key, begin_attempt, forget_failures, sender_keys, take_back

_SIGN_IN = "sign in"


class SlowedSignIn:
    """Counts each attempt; the request of one that has to wait gets ``sign_in_wait_s``."""

    def authenticate(
        self, request: HttpRequest | None, username: str | None = None, password: str | None = None, **credentials: Any
    ) -> None:
        """None, for the next backend to look at the password. Raises PermissionDenied while a pause lasts."""
        if username is None:
            username = credentials.get(get_user_model().USERNAME_FIELD)
        if username is None or password is None:
            return
        if wait_s := begin_attempt([account_key(username), *sender_keys(request, _SIGN_IN)]):
            if request is not None:
                request.sign_in_wait_s = wait_s
            raise PermissionDenied


def forget_failed_sign_ins(request: HttpRequest | None, user: AbstractBaseUser, **_facts: Any) -> None:
    """Receiver of ``user_logged_in``. The sender's other failures stay: one's own account must not pay for guesses."""
    forget_failures(account_key(user.get_username()))
    take_back(sender_keys(request, _SIGN_IN))
