"""A public site behind HTTPS. What has no safe default must be given, and the start stops until it is."""

from campaign_site.settings.base import *  # noqa: F403
from campaign_site.settings.base import ENV

SECRET_KEY = ENV.secret_key
