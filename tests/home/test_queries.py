"""Every list costs the same with one thing in it and with three."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from home import models
from tests.home.archive import queries_of, theme

pytestmark = pytest.mark.postgres


@pytest.fixture
def grow(archive):
    """Functions: one adds one of everything; one returns the addresses of lists and pages by name."""
    first = archive.city("First", original_language="fr")
    project = archive.project("LOUD", first)
    labels = [theme("racism"), theme("sexism")]
    beside = [
        archive.news_page(first, f"News of {year}", date=datetime.date(year, 1, 1)) for year in (2019, 2020, 2099)
    ]
    languages = iter(["fr", "de", "tr", "pl", "el", "uk", "it", "nl"])

    def one_more() -> None:
        code = next(languages)
        facts = {"original_language": code, "history": False}
        city = archive.city(f"City {code}", **facts)
        for home_city in (first, city):
            page = archive.clip_page(home_city, **facts, themes=labels, projects=[project])
            archive.story(home_city, f"Story {code}", **facts)
            archive.news_page(home_city, f"News {code}", **facts, video=page)
        archive.news_page(archive.news, f"News of all {code}", **facts)
        project.partners.set([models.ProjectPartner(city=c) for c in models.CityPage.objects.all()])
        project.save()
        archive.project(f"P {code}", first, **facts)
        person = models.Person.objects.create(name=code, original_language=code)
        first.contacts.add(models.CityContact(person=person))
        first.save()

    def addresses() -> dict[str, str]:
        pages = {
            "home": archive.home, "cities": archive.cities, "projects": archive.projects, "news": archive.news,
            "city": first, "project": project,
            "clip": models.ClipPage.objects.child_of(first).order_by("pk").first(),
            "story": models.StoryPage.objects.first(),
            "piece of news": beside[1],
        }  # fmt: skip
        return {**{name: page.get_url() for name, page in pages.items()}, "sitemap": reverse("sitemap")}

    return one_more, addresses


def test_lists_cost_the_same_at_one_and_at_three(client, grow):
    one_more, addresses = grow
    one_more()
    for path in addresses().values():  # content types and the site's own caches
        client.get(path)
    one = {name: queries_of(client, path) for name, path in addresses().items()}
    one_more()
    one_more()
    client.get(addresses()["home"])  # pages that are saved empty the site's cache
    three = {name: queries_of(client, path) for name, path in addresses().items()}
    assert three == one


def test_cards_read_no_text_they_do_not_show(client, grow):
    one_more, addresses = grow
    one_more()
    city = addresses()["city"]
    client.get(city)
    with CaptureQueriesContext(connection) as queries:
        client.get(city)
    lists = [q["sql"] for q in queries if 'FROM "home_clippage"' in q["sql"] and '"headline_en"' in q["sql"]]
    assert lists
    assert [sql for sql in lists if '"body_de"' in sql or '"headline_pl"' in sql or '"summary_en"' in sql] == []


def test_machines_addresses_open_no_session(client, archive):
    page = archive.clip_page(archive.city())
    for path in ("/", "/healthz", "/robots.txt", "/sitemap.xml", f"/c/{page.clip.public_id}/"):
        with CaptureQueriesContext(connection) as queries:
            response = client.get(path)
            b"".join(response.streaming_content) if response.streaming else response.content
        assert [q["sql"] for q in queries if "django_session" in q["sql"]] == []
        assert (path, dict(response.cookies), "Cookie" in response.get("Vary", "")) == (path, {}, False)
