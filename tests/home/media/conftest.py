"""The clip that the tests of media ask for."""

import pytest


@pytest.fixture
def clip(clip_page):
    return clip_page.clip
