"""Clips are uploaded side by side, and each takes its time."""

import pytest

from home.editing.clip_page_draft import create_clip_page
from home.models import CityPage
from tests.home.archive import new_clip

pytestmark = pytest.mark.postgres


def test_two_clips_uploaded_to_one_city_at_once_both_get_their_page(archive):
    pk = archive.city().pk
    # Both forms were read before either clip had arrived.
    one, two = CityPage.objects.get(pk=pk), CityPage.objects.get(pk=pk)
    pages = [create_clip_page(new_clip(), city, headline="Label", language="en") for city in (one, two)]
    assert [page.slug for page in pages] == ["label", "label-2"]
    assert [page.pk for page in CityPage.objects.get(pk=pk).get_children()] == [page.pk for page in pages]
