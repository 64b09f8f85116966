"""The whole demo: put in what is missing, ask for the films; or take everything out that nobody has made their own."""

from dataclasses import dataclass

from django.db import transaction

from demo import removal
from demo.content.content import fill_texts
from demo.content.texts import demo_clips, read_texts
from demo.films.submit import page_without_film
from demo.films.tasks import queue_film
from demo.load.articles import ensure_clip_pages, ensure_news, ensure_stories
from demo.load.places import ensure_cities, ensure_projects, ensure_standard_pages
from demo.load.shared import ensure_themes
from demo.load.tree import clear_notice, ensure_tree
from home.models import ClipPage, HomePage


@dataclass(frozen=True)
class DemoCounts:
    """How much of the demo stands, and how many films the worker still has to make."""

    cities: int
    clips: int
    films_to_make: int


@transaction.atomic
def load_demo() -> DemoCounts:
    """Make every page and text of the demo that is missing and queue the films that are missing.

    What exists is left as it is, changed by an editor or not. Fast: nothing is rendered here.
    """
    tree = ensure_tree()
    themes, cities = ensure_themes(), ensure_cities(tree)
    projects = ensure_projects(tree, cities, themes)
    ensure_standard_pages(tree)
    clip_pages = ensure_clip_pages(cities, projects, themes)
    ensure_stories(cities, projects, themes, clip_pages)
    ensure_news(tree, cities, clip_pages)
    _present(tree.home, clip_pages)
    without_film = [key for key in clip_pages if page_without_film(key)]
    for key in without_film:
        queue_film(key)
    return DemoCounts(len(cities), len(clip_pages), len(without_film))


@transaction.atomic
def remove_demo() -> removal.RemovedCounts:
    """Remove the demo. Pages that a person has changed stay, and so does what lies above other people's pages."""
    clear_notice()
    return removal.remove_all_demo()


def _present(home: HomePage, clip_pages: dict[str, ClipPage]) -> None:
    """Have every page say that this is a demo, unless the banner is in use, and the start page show a clip."""
    home.refresh_from_db()
    before = home.featured_id, home.original_text("notice")
    if not home.original_text("notice"):
        fill_texts(home, notice=read_texts("site")["demo_notice"])
    if home.featured_id is None:
        home.featured = clip_pages[demo_clips()[0].key]
    if before != (home.featured_id, home.original_text("notice")):
        home.save_revision().publish()
