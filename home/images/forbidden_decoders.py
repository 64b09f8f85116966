"""Decoders of HEIC and AVIF, which only the process with limits may use (``home.images.open_image``).

Both are large C libraries in which uploaded pictures have been used to run code. In a process that holds the database
and the site's secrets they can't be imported at all, so no library finds them by itself: Willow imports pillow-heif
wherever it is installed, and Pillow its reader of AVIF.
"""

import sys

FORBIDDEN_DECODERS = ("pillow_heif", "_pillow_heif", "PIL._avif")


def forbid_decoders() -> None:
    """Let the import of each fail as if it were not installed; None in ``sys.modules`` is Python's way to say so."""
    for name in FORBIDDEN_DECODERS:
        sys.modules[name] = None  # type: ignore[assignment]
