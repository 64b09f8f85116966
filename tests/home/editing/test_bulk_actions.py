"""Bulk actions on clip pages: what happens to the pages and to their clips."""

import pytest
from django.urls import reverse
from wagtail.contrib.redirects.models import Redirect

from home.access.roles import sync_city_roles
from home.models import ClipPage
from media_pipeline.models import Clip
from tests.home.archive import is_public, person_in, ready_clip


@pytest.fixture
def pages(archive):
    """Two live pages of one city with ready clips that belong to it."""
    city = archive.city("Lille")
    return [archive.clip_page(city, clip=ready_clip(collection=city.collection)) for _ in range(2)]


def bulk(client, action: str, pages, **data):
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", action])
    ids = "&".join(f"id={page.pk}" for page in pages)
    response = client.post(f"{url}?next={reverse('wagtailadmin_home')}&{ids}", data)
    assert (response.status_code, response["Location"]) == (302, reverse("wagtailadmin_home"))


def public(pages) -> list[bool]:
    return [is_public(page.clip) for page in pages]


def test_bulk_unpublish_hides_the_clips_and_bulk_publish_shows_them(editor, pages):
    bulk(editor, "unpublish", pages)
    assert (public(pages), list(ClipPage.objects.live())) == ([False, False], [])
    bulk(editor, "publish", pages)
    assert (public(pages), ClipPage.objects.live().count()) == ([True, True], 2)


def test_bulk_delete_removes_the_pages_and_leaves_the_clips(editor, pages):
    bulk(editor, "delete", pages)
    assert (ClipPage.objects.count(), public(pages)) == (0, [False, False])
    assert Clip.objects.filter(package__isnull=False).count() == 2
    editor.post(reverse("clips:delete", args=[pages[0].clip.pk]))
    assert list(Clip.objects.all()) == [pages[1].clip]


def test_bulk_move_takes_the_pages_along_with_their_old_addresses(editor, archive, pages):
    other, old = archive.city("Leuven"), [page.get_url() for page in pages]
    bulk(editor, "move", pages, chooser=other.pk)
    assert [ClipPage.objects.get(pk=page.pk).get_parent().pk for page in pages] == [other.pk, other.pk]
    assert public(pages) == [True, True]
    assert set(Clip.objects.values_list("collection", flat=True)) == {other.collection_id}
    known = set(Redirect.objects.values_list("old_path", flat=True))
    assert {url.rstrip("/") for url in old} <= known


def test_editors_of_a_city_cannot_move_pages_in_bulk_to_another(client, archive, pages):
    city, other = pages[0].get_parent().specific, archive.city("Leuven")
    client.force_login(person_in(sync_city_roles(city)["editor"]))
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "move"])
    client.post(f"{url}?next=/&id={pages[0].pk}", {"chooser": other.pk})
    assert ClipPage.objects.get(pk=pages[0].pk).get_parent().pk == city.pk
