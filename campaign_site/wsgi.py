"""The entry point for web servers: ``campaign_site.wsgi:application``."""

import os

from django.core.wsgi import get_wsgi_application

from campaign_site.bad_requests import without_odd_charsets

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "campaign_site.settings.production")

application = without_odd_charsets(get_wsgi_application())
