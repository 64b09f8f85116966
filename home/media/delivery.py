"""Sending one stored file: whole or a range, handed to the web server as a file, or by the server in front.

The web server sends a file that it is handed (WSGI's ``file_wrapper``) from its main loop: a slow reader costs no
thread. It wants something that can be positioned, so a range is a file of its own: ``FileSlice``.

With the setting ``MEDIA_ACCEL`` (a prefix such as ``/protected/``) the bytes that players ask for are only decided
about here; nginx sends them after ``X-Accel-Redirect``, a range too. It has its own mind about what nobody's player
asks for (HEAD with a range, several ranges, ranges that are none, If-Match), and writes pages of its own where there is
nothing to send. So these are answered from here, as without it. The prefix is for published media; editors' pictures,
which are small and stored elsewhere, are sent from here all the same.
"""

from datetime import datetime
from hashlib import sha256
from io import SEEK_CUR, SEEK_END, SEEK_SET
from typing import BinaryIO
from urllib.parse import quote

from django.conf import settings
from django.core.files.storage import Storage, storages
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotModified
from django.utils.http import http_date, parse_etags, parse_http_date_safe, quote_etag

from home.media.ranges import ContentRange, UnsatisfiableRangeError, parse_range
from home.refusal import not_found_text
from media_pipeline import api

CHUNK_BYTES = 64 * 1024

# Browsers keep what can never change; caches in between do not, so that a withdrawn clip is gone everywhere at once.
CACHE_IMMUTABLE = "private, max-age=86400, immutable"
CACHE_SHORT = "private, max-age=30"
CACHE_NEVER = "private, no-store"

CONTENT_TYPES = {
    "m3u8": "application/vnd.apple.mpegurl",
    "mp4": "video/mp4",
    "m4s": "video/iso.segment",
    "m4a": "audio/mp4",
    **{each.extension: f"{each.media_type}; charset=utf-8" for each in api.DOWNLOAD_FORMATS},
    "txt": "text/plain; charset=utf-8",
    "webp": "image/webp",
    "avif": "image/avif",
    "jpg": "image/jpeg",
}


class FileSlice:
    """``length`` bytes of an open file from ``first``, as a file to read: it begins and ends where the slice does."""

    def __init__(self, handle: BinaryIO, first: int, length: int) -> None:
        self.handle, self.first, self.length = handle, first, length
        self.seek(0)

    def seekable(self) -> bool:
        """Whether ``seek`` may be called: it may."""
        return True

    def tell(self) -> int:
        """Position in the slice."""
        return self.handle.tell() - self.first

    def seek(self, offset: int, whence: int = SEEK_SET) -> int:
        """Go to a position in the slice, counted as files count."""
        start = {SEEK_SET: 0, SEEK_CUR: self.tell(), SEEK_END: self.length}[whence]
        return self.handle.seek(self.first + start + offset) - self.first

    def read(self, size: int = -1) -> bytes:
        """Read at most ``size`` bytes, or all that is left of the slice."""
        left = max(0, self.length - self.tell())
        return self.handle.read(left if size < 0 else min(size, left))

    def close(self) -> None:
        """Give the file back; harmless when it already was."""
        self.handle.close()


class FileSliceResponse(FileResponse):
    """A slice of a file, which the server may take over; else it is read in chunks."""

    block_size = CHUNK_BYTES


def content_type(name: str) -> str:
    """Content type of a file a package can hold."""
    return CONTENT_TYPES.get(name.rpartition(".")[2], "application/octet-stream")


def has_current_version(request: HttpRequest, etag: str) -> bool:
    """Whether the visitor already has this version."""
    known = parse_etags(request.headers.get("If-None-Match", ""))
    return "*" in known or any(tag.removeprefix("W/") == etag for tag in known)


def send_text(request: HttpRequest, text: str, kind: str, cache: str) -> HttpResponseBase:
    """Send a composed text with an ETag of its content; 304 when the visitor has it."""
    body = text.encode()
    etag = quote_etag(sha256(body).hexdigest()[:32])
    unchanged = has_current_version(request, etag)
    response = HttpResponseNotModified() if unchanged else HttpResponse(body, content_type=CONTENT_TYPES[kind])
    response["ETag"], response["Cache-Control"] = etag, cache
    return response


def send_file(
    request: HttpRequest, storage: Storage, name: str, *, etag: str, modified: datetime, cache: str
) -> HttpResponseBase:
    """Send ``name`` of ``storage`` as GET or HEAD: 200, 206, 304, 416, or 404 when the file is missing."""
    etag = quote_etag(etag)
    if has_current_version(request, etag):
        return _with_headers(HttpResponseNotModified(), name, etag, modified, cache)
    try:
        size = storage.size(name)
        part = _wanted_part(request, size, etag, modified)
        if _is_for_proxy(request, storage, part):
            response = _with_headers(_by_proxy(name), name, etag, modified, cache)
            if part is None:
                del response["Accept-Ranges"]  # nginx says so by itself, where it sends the whole
            return response
        response = _body(request, storage, name, part or ContentRange(0, size - 1, size))
    except UnsatisfiableRangeError:
        response = HttpResponse(status=416, content_type="text/plain", headers={"Content-Range": f"bytes */{size}"})
        return _with_headers(response, name, etag, modified, "no-store")
    except FileNotFoundError:
        return not_found_text(request)
    if part:
        response.status_code = 206
        response["Content-Range"] = part.content_range
    return _with_headers(response, name, etag, modified, cache)


def _wanted_part(request: HttpRequest, size: int, etag: str, modified: datetime) -> ContentRange | None:
    """The range to send. ``If-Range`` with another version means: send it all."""
    condition = request.headers.get("If-Range", "").strip()
    if condition.startswith(('"', "W/")):
        same = condition == etag  # strong comparison: a weak tag never matches
    elif condition:
        same = parse_http_date_safe(condition) == int(modified.timestamp())
    else:
        same = True
    return parse_range(request.headers.get("Range", ""), size) if same and request.method == "GET" else None


def _is_for_proxy(request: HttpRequest, storage: Storage, part: ContentRange | None) -> bool:
    """Whether the server in front is there to send this, and would do as we do."""
    if not settings.MEDIA_ACCEL or storage is not storages["published"] or request.method != "GET":
        return False
    asked = request.headers
    return (part is not None or "Range" not in asked) and not {"If-Match", "If-Unmodified-Since"} & asked.keys()


def _by_proxy(name: str) -> HttpResponseBase:
    response = HttpResponse(content_type=content_type(name))
    response["X-Accel-Redirect"] = settings.MEDIA_ACCEL + quote(name)
    return response


def _body(request: HttpRequest, storage: Storage, name: str, part: ContentRange) -> HttpResponseBase:
    if request.method == "HEAD":
        response: HttpResponseBase = HttpResponse(content_type=content_type(name))
    else:
        handle = storage.open(name, "rb")
        response = FileSliceResponse(FileSlice(handle, part.first, part.length), content_type=content_type(name))
    response["Content-Length"] = str(part.length)
    return response


def _with_headers(response: HttpResponseBase, name: str, etag: str, modified: datetime, cache: str) -> HttpResponseBase:
    response["Accept-Ranges"] = "bytes"
    response["ETag"] = etag
    response["Last-Modified"] = http_date(modified.timestamp())
    response["Cache-Control"] = cache
    response["X-Content-Type-Options"] = "nosniff"
    return response
