"""Addresses that other people's pages and machines use. They carry no language; ``?lang=`` does."""

from django.urls import re_path

from exchange.embed import view as embed
from exchange.lesson import views
from exchange.oembed import view as oembed
from exchange.report import view as report
from exchange.share import builder_view, qr
from home.api import PUBLIC_ID_PATTERN

urlpatterns = [
    re_path(rf"^embed/{PUBLIC_ID_PATTERN}/$", embed.embed, name="embed"),
    re_path(rf"^c/{PUBLIC_ID_PATTERN}/use/$", builder_view.builder_page, name="clip_use"),
    re_path(rf"^c/{PUBLIC_ID_PATTERN}/qr\.(?P<ending>svg|png)$", qr.qr_code, name="clip_qr"),
    re_path(rf"^c/{PUBLIC_ID_PATTERN}/files/$", views.lesson_files, name="lesson_files"),
    re_path(rf"^c/{PUBLIC_ID_PATTERN}/transcript/$", views.transcript_page, name="transcript"),
    re_path(rf"^c/{PUBLIC_ID_PATTERN}/transcript\.txt$", views.transcript_text, name="transcript_text"),
    re_path(rf"^c/{PUBLIC_ID_PATTERN}/report/$", report.report_clip, name="report"),
    re_path(r"^oembed/?$", oembed.oembed, name="oembed"),
    re_path(r"^oembed\.(?P<ending>json|xml)$", oembed.oembed, name="oembed_in"),
    # What stands below it is for a frame, also when it is nothing.
    re_path(r"^embed/.*$", embed.embed_not_found),
]
