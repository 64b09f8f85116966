"""The files of a package, as long as the visitor may see the clip.

A name from the address never becomes a path: it is compared with the names the package's rows hold.
"""

from uuid import uuid4

from django.core.files.storage import storages
from django.db.models import Q
from django.http import HttpRequest, HttpResponseBase

from home import links
from home.media import delivery, downloads
from home.media.admission import AdmittedClip, require_clip
from home.refusal import not_found_text
from media_pipeline.models import Package, Poster, Storyboard


@require_clip
def package_file(request: HttpRequest, admitted: AdmittedClip, key: str, name: str) -> HttpResponseBase:
    """``/media/<id>/<key>/<name>``: one immutable file. A package that was replaced serves on while its rows exist."""
    package = admitted.package
    if package.key != key:
        package = Package.objects.filter(clip=admitted.clip, key=key).first()
    if package is None or not package_has_file(package, name):
        return not_found_text(request)
    return send_package_file(request, admitted, package, name)


@require_clip
def download_mp4(request: HttpRequest, admitted: AdmittedClip) -> HttpResponseBase:
    """``/media/<id>/download.mp4``: the MP4 of the current package, as a download or as fallback.

    ``?save`` makes it a download under a readable name; without it a browser may play it in place.
    """
    package = admitted.package

    def send() -> HttpResponseBase:
        return send_package_file(request, admitted, package, package.download_name, delivery.CACHE_SHORT)

    return downloads.download_response(request, admitted, ".mp4", send)


def send_package_file(
    request: HttpRequest, admitted: AdmittedClip, package: Package, name: str, cache: str = delivery.CACHE_IMMUTABLE
) -> HttpResponseBase:
    """Send a file whose name was read from a row of ``package``."""
    # What grows is another file each time it is asked for.
    version = uuid4().hex if package.growing else f"{int(package.written_at.timestamp() * 1e6):x}"
    return delivery.send_file(
        request,
        storages["published"],
        f"{admitted.clip.public_id}/{package.key}/{name}",
        etag=f"{package.key}.{version}.{name}",
        modified=package.written_at,
        cache=admitted.cache_control(cache),
    )


def package_has_file(package: Package, name: str) -> bool:
    """Whether a row of the package names this file. At most two queries."""
    if name == package.download_name:
        return True
    if name.endswith((".m3u8", ".mp4", ".m4s", ".m4a")):
        named = Q(media_name=name) | Q(playlist_name=name) | Q(iframe_playlist_name=name)
        return package.renditions.filter(named).exists()
    names = {sheet for board in Storyboard.objects.filter(package=package) for sheet in board.sheets}
    for poster in Poster.objects.filter(package=package):
        names |= {links.poster_file_name(poster, width, ending) for width in poster.widths for ending in poster.formats}
    return name in names
