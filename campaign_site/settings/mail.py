"""Mail: a server by address, or the log where there is none."""

from typing import Any
from urllib.parse import unquote, urlsplit

SMTP_PORTS = {"smtp": 25, "smtp+tls": 587, "smtps": 465}
SMTP_TIMEOUT_S = 15  # a request waits for the mail to be taken


def mail_server(url: str) -> dict[str, Any]:
    """Return Django's EMAIL settings for ``url``; without one, mails are printed where the log goes."""
    if not url:
        return {"EMAIL_BACKEND": "django.core.mail.backends.console.EmailBackend"}
    parts = urlsplit(url)
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": parts.port or SMTP_PORTS[parts.scheme],
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_TLS": parts.scheme == "smtp+tls",
        "EMAIL_USE_SSL": parts.scheme == "smtps",
        "EMAIL_TIMEOUT": SMTP_TIMEOUT_S,
    }
