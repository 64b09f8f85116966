"""What the public could see and is deleted says so; what it could not see leaves no trace."""

import pytest
from django.urls import reverse
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, PageViewRestriction

from home.models import GoneAddress
from tests.home.archive import new_clip, ready_clip

pytestmark = pytest.mark.postgres


def kept() -> set[str]:
    return set(GoneAddress.objects.values_list("path", flat=True))


def below(page) -> str:
    return page.get_url().removeprefix("/en/")


@pytest.fixture
def tree(archive):
    """A city with a clip, a draft beside it, and what becomes of their addresses."""
    city = archive.city()
    return city, archive.clip_page(city), archive.clip_page(city, live=False)


def delete_in_the_admin(client, page) -> None:
    client.post(reverse("wagtailadmin_pages:delete", args=[page.pk]))


def delete_in_bulk(client, page) -> None:
    client.post(reverse("wagtail_bulk_action", args=["wagtailcore", "page", "delete"]) + f"?next=/&id={page.pk}")


@pytest.mark.parametrize(
    "delete",
    [
        delete_in_the_admin,
        delete_in_bulk,
        lambda client, page: page.delete(),
        lambda client, page: Page.objects.filter(pk=page.pk).delete(),
    ],
    ids=["form", "bulk", "command", "queryset"],
)
def test_a_deleted_city_is_remembered_with_all_that_was_public_below_it(client, admin_client, tree, delete):
    city, shown, draft = tree
    addresses = {below(city), below(shown), f"c/{shown.clip.public_id}/"}
    urls = [city.get_url(), shown.get_url().replace("/en/", "/el/"), f"/c/{shown.clip.public_id}/"]
    delete(admin_client, city)
    assert kept() == addresses
    answers = [client.get(url) for url in urls]
    assert [answer.status_code for answer in answers] == [410, 410, 410]
    assert ('<html lang="el"' in answers[1].content.decode(), answers[1]["Cache-Control"]) == (True, "no-store")
    assert [client.get(url).status_code for url in (draft.get_url(), f"/c/{draft.clip.public_id}/")] == [404, 404]


def test_what_was_not_public_leaves_no_trace(tree):
    city, shown, draft = tree
    PageViewRestriction.objects.create(page=shown, restriction_type="login")
    shown.delete()
    draft.delete()
    Page.objects.filter(pk=city.pk).update(live=False, first_published_at=None)
    city.refresh_from_db()
    city.delete()
    assert kept() == set()


def test_addresses_from_before_a_move_are_gone_with_the_page(client, archive, tree):
    _city, shown, _draft = tree
    before = shown.get_url()
    shown.move(archive.city("Elsewhere"), "last-child")
    shown.refresh_from_db()
    assert client.get(before).status_code == 301
    shown.delete()
    assert [client.get(url).status_code for url in (before, before.replace("/en/", "/de/"))] == [410, 410]


def test_a_page_at_the_address_of_another_answers_for_itself(client, archive, tree):
    city, shown, _draft = tree
    address, slug = shown.get_url(), shown.slug
    shown.delete()
    other = archive.clip_page(city, live=False, slug=slug)
    assert client.get(address).status_code == 410  # a draft is nothing yet
    other.save_revision().publish()
    assert (client.get(address).status_code, below(other) in kept()) == (200, False)


def test_a_moved_page_takes_its_new_address(archive, tree):
    city, shown, _draft = tree
    address, slug = below(shown), shown.slug
    shown.delete()
    moved = archive.clip_page(archive.city("Elsewhere"), slug=slug)
    moved.move(city, "last-child")
    assert address not in kept()


def test_an_editors_redirect_comes_first(client, tree):
    city, shown, _draft = tree
    address = shown.get_url()
    shown.delete()
    Redirect.objects.create(old_path=Redirect.normalise_path(address), redirect_page=city)
    answer = client.get(address)
    assert (answer.status_code, answer["Location"]) == (301, city.get_url())


def test_a_clip_that_makes_way_for_another_is_gone_until_it_has_a_page(client, archive, tree):
    city, shown, draft = tree
    first, second = shown.clip, ready_clip(collection=city.collection)
    shown.clip = second
    shown.save_revision().publish()
    draft.clip = new_clip(collection=city.collection)
    draft.save()
    assert kept() == {f"c/{first.public_id}/"}
    assert [client.get(f"/c/{clip.public_id}/").status_code for clip in (first, second)] == [410, 302]
    archive.clip_page(city, first)
    assert (client.get(f"/c/{first.public_id}/").status_code, kept()) == (302, set())


def test_an_unpublished_page_is_gone_without_being_remembered(client, tree):
    _city, shown, _draft = tree
    shown.unpublish()
    assert (client.get(shown.get_url()).status_code, kept()) == (410, set())
