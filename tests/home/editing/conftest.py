"""The archive as its editors find it, and an administrator at work in it."""

import pytest
from wagtail.test.utils.form_data import rich_text, streamfield
from wagtail.users.models import UserProfile

from home.models import ClipPage
from tests.home import archive as building
from tests.home.editing.desk import create
from tests.home.recording import recorded


@pytest.fixture
@recorded
def city(archive):
    """L'Hospitalet, whose people write Catalan."""
    facts = {"original_language": "ca", "country": "ES", "languages": ["ca", "es"], "slug": "l-hospitalet"}
    return archive.city("L'Hospitalet", **facts, history=False)


@pytest.fixture
@recorded
def other_city(archive):
    return archive.city("Leuven", original_language="nl", country="BE", languages=["nl"], history=False)


@pytest.fixture
@recorded
def project(archive):
    programme = building.programme_named("Erasmus+", requires_open_licence=True)
    return archive.project("Local leaders", programme=programme, history=False)


@pytest.fixture
def theme(db):
    return building.theme("Racism", name_de="Rassismus")


@pytest.fixture
def clip(db):
    return building.new_clip()


@pytest.fixture
def editor(admin_client):
    """A browser in which the administrator is signed in."""
    return admin_client


@pytest.fixture
def page(editor, city):
    """A clip page of the city, written in three languages and published by the editor."""
    body = streamfield([("text", rich_text("<p>Körper</p>"))])
    texts = {"headline_ca": "U", "headline_de": "Eins", "headline_ar": "واحد", "body_de": body}
    return create(editor, city, ClipPage, original_language="ca", **texts)


@pytest.fixture
def reads_admin_in(admin_user):
    """Switch the language in which the administrator reads the admin."""

    def switch(language: str) -> None:
        profile = UserProfile.get_for_user(admin_user)
        profile.preferred_language = language
        profile.save()

    return switch
