"""Settings with this room and what it stands on, and nothing else: no Wagtail, no pages, no addresses.

Worker processes of the tests use them. They start faster, and they prove that the room needs no other.
"""

import os

from campaign_site.settings.dev import *  # noqa: F403
from campaign_site.settings.dev import MEDIA_PIPELINE

INSTALLED_APPS = [
    "modeltranslation",
    "media_pipeline.apps.MediaPipelineConfig",
    "django_tasks_db",
    "django.contrib.auth",
    "django.contrib.contenttypes",
]
MIDDLEWARE = []
# A test that waits for a lease to end must not wait a minute.
MEDIA_PIPELINE = {
    **MEDIA_PIPELINE,
    "LEASE_S": float(os.environ.get("LEASE_S", "60")),
    "HEARTBEAT_S": 1.0,
    "REAP_S": 1.0,
}
if not os.environ.get("AS_SHIPPED"):
    # The plainest way through the steps, in one process: most tests are about the worker, not about the film.
    MEDIA_PIPELINE |= {"CODECS": ("h264",), "COPY_WEB_FIT": False, "PREVIEW": False, "QUICK_WORKERS": 0}
