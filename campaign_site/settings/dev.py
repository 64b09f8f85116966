"""One machine, one person or a small office: what ``make run`` starts."""

from urllib.parse import urlsplit

from campaign_site.settings.base import *  # noqa: F403
from campaign_site.settings.base import BASE_URL, DATA_DIR, ENV, STORAGES
from campaign_site.settings.secret import kept_secret

DEBUG = ENV.debug
SECRET_KEY = ENV.secret_key or kept_secret(DATA_DIR)
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]", urlsplit(BASE_URL).hostname, *ENV.allowed_hosts]
CSRF_TRUSTED_ORIGINS = [BASE_URL]
if DEBUG:
    # For who edits styles and scripts: static files come from where they stand, and a reload shows the change.
    STORAGES = STORAGES | {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
    WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = True
