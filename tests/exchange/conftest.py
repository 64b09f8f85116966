"""The same archive as in the tests of home, in the site's language."""

from tests.home.conftest import archive, clip_page, files

__all__ = ["archive", "clip_page", "files"]
