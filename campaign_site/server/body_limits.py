"""How large the body of a request may be, by where it goes and who sends it.

waitress takes a whole body before it asks the site anything, so the header decides. Without the cookie of a session
nobody is signed in, and a form for everybody (signing in, the password of a page) is small: that fits into memory, and
more is refused before it is read. A cookie alone proves nothing, since anybody can write one. Whether its session is
that of a person is asked in a thread, as for any request, while the body waits at the sender; nothing that blocks may
be done in the main loop, which serves all connections.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module

from django.conf import settings
from django.contrib.auth import get_user
from django.db import close_old_connections
from django.http import HttpRequest, parse_cookie

STRANGER_BYTES = 32 * 1024


@dataclass(frozen=True)
class BodyLimits:
    """Bytes of a body. ``by_prefix`` is for people who are signed in: the longest prefix of the address counts."""

    by_prefix: Mapping[str, int]
    session_cookie: str
    stranger: int = STRANGER_BYTES

    @classmethod
    def of_site(cls) -> "BodyLimits":
        """Those of the settings."""
        return cls(settings.REQUEST_BODY_LIMITS, settings.SESSION_COOKIE_NAME)

    def for_member(self, path: str) -> int:
        """The most that somebody who is signed in may send to ``path``."""
        prefixes = [prefix for prefix in self.by_prefix if path.startswith(prefix)]
        return self.by_prefix[max(prefixes, key=len)] if prefixes else self.stranger

    def session_key(self, cookies: str) -> str:
        """The key of the session that the header ``Cookie`` names, "" without one."""
        return parse_cookie(cookies).get(self.session_cookie, "")


def is_session_of_member(key: str) -> bool:
    """Whether an active person is signed in by the session with this key. Two queries."""
    close_old_connections()
    try:
        request = HttpRequest()
        request.session = import_module(settings.SESSION_ENGINE).SessionStore(key)
        user = get_user(request)
        return bool(user.is_authenticated and user.is_active)
    finally:
        close_old_connections()
