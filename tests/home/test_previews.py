"""Editors' previews: of pages that were never saved, in every language, and of clips nobody else may see."""

import pytest

from home import models
from media_pipeline import api
from tests.home.archive import new_clip, ready_clip, theme


def unsaved(parent, model, **values):
    """A page as the create form holds it: with a place in the tree and no row."""
    page = model(slug="new", **values)
    page.path = parent.path + "9999"
    page.depth = parent.depth + 1
    page.set_url_path(parent)
    return page


@pytest.mark.parametrize("language", ["en", "ca", "ar"])
def test_every_kind_of_page_can_be_previewed_before_it_is_saved(archive, language):
    city = archive.city()
    text = {"headline_ca": "Títol", "original_language": "ca"}
    pages = [
        unsaved(archive.cities, models.CityPage, country="ES", languages=["ca"], **text),
        unsaved(archive.projects, models.ProjectPage, acronym="X", **text),
        unsaved(city, models.ClipPage, **text),
        unsaved(city, models.ClipPage, clip=ready_clip(), **text),
        unsaved(city, models.ClipPage, clip=new_clip(), **text),
        unsaved(city, models.StoryPage, **text),
        unsaved(city, models.NewsPage, **text),
        unsaved(archive.home, models.NewsIndexPage, **text),
        unsaved(archive.home, models.StandardPage, **text),
    ]
    for page in pages:
        response = page.make_preview_request(preview_mode=language)
        shown = response.content.decode()
        assert (type(page), response.status_code, f'<html lang="{language}"' in shown) == (type(page), 200, True)
        assert "Títol" in shown


def test_a_withdrawn_clip_can_still_be_previewed(clip_page):
    api.withdraw_clip(clip_page.clip)
    clip_page.refresh_from_db()
    assert clip_page.make_preview_request(preview_mode="en").status_code == 200


def test_a_preview_shows_what_is_chosen_and_not_saved(archive):
    city, other = archive.city("First"), archive.city("Second")
    label, shown = theme("racism"), archive.project("LOUD", city)
    related = archive.clip_page(other, themes=[label], headline="From the other city")
    body = [
        {"type": "clip", "value": related.pk},
        {"type": "text", "value": f'<a linktype="page" id="{city.pk}">city</a>'},
    ]
    for model in (models.ClipPage, models.StoryPage):
        page = unsaved(city, model, headline_en="New", original_language="en")
        page.themes.set([label])
        page.projects.set([shown])
        page.body_en = body
        response = page.make_preview_request(preview_mode="en")
        context, content = response.context_data, response.content.decode()
        assert [card.public_id for card in context["related"]] == [related.clip.public_id]
        assert [statement.text for statement in context["eu_statements"]] != []
        assert [part.type for part in context["body"].value] == ["clip", "text"]
        assert f'<a href="{city.get_url()}">city</a>' in content
