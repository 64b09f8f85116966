"""A small archive and an editor at work in it."""

from typing import Any

import pytest
from django.test import Client
from wagtail.models import Page, Site
from wagtail.users.models import UserProfile

from home.models import CityIndexPage, CityPage, FundingProgramme, HomePage, ProjectIndexPage, ProjectPage, Theme
from media_pipeline.models import Clip
from tests.home.recording import recorded


@pytest.fixture
@recorded
def start(db: None) -> HomePage:
    Page.objects.filter(depth=2).delete()
    root = Page.objects.get(depth=1)
    page = root.add_child(instance=HomePage(slug="home", headline_en="Archive", headline_de="Archiv"))
    Site.objects.all().delete()
    Site.objects.create(hostname="testserver", root_page=page, is_default_site=True)
    return page


@pytest.fixture
@recorded
def cities(start: HomePage) -> CityIndexPage:
    return start.add_child(instance=CityIndexPage(headline_en="Cities", headline_de="Städte"))


@pytest.fixture
@recorded
def city(cities: CityIndexPage) -> CityPage:
    """L'Hospitalet, whose people write Catalan."""
    page = CityPage(original_language="ca", headline_ca="L'Hospitalet", country="ES", languages=["ca", "es"])
    return cities.add_child(instance=page)


@pytest.fixture
@recorded
def other_city(cities: CityIndexPage) -> CityPage:
    page = CityPage(original_language="nl", headline_nl="Leuven", country="BE", languages=["nl"])
    return cities.add_child(instance=page)


@pytest.fixture
@recorded
def project(start: HomePage) -> ProjectPage:
    programme = FundingProgramme.objects.create(name_en="Erasmus+", requires_open_licence=True)
    index = start.add_child(instance=ProjectIndexPage(headline_en="Projects"))
    return index.add_child(instance=ProjectPage(acronym="LOUD", headline_en="Local leaders", programme=programme))


@pytest.fixture
def theme(db: None) -> Theme:
    return Theme.objects.create(slug="racism", name_en="Racism", name_de="Rassismus")


@pytest.fixture
def clip(db: None) -> Clip:
    return Clip.objects.create(title="Etiquetes", spoken_language="ca")


@pytest.fixture
def editor(admin_client: Client) -> Client:
    """A browser in which the administrator is signed in."""
    return admin_client


@pytest.fixture
def reads_admin_in(admin_user: Any) -> Any:
    """Switch the language in which the administrator reads the admin."""

    def switch(language: str) -> None:
        profile = UserProfile.get_for_user(admin_user)
        profile.preferred_language = language
        profile.save()

    return switch
