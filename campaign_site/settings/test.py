"""Tests: fast hashes, a secret of no value, and a data folder of each process's own that is thrown away."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

FOLDER = Path(tempfile.mkdtemp(prefix="polyphony-tests-"))
OWNER = os.getpid()


def _throw_away() -> None:
    if os.getpid() == OWNER:  # a forked child must not take its parent's folder along
        shutil.rmtree(FOLDER, ignore_errors=True)


atexit.register(_throw_away)
os.environ["DATA_DIR"] = str(FOLDER)

from campaign_site.settings.base import *  # noqa: E402, F403
from campaign_site.settings.base import DATABASES, STORAGES, TASKS  # noqa: E402

SECRET_KEY = "only-for-tests-only-for-tests-only-for-tests-only-for-tests"  # noqa: S105 - opens nothing
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
TASKS["default"]["BACKEND"] = "tests.indexing.WithoutIndexing"
STORAGES = STORAGES | {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
STATIC_ROOT = None
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # A file as in real life: in memory there is no WAL, and threads of a live server would meet other locks.
    DATABASES["default"]["TEST"] = {"NAME": FOLDER / "test.sqlite3"}
