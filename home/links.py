"""Addresses: media of a clip, its short link, and the absolute address of the site."""

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from media_pipeline.models import Caption, Clip, Poster

# A clip's public id in the pattern of an address: base 58, eleven characters.
PUBLIC_ID_PATTERN = r"(?P<public_id>[1-9A-HJ-NP-Za-km-z]{11})"


def base_url(request: HttpRequest | None = None) -> str:
    """Scheme and host without a closing slash: of the request, else of the setting ``BASE_URL``."""
    if request is None or getattr(request, "is_dummy", False):
        return settings.BASE_URL.rstrip("/")
    return f"{request.scheme}://{request.get_host()}"


def permanent_url(clip: Clip) -> str:
    """The short link that outlives every slug."""
    return reverse("clip_redirect", args=[clip.public_id])


def playlist_url(clip: Clip) -> str:
    """The multivariant playlist."""
    return reverse("media_playlist", args=[clip.public_id])


def download_url(clip: Clip) -> str:
    """The MP4 for download and as fallback."""
    return reverse("media_download", args=[clip.public_id])


def captions_url(clip: Clip, caption: Caption, extension: str = "vtt") -> str:
    """One caption track in the format with this extension; WebVTT is what players read."""
    return reverse("media_captions", args=[clip.public_id, caption.language, caption.kind, extension])


def storyboard_url(clip: Clip) -> str:
    """The WebVTT that maps times to tiles."""
    return reverse("media_storyboard", args=[clip.public_id])


def poster_url(clip: Clip, poster: Poster, width: int, image_format: str) -> str:
    """A poster in one width and format; the address is that of this package."""
    return reverse(
        "media_file", args=[clip.public_id, poster.package.key, poster_file_name(poster, width, image_format)]
    )


def permanent_poster_url(clip: Clip, width: int, image_format: str) -> str:
    """The clip's poster, whichever it is then; the address lasts."""
    return reverse("media_poster", args=[clip.public_id, width, image_format])


def poster_file_name(poster: Poster, width: int, image_format: str) -> str:
    """File of a poster in one width and format, in its package's folder."""
    return f"{poster.prefix}-{width}.{image_format}"
