"""What a page asks of the database: at most 14 times, whatever it shows, however much, in however many languages."""

import datetime
from io import BytesIO

import pytest
from django.core.files.base import ContentFile
from PIL import Image
from wagtail.documents.models import Document

from home import models
from home.i18n.fields import content_languages, fieldname
from tests.home.archive import queries_of, theme

MOST = 14
PAGES = ("home", "city", "clip", "project", "story", "piece of news", "cities", "projects", "news", "standard page")


def picture(title: str) -> models.Picture:
    data = BytesIO()
    Image.new("RGB", (40, 30), "teal").save(data, "PNG")
    return models.Picture.objects.create(title=title, file=ContentFile(data.getvalue(), f"{title}.png"))


class RichArchive:
    """An archive in which every page shows something of everything; ``grow`` adds one more of each."""

    def __init__(self, archive) -> None:
        self.archive = archive
        self.city = archive.city("First", history=False)
        self.project = archive.project("LOUD", self.city)
        self.labels = [theme("racism"), theme("sexism")]
        self.clip = self._clip_page(self.city)
        self.story = archive.story(self.city, "Story", history=False, picture=picture("head"))
        self.story.themes.set(self.labels)
        self.story.projects.set([self.project])
        dates = {"date": datetime.date(2020, 1, 1), "history": False}
        self.news = archive.news_page(self.city, "Piece", video=self.clip, picture=picture("news"), **dates)
        self.standard = archive.standard("Imprint", footer=True, history=False)
        self.blocks: list[dict[str, object]] = []
        self.grow()

    def _clip_page(self, city: models.CityPage) -> models.ClipPage:
        return self.archive.clip_page(city, history=False, themes=self.labels, projects=[self.project])

    def grow(self) -> None:
        """One more city with a clip, and in the first one more of everything; all of it stands in every body."""
        number = len(self.blocks)
        other = self.archive.city(f"City {number}", history=False)
        clip = self._clip_page(self.city)
        self._clip_page(other)
        shown, document = (
            picture(f"p{number}"),
            Document.objects.create(title="Handout", file=ContentFile(b"x", "h.pdf")),
        )
        facts = {"history": False, "picture": shown}
        self.archive.story(self.city, f"Story {number}", **facts)
        self.archive.news_page(self.city, f"News {number}", **facts)
        self.archive.project(f"P {number}", self.city, other, history=False).themes.set(self.labels)
        self.archive.standard(f"Page {number}", footer=True, history=False)
        self.city.contacts.add(models.CityContact(person=models.Person.objects.create(name=f"Person {number}")))
        self.project.partners.add(models.ProjectPartner(city=other))
        self.clip.reposts.add(models.ClipRepost(shown_on=datetime.date(2020, 1, 1), source="TV"))
        self.news.documents.add(models.NewsDocument(document=document))
        links = f'<a linktype="page" id="{clip.pk}">clip</a> <a linktype="document" id="{document.pk}">file</a>'
        self.blocks += [
            {"type": "text", "value": f"<p>{links}</p>"},
            {"type": "clip", "value": clip.pk},
            {"type": "picture", "value": {"picture": shown.pk, "alt": "", "caption": ""}},
            {"type": "document", "value": document.pk},
            {"type": "quote", "value": {"text": "Said", "by": ""}},
        ]
        for page in (self.city, self.project, self.clip, self.story, self.news, self.standard):
            page.body_en = self.blocks
            page.save()

    def translate(self, languages: list[str]) -> None:
        """Write the headlines of all pages in these languages."""
        for model in (models.CityPage, models.ClipPage, models.StoryPage, models.ProjectPage, models.NewsPage):
            for page in model.objects.all():
                for code in languages:
                    setattr(page, fieldname("headline", code), f"{page.title} {code}")
                page.save()

    def queries(self, client) -> dict[str, int]:
        """How often each page asks once what Wagtail keeps is there."""
        tree = self.archive
        shown = (
            tree.home, self.city, self.clip, self.project, self.story, self.news,
            tree.cities, tree.projects, tree.news, self.standard,
        )  # fmt: skip
        paths = dict(zip(PAGES, (page.get_url() for page in shown), strict=True))
        for path in paths.values():
            client.get(path)
        return {name: queries_of(client, path) for name, path in paths.items()}


@pytest.fixture
def rich(archive):
    return RichArchive(archive)


@pytest.mark.postgres
def test_pages_cost_the_same_with_one_and_with_many_of_everything(client, rich, thorough):
    one = rich.queries(client)
    assert {name: number for name, number in one.items() if number > MOST} == {}
    for _ in range(49 if thorough else 2):
        rich.grow()
    assert rich.queries(client) == one


def test_pages_cost_the_same_written_in_three_and_in_thirteen_languages(client, rich):
    rich.translate(["en", "de", "ar"])
    three = rich.queries(client)
    rich.translate(content_languages())
    assert (len(content_languages()), rich.queries(client)) == (13, three)


def test_what_stands_in_a_body_is_shown(client, rich):
    shown = client.get(rich.story.get_url()).content.decode()
    document = Document.objects.get()
    clip = models.ClipPage.objects.get(pk=rich.blocks[1]["value"])
    assert f'<p><a href="{clip.get_url()}">clip</a> <a href="{document.url}">file</a></p>' in shown
    assert [shown.count(text) for text in (f'data-player="{clip.clip.public_id}"', "<span>Handout</span>", "Said")] == [
        1
    ] * 3
