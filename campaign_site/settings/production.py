"""A public site behind HTTPS. What has no safe default must be given, and the start stops until it is."""

from urllib.parse import urlsplit

from campaign_site.env import SettingError
from campaign_site.settings.base import *  # noqa: F403
from campaign_site.settings.base import ENV, MEDIA_PIPELINE

if not ENV.secret_key:
    raise SettingError("SECRET_KEY must be set in production: at least 50 random characters. Don't share it.")
if not ENV.base_url.startswith("https://"):
    raise SettingError("BASE_URL must be set in production and must start with https://.")
if ENV.debug:
    raise SettingError("DEBUG must be no in production: its error pages show secrets.")

SECRET_KEY = ENV.secret_key
ALLOWED_HOSTS = [urlsplit(ENV.base_url).hostname, *ENV.allowed_hosts]
CSRF_TRUSTED_ORIGINS = [ENV.base_url]

SECURE_SSL_REDIRECT = True
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]  # monitors and the supervisor ask on the machine itself, without TLS
SECURE_HSTS_SECONDS = ENV.hsts_seconds
# A promise for other hosts of a city, and for ever, is only given by who names it.
SECURE_HSTS_INCLUDE_SUBDOMAINS = ENV.hsts_scope in ("subdomains", "preload")
SECURE_HSTS_PRELOAD = ENV.hsts_scope == "preload"
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]  # ask for those two
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
if ENV.behind_proxy:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

# rlimits alone do not hold an attacker: only somebody who names that tier shall run with it.
MEDIA_PIPELINE = MEDIA_PIPELINE | {"ALLOW_WEAK_SANDBOX": ENV.sandbox == "rlimits"}
