"""Cities, projects and standard pages of the demo."""

from typing import Any

from demo.content.content import body_block, fill_stream, fill_texts, paragraph_block, rich_text
from demo.content.texts import read_all_texts, read_texts
from demo.load.shared import ensure_contacts, ensure_programmes
from demo.load.tree import PageTree, add_page
from home.models import CityContact, CityPage, ProjectPage, ProjectPartner, StandardPage, Theme


def ensure_cities(tree: PageTree) -> dict[str, CityPage]:
    """All cities by key, Düsseldorf with everything that a partner's page carries."""
    cities = {}
    for key, texts in read_all_texts("cities").items():
        found = CityPage.objects.filter(demo_key=f"city-{key}").first()
        cities[key] = found or add_page(tree.cities, _city(key, texts), key, texts["languages"][0])
    return cities


def ensure_projects(tree: PageTree, cities: dict[str, CityPage], themes: dict[str, Theme]) -> dict[str, ProjectPage]:
    """LOUD and BRIDGE, by key."""
    programmes, projects = ensure_programmes(), {}
    for key, texts in read_all_texts("projects").items():
        found = ProjectPage.objects.filter(demo_key=f"project-{key}").first()
        if found is None:
            project = _project(key, texts, programmes)
            members = [cities[name] for name, city in read_all_texts("cities").items() if key in city["projects"]]
            project.partners = [ProjectPartner(city=city, sort_order=number) for number, city in enumerate(members)]
            project.themes = [themes[name] for name in texts["themes"]]
            found = add_page(tree.projects, project, key, "en")
        projects[key] = found
    return projects


def ensure_standard_pages(tree: PageTree) -> None:
    """Imprint, privacy and accessibility, with what is still to be filled in marked as such."""
    for key, texts in read_all_texts("pages").items():
        if StandardPage.objects.filter(demo_key=f"page-{key}").exists():
            continue
        if tree.home.get_children().filter(slug=texts["slug"]).exists():
            continue
        page = fill_texts(StandardPage(demo_key=f"page-{key}", footer=True), headline=texts["headline"])
        add_page(tree.home, fill_stream(page, "body", map(body_block, texts["body"])), texts["slug"], "en")


def _city(key: str, texts: dict[str, Any]) -> CityPage:
    city = CityPage(
        demo_key=f"city-{key}",
        country=texts["country"],
        languages=texts["languages"],
        latitude=str(texts["latitude"]),
        longitude=str(texts["longitude"]),
        accent=texts["accent"],
    )
    fill_texts(city, headline=texts["name"], intro=texts["intro"])
    return _dusseldorf(city) if key == "dusseldorf" else city


def _dusseldorf(city: CityPage) -> CityPage:
    texts = read_texts("dusseldorf")
    fill_texts(city, history=rich_text(texts["history"]), service_notice=texts["service_notice"])
    turns = texts["interview"]["turns"]
    asked = [{"question": q, "answer": a} for q, a in zip(turns["question"], turns["answer"], strict=True)]
    fill_stream(city, "body", [("interview", {"person": texts["interview"]["person"], "turns": asked})])
    city.contacts = [CityContact(person=person, sort_order=number) for number, person in enumerate(ensure_contacts())]
    return city


def _project(key: str, texts: dict[str, Any], programmes: dict[str, Any]) -> ProjectPage:
    project = ProjectPage(
        demo_key=f"project-{key}",
        acronym=texts["acronym"],
        lead_partner=texts["lead"],
        programme=programmes[texts["programme"]],
        co_funded=texts["co_funded"],
        starts_on=texts["starts"],
        ends_on=texts["ends"],
        period_note=texts["period"],
    )
    fill_texts(project, headline=texts["headline"], summary=texts["summary"])
    claims = [("claim", texts[name]) for name in ("claim", "counterclaim") if name in texts]
    return fill_stream(project, "body", [*map(paragraph_block, texts["body"]), *claims])
