"""The site's skeleton, made where it is missing: start page, lists, and Django's idea of which page is the root."""

from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from wagtail.models import Page, Site

from demo.content.content import fill_texts
from demo.content.texts import read_texts
from home.models import CityIndexPage, HomePage, NewsIndexPage, ProjectIndexPage


@dataclass(frozen=True)
class PageTree:
    """The pages that everything else hangs below."""

    home: HomePage
    cities: CityIndexPage
    projects: ProjectIndexPage
    news: NewsIndexPage


def ensure_tree() -> PageTree:
    """Find or make the skeleton. What exists is left as it is."""
    texts = read_texts("site")
    home = HomePage.objects.first() or _make_home(texts)
    lists = {"cities": CityIndexPage, "projects": ProjectIndexPage, "news": NewsIndexPage}
    for slug, model in lists.items():
        if not model.objects.child_of(home).exists():
            page = fill_texts(model(), headline=texts[slug]["headline"], intro=texts[slug]["intro"])
            add_page(home, page, slug, "en")
    return PageTree(home, **{slug: model.objects.child_of(home).first() for slug, model in lists.items()})


def add_page(parent: Page, page: Any, slug: str, original: str) -> Any:
    """Add a page below `parent`, published, and read it back.

    Saved once, without a revision: each further save costs a tenth of a second.
    """
    page.slug, page.original_language = slug, original
    page.title = page.original_text("headline")[:255]
    page.live, page.has_unpublished_changes = True, False
    page.first_published_at = page.last_published_at = timezone.now()
    parent.refresh_from_db()
    parent.add_child(instance=page)
    return type(page).objects.get(pk=page.pk)


def clear_notice() -> None:
    """Take the demo's banner down; another one stays."""
    texts = read_texts("site")["demo_notice"]
    home = HomePage.objects.first()
    if home and home.original_text("notice") in texts.values():
        fill_texts(home, notice=dict.fromkeys(texts, ""))
        home.save_revision().publish()


def _make_home(texts: dict[str, Any]) -> HomePage:
    words = texts["home"]
    home = fill_texts(
        HomePage(),
        headline=words["headline"],
        lead=words["lead"],
        teachers_headline=words["teachers_headline"],
        teachers_text=words["teachers_text"],
        upload_headline=words["youth_headline"],
        upload_text=words["youth_text"],
    )
    root = Page.get_first_root_node()
    # Wagtail's own first page bids welcome to Wagtail; it has the slug and the site that the start page needs.
    welcome = root.get_children().exact_type(Page).filter(slug="home").first()
    home = add_page(root, home, "start" if welcome else "home", "en")
    Site.objects.update_or_create(is_default_site=True, defaults={"root_page": home, "hostname": "localhost"})
    if welcome and not welcome.get_children().exists():
        welcome.delete()
    return HomePage.objects.get(pk=home.pk)
