"""Cities: all of them on the map, and one with everything it has published."""

from dataclasses import dataclass, replace
from typing import Any

from django.db.models.functions import Coalesce
from django.http import HttpRequest

from home.access.visibility import listed_clip_pages
from home.context.body import PageBody
from home.context.card import newest_clips, read_clips
from home.context.city_map import city_entries, city_entry, clip_counts, visible_cities
from home.context.layout import PageLayout
from home.context.list_items import list_items, read_list
from home.context.map_projection import full_view_box, view_box_around
from home.context.project import count_of, project_cards, read_projects
from home.context.project_statements import eu_statements
from home.i18n.fields import LocalizedText, localized_text
from home.images.renditions import read_renditions
from home.models import CityIndexPage, CityPage, ClipPage, NewsPage, ProjectPage, ProjectPartner, StoryPage

MAX_CITY_NEWS = 6


@dataclass(frozen=True)
class Contact:
    """A person to contact in the city. ``phone_href`` is a ``tel:`` address or empty."""

    name: str
    role: LocalizedText
    phone: str
    phone_href: str
    email: str


def city_index_context(page: CityIndexPage, request: HttpRequest) -> tuple[dict[str, Any], PageLayout]:
    """All visible cities by name and by country."""
    intro = localized_text(page, "intro")
    cities = city_entries(visible_cities(request), clip_counts(request).by_city, request)
    return {
        "intro": intro,
        "cities": cities,
        "cities_by_country": sorted(cities, key=lambda city: city.country.casefold()),
        "map_view_box": full_view_box(),
    }, PageLayout(description=intro)


def city_context(page: CityPage, request: HttpRequest) -> tuple[dict[str, Any], PageLayout]:
    """One city: its words, clips, stories, news, people, projects."""
    body, intro, history = PageBody(page), localized_text(page, "intro"), localized_text(page, "history")
    own = newest_clips(request).descendant_of(page)
    clips = read_clips(request, known_cities=[page], own=own, in_body=body.clip_keys)
    hero = next((clip for clip in clips["own"] if clip.is_playable), None)
    stories = StoryPage.objects.visible_to(request).descendant_of(page).order_by("-told_on", "-pk")
    news = NewsPage.objects.visible_to(request).descendant_of(page).order_by("-date", "-pk")[:MAX_CITY_NEWS]
    stories, news = read_list(stories, "summary"), read_list(news, "teaser")
    texts = body.read_texts(request, str(history))
    read_renditions(picture for picture in [*(item.picture for item in [*stories, *news]), *body.pictures])
    projects, here = _city_projects(page, request), city_entry(page, request, len(clips["own"]))
    cities = dict.fromkeys((item.path for item in [*stories, *news]), page)
    return {
        "city": here,
        "notice": localized_text(page, "service_notice"),
        "intro": intro,
        "history": replace(history, value=texts.texts[-1]),
        "body": body.parts(clips["in_body"], texts),
        "featured": hero,
        "clips": [clip.card for clip in clips["own"] if clip is not hero],
        "contacts": contacts_of(page),
        "projects": project_cards(projects, request),
        "elsewhere_count": projects[0].elsewhere_count if projects else 0,
        "stories": list_items(stories, "summary", cities, request),
        "news": list_items(news, "teaser", cities, request),
        "cities": [here],
        "map_view_box": view_box_around(here.x, here.y) if here.x is not None else "",
    }, PageLayout(
        accent=page.accent,
        description=intro,
        image_url=hero.card.poster.url if hero else "",
        eu_statements=eu_statements(projects),
    )


def _city_projects(page: CityPage, request: HttpRequest) -> list[ProjectPage]:
    """Projects of the city; each has the ``elsewhere_count`` of the clips that all of them have in other cities."""
    projects = ProjectPage.objects.visible_to(request).filter(
        pk__in=ProjectPartner.objects.filter(city=page.pk).values("page")
    )
    same = ClipPage.projects.through.objects.filter(projectpage__in=projects.order_by()).values("clippage_id")
    elsewhere = listed_clip_pages(request).filter(pk__in=same).not_descendant_of(page)
    counted = projects.annotate(elsewhere_count=Coalesce(count_of(elsewhere), 0))
    return read_projects(counted.order_by("starts_on", "path"), request)


def contacts_of(page: CityPage) -> list[Contact]:
    """The city's people in the editor's order; also those of an unsaved preview."""
    found = []
    for person in (row.person for row in page.contacts.select_related("person")):
        digits = "".join(c for c in person.phone if c.isdigit() or c == "+")
        phone_href = f"tel:{digits}" if digits else ""
        found.append(Contact(person.name, localized_text(person, "role"), person.phone, phone_href, person.email))
    return found
