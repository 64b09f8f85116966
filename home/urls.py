"""Addresses that carry no language: media, short links and what programs ask for."""

from django.urls import include, path, re_path

from home import refusal
from home.links import PUBLIC_ID_PATTERN
from home.media import captions, documents, files, images, playlists, stills
from home.views import clip_redirect, health, language_root, robots, sitemap
from media_pipeline import api

TRACK = r"(?P<language>[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*)\.(?P<kind>subtitles|captions|descriptions)"
CAPTION_EXTENSIONS = "|".join(each.extension for each in api.DOWNLOAD_FORMATS)

# One clip's files, below its public id.
media_patterns = [
    re_path(r"^master\.m3u8$", playlists.multivariant_playlist, name="media_playlist"),
    re_path(rf"^subs/{TRACK}\.m3u8$", playlists.caption_playlist, name="media_subtitles"),
    re_path(rf"^captions/{TRACK}\.(?P<ending>{CAPTION_EXTENSIONS})$", captions.caption_track, name="media_captions"),
    re_path(r"^storyboard\.vtt$", stills.storyboard_track, name="media_storyboard"),
    re_path(
        r"^poster-(?P<width>[1-9][0-9]{1,4})\.(?P<ending>avif|webp|jpg)$", stills.poster_image, name="media_poster"
    ),
    re_path(r"^download\.mp4$", files.download_mp4, name="media_download"),
    re_path(r"^(?P<key>[0-9a-f]{8,32})/(?P<name>[A-Za-z0-9._/-]{1,150})$", files.package_file, name="media_file"),
]

urlpatterns = [
    path("", language_root.redirect_to_language, name="root"),
    path("healthz", health.healthz, name="health"),
    path("robots.txt", robots.robots_txt, name="robots"),
    path("sitemap.xml", sitemap.sitemap, name="sitemap"),
    re_path(rf"^c/{PUBLIC_ID_PATTERN}/$", clip_redirect.clip_redirect, name="clip_redirect"),
    re_path(rf"^media/{PUBLIC_ID_PATTERN}/", include(media_patterns)),
    # The address that Wagtail gives its documents; ``campaign_site.urls`` asks here first.
    re_path(r"^documents/([0-9]{1,18})/([^/]*)$", documents.serve_document, name="document"),
    # Not Wagtail's view of the same address, which takes numbers of any length.
    re_path(r"^documents/[0-9].*$", refusal.not_found_text),
    path("uploads/<path:name>", images.uploaded_image, name="upload"),
    # Nothing below this prefix is ever a page.
    re_path(r"^media/.*$", refusal.not_found_text),
]
