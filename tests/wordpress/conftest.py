"""The archive that the school embeds: served on loopback, emptied after the module like those of the browser tests."""

from tests.browser.conftest import folders, transactional_db

__all__ = ["folders", "transactional_db"]
