"""The first account: made only when nobody can sign in, with a random password, shown once and kept in a file."""

import os
import secrets
from pathlib import Path

import django

PASSWORD_BYTES = 12  # 16 characters, 96 bits


def make_first_account() -> bool:
    """Make the administrator ``admin`` in an archive without accounts; return whether one was made."""
    from django.apps import apps
    from django.conf import settings
    from django.contrib.auth import get_user_model

    from campaign_site.setup.firstrun import ACCOUNT_FILE, DEMO_WANTED_FILE

    users = get_user_model().objects
    if users.exists():
        return False
    password = secrets.token_urlsafe(PASSWORD_BYTES)
    write_private(settings.DATA_DIR / ACCOUNT_FILE, f"user: admin\npassword: {password}\n")
    # Before the account: interrupted after it, the next start would find accounts and never fill the archive.
    if apps.is_installed("demo"):
        (settings.DATA_DIR / DEMO_WANTED_FILE).touch()
    users.create_superuser("admin", password=password)
    return True


def write_private(path: Path, text: str) -> None:
    """Write a file that only its owner may read, even while it is being written."""
    path.unlink(missing_ok=True)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(text)


if __name__ == "__main__":
    django.setup()
    make_first_account()
