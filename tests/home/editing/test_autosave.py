"""Saving in the background, as the open editor does it every moment."""

from django.test import Client

from home.models import StandardPage

from .desk import add_url, edit_url, filled

JSON = {"HTTP_ACCEPT": "application/json"}


def autosave(client: Client, url: str, **values) -> dict:
    response = client.post(url, filled(StandardPage, **values), **JSON)
    assert (response.status_code, response.json()["success"]) == (200, True)
    return response.json()


def test_a_page_begun_in_the_background_gets_its_address_from_the_headline(editor, city):
    first = autosave(editor, add_url(city, StandardPage), original_language="ca", headline_ca="Avís")
    page = StandardPage.objects.get()
    assert (first["pk"], first["field_updates"]["slug"], page.live) == (page.pk, "avis", False)
    sent = {"original_language": "ca", "headline_ca": "Avís legal", "headline_de": "Impressum", "slug": "avis"}
    second = autosave(editor, edit_url(page), **sent, overwrite_revision_id=str(first["revision_id"]))
    page = StandardPage.objects.get()
    assert (second["field_updates"]["slug"], page.slug, page.title) == ("avis-legal", "avis-legal", "Avís legal")
    assert (page.headline_ca, page.headline_de) == ("Avís legal", "Impressum")
    assert page.revisions.count() == 1
