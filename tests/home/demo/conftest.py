"""The demo, loaded once into a test's own database and folders."""

import pytest
from wagtail.models import Page

from home.demo.load import load
from tests.home import archive as building


@pytest.fixture
def bare(db, files):
    """A site as Wagtail's own migrations leave it: a root, and nothing of ours."""
    if Page.get_first_root_node() is None:
        building._root()
    return files


@pytest.fixture
def demo(bare):
    """The demo without its films."""
    return load()
