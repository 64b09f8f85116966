"""Editors' previews: of pages that were never saved, in every language, and of clips nobody else may see."""

import pytest

from home import models
from media_pipeline import api
from tests.home.archive import new_clip, ready_clip


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
