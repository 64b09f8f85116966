"""The same archive as for the rooms below, in the site's language."""

from tests.home.conftest import archive, clip_page, files, own_language

__all__ = ["archive", "clip_page", "files", "own_language"]
