"""The first account: made only when nobody can sign in, with a random password, shown once and kept in a file."""

import secrets

import django
from django.apps import apps
from django.conf import settings
from django.contrib.auth import get_user_model

from campaign_site.setup.firstrun import ACCOUNT_FILE, DEMO_WANTED_FILE

PASSWORD_BYTES = 12  # 16 characters, 96 bits


def make_first_account() -> bool:
    """Make the administrator ``admin`` in an archive without accounts; return whether one was made."""
    users = get_user_model().objects
    if users.exists():
        return False
    password = secrets.token_urlsafe(PASSWORD_BYTES)
    file = settings.DATA_DIR / ACCOUNT_FILE
    file.unlink(missing_ok=True)
    file.touch(mode=0o600, exist_ok=False)  # its owner's alone, even while it is being written
    file.write_text(f"user: admin\npassword: {password}\n", encoding="utf-8")
    # Before the account: interrupted after it, the next start would find accounts and never fill the archive.
    if apps.is_installed("demo"):
        (settings.DATA_DIR / DEMO_WANTED_FILE).touch()
    users.create_superuser("admin", password=password)
    return True


if __name__ == "__main__":
    django.setup()
    make_first_account()
