"""What lists of pages in the admin cost, for those who have to be asked about each clip in them."""

import pytest
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from home.access.roles import sync_archive_role, sync_city_roles
from home.clip_permissions import PublishableClips
from home.models import ClipPage, StoryPage
from media_pipeline.models import Clip
from tests.home import archive as building
from tests.home.archive import queries_of

pytestmark = pytest.mark.django_db(transaction=True)
ROLES = ["editor", "archive_editor", "administrator"]
BULK = ("publish", "unpublish", "delete", "move")


@pytest.fixture(params=ROLES)
def city_and_client(archive, request):
    """A city, and somebody who may publish in it."""
    city = archive.city()
    if request.param == "administrator":
        person = get_user_model().objects.create_superuser("administrator")
    else:
        group = sync_city_roles(city).get(request.param) or sync_archive_role(request.param)
        person = building.person_in(group)
    client = Client()
    client.force_login(person)
    return city, client


def add(archive, city, count):
    """Add clip pages and stories to ``city``."""
    for _ in range(count):
        archive.clip_page(city, building.ready_clip(collection=city.collection), headline="Clip")
        archive.story(city, "Story")
    call_command("rebuild_modelsearch_index", verbosity=0)


def costs(client, addresses):
    for path in addresses.values():
        client.get(path)  # content types
    return {name: queries_of(client, path) for name, path in addresses.items()}


def test_lists_cost_the_same_with_one_clip_and_with_three(archive, city_and_client):
    city, client = city_and_client
    explorer = reverse("wagtailadmin_explore", args=[city.pk])
    lists = {
        "explorer": explorer,
        "results": reverse("wagtailadmin_explore_results", args=[city.pk]),
        "explorer's search": f"{explorer}?q=clip",
        "search": reverse("wagtailadmin_pages:search") + "?q=clip",
        "of a type": reverse("wagtailadmin_pages:type_use", args=["home", "clippage"]),
        "aging": reverse("wagtailadmin_reports:aging_pages"),
        "home": reverse("wagtailadmin_home"),
    }
    add(archive, city, 1)
    one = costs(client, lists)
    add(archive, city, 2)
    assert costs(client, lists) == one


def test_what_is_done_with_several_pages_costs_for_clips_what_it_costs_for_stories(archive, city_and_client):
    """Wagtail asks about descendants and workflows of each page."""
    city, client = city_and_client
    add(archive, city, 1)
    one = [costs(client, bulk_pages(city, model)) for model in (ClipPage, StoryPage)]
    add(archive, city, 2)
    three = [costs(client, bulk_pages(city, model)) for model in (ClipPage, StoryPage)]
    more = [{name: after[name] - before[name] for name in BULK} for before, after in zip(one, three, strict=True)]
    assert more[0] == more[1]


@pytest.mark.parametrize("city_and_client", ["editor"], indirect=True)
def test_a_clip_of_another_city_is_not_published_by_its_page(archive, city_and_client):
    city, client = city_and_client
    own, foreign = (archive.clip_page(city, building.ready_clip(collection=city.collection)) for _ in "12")
    Clip.objects.filter(pk=foreign.clip_id).update(collection=archive.city("Leuven").collection)
    unpublish = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "unpublish"])
    bulk = client.get(f"{unpublish}?id={own.pk}&id={foreign.pk}")
    refused = [
        client.get(reverse("wagtailadmin_pages:unpublish", args=[page.pk])).status_code for page in (own, foreign)
    ]
    assert ([item["item"].pk for item in bulk.context["items"]], refused) == ([own.pk], [200, 302])
    own.clip = foreign.clip  # as in a draft that names another clip than what is stored
    user = get_user_model().objects.get(pk=client.session["_auth_user_id"])
    user.publishable_clips = PublishableClips(user)
    assert not own.permissions_for_user(user).can_publish()


def bulk_pages(city, model):
    """What asks before something is done with all pages of a kind at once."""
    chosen = "&".join(f"id={page.pk}" for page in model.objects.child_of(city))
    return {name: reverse("wagtail_bulk_action", args=["wagtailcore", "page", name]) + f"?{chosen}" for name in BULK}
