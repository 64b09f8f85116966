"""Uploaded images are opened in a process with limits; the web process gets a clean image, or the reason why not."""

import json
from dataclasses import dataclass

from home.upload_errors import FileCode, RefusedFileError
from home.upload_inspection import inspect_upload
from media_pipeline import api

# Of 64 million pixels an AVIF with transparency takes most, 1.1 GB; a HEIC takes 0.5, and 1.0 in HDR. The slowest
# encoder needs 20 s.
REENCODING_LIMITS = api.ProcessLimits(
    wall_s=45, cpu_s=30, memory_bytes=2 << 30, file_bytes=1 << 20, stdout_bytes=64 << 20
)


@dataclass(frozen=True)
class CleanedImage:
    """A re-encoded image: its bytes, usual file extension, content type and size in pixels."""

    data: bytes
    extension: str
    content_type: str
    width: int
    height: int


def clean_image(data: bytes) -> CleanedImage:
    """Re-encode the image in ``data``. Of an animation only the first frame is kept.

    Raises RefusedFileError: file_empty, not_an_image, image_is_video, image_format, image_too_large, image_too_small,
    image_damaged.
    """
    if not data:
        raise RefusedFileError(FileCode.FILE_EMPTY)
    printed = inspect_upload(
        "home.images.reencode",
        data,
        REENCODING_LIMITS,
        unreadable=FileCode.IMAGE_DAMAGED,
        too_much_work=FileCode.IMAGE_TOO_LARGE,
    )
    line, _break, image = printed.partition(b"\n")
    facts = json.loads(line)
    if refused := facts.get("refused"):
        code, detail = refused
        raise RefusedFileError(FileCode(code), detail)
    return CleanedImage(image, **facts)
