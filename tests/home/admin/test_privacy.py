"""Whom a page may be reserved for: groups of cities that everybody knows, of one's own, and those chosen before."""

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse
from wagtail.models import PageViewRestriction

from home.access.roles import sync_city_roles
from tests.home import archive as building

pytestmark = pytest.mark.django_db


def test_groups_of_a_draft_city_are_offered_to_its_own_people_and_where_they_are_chosen(client, archive):
    cities = {name: archive.city(name, live=name == "Lille", history=False) for name in ("Lille", "Leuven", "Ghent")}
    groups = {name: sync_city_roles(city)["editor"] for name, city in cities.items()}
    page = archive.story(cities["Leuven"])
    client.force_login(building.person_in(groups["Leuven"]))

    def offered():
        html = client.get(reverse("wagtailadmin_pages:set_privacy", args=[page.pk])).json()["html"]
        return {name for name, group in groups.items() if group.name in html}, Group.objects.get(
            name="Editors"
        ).name in html

    assert offered() == ({"Lille", "Leuven"}, True)
    restriction = PageViewRestriction.objects.create(page=page, restriction_type="groups")
    restriction.groups.set([groups["Ghent"]])
    assert offered() == ({"Lille", "Leuven", "Ghent"}, True)
