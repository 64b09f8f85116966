"""The browsers and the served site of the other browser tests."""

from tests.browser.conftest import folders, served, transactional_db, visit

__all__ = ["folders", "served", "transactional_db", "visit"]
