"""The answer to a body that is not taken: a sentence in the sender's language, in plain text."""

from collections.abc import Callable
from enum import Enum
from http import HTTPStatus

from django.http import HttpRequest
from django.utils import translation
from django.utils.translation import gettext as _
from waitress.utilities import Error

from media_pipeline import api


class BodyRefusal(Enum):
    """Why a body is not taken. The value is what says so, called in the sender's language, after the status."""

    NOT_SIGNED_IN = (
        HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
        lambda: _("This is too much to send without signing in. Sign in, then try again."),
    )
    TOO_LARGE = HTTPStatus.REQUEST_ENTITY_TOO_LARGE, lambda: _error_text(api.ErrorCode.TOO_LARGE)
    TOO_MANY = (
        HTTPStatus.SERVICE_UNAVAILABLE,
        lambda: _("Too many uploads are arriving right now. Try again in a few minutes."),
    )
    NO_SPACE = HTTPStatus.INSUFFICIENT_STORAGE, lambda: _error_text(api.ErrorCode.DISK_FULL)
    UNKNOWN = HTTPStatus.SERVICE_UNAVAILABLE, lambda: _error_text(api.ErrorCode.INTERNAL)


def _error_text(code: api.ErrorCode) -> str:
    text = api.upload_error_message(code)
    return f"{text.message} {text.advice}"


class RefusedBodyError(Error):
    """What waitress answers with in place of the site. ``languages`` is the header ``Accept-Language``."""

    def __init__(self, refusal: BodyRefusal, languages: str) -> None:
        status, self.say = refusal.value
        self.code, self.reason = status.value, status.phrase
        self.languages = languages
        super().__init__(refusal.name)

    say: Callable[[], str]

    def to_response(self, ident: str | None = None) -> tuple[str, list[tuple[str, str]], bytes]:
        """Status line, headers and body; called in a thread of its own."""
        request = HttpRequest()
        request.META["HTTP_ACCEPT_LANGUAGE"] = self.languages
        language = translation.get_language_from_request(request)
        with translation.override(language):
            body = f"{self.say()}\n".encode()
        headers = [
            ("Content-Type", "text/plain; charset=utf-8"),
            ("Content-Language", language),
            ("Cache-Control", "no-store"),
        ]
        return f"{self.code} {self.reason}", headers, body
