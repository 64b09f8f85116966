"""Settings with media_pipeline and what it needs, and nothing else: no pages, no images, no admin, no addresses.

Worker processes of the tests use them. They start faster, and they prove that the package needs no other. Of Wagtail
there is its core alone, which has the model of collections (MEDIA_PIPELINE_COLLECTION_MODEL).
"""

import os

from campaign_site.settings.dev import *  # noqa: F403
from campaign_site.settings.dev import MEDIA_PIPELINE

INSTALLED_APPS = [
    "modeltranslation",
    "media_pipeline.apps.MediaPipelineConfig",
    "wagtail",
    "modelsearch",
    "taggit",
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
    # The plainest way through the steps, in one process: most tests are about the worker, not about the video.
    MEDIA_PIPELINE |= {"CODECS": ("h264",), "COPY_WEB_FIT": False, "PREVIEW": False, "QUICK_WORKERS": 0}
