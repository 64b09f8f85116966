"""Settings with this room and what it stands on, and nothing else: no Wagtail, no pages, no addresses.

Worker processes of the tests use them. They start faster, and they prove that the room needs no other.
"""

from campaign_site.settings.dev import *  # noqa: F403

INSTALLED_APPS = [
    "modeltranslation",
    "media_pipeline.apps.MediaPipelineConfig",
    "django_tasks_db",
    "django.contrib.auth",
    "django.contrib.contenttypes",
]
MIDDLEWARE = []
