"""Clip pages, stories and news of the demo. A clip page stands at once; its film is made by the worker."""

from typing import Any

from django.core.files.base import ContentFile
from wagtail.documents import get_document_model

from demo import handout, images
from demo.content.content import fill, fill_stream, note, paragraph, part
from demo.content.texts import DemoClip, clips, languages, read, read_all
from demo.load.tree import Tree, put
from home.api import fieldname
from home.models import (
    CityPage,
    ClipPage,
    ClipRepost,
    NewsDocument,
    NewsIndexPage,
    NewsPage,
    Picture,
    ProjectPage,
    StoryPage,
    Theme,
)

DRAWN_BY = "Polyphony"


def ensure_clip_pages(
    cities: dict[str, CityPage], projects: dict[str, ProjectPage], themes: dict[str, Theme]
) -> dict[str, ClipPage]:
    """One page per demo clip, by key, without its film."""
    pages = {}
    for clip in clips():
        found = ClipPage.objects.filter(demo_key=f"clip-{clip.key}").first()
        if found is None:
            page = _clip_page(clip)
            page.projects = [projects[clip.project]]
            page.themes = [themes[name] for name in clip.themes]
            found = put(cities[clip.city], page, clip.key, clip.spoken)
        pages[clip.key] = found
    return pages


def ensure_stories(
    cities: dict[str, CityPage],
    projects: dict[str, ProjectPage],
    themes: dict[str, Theme],
    clip_pages: dict[str, ClipPage],
) -> None:
    """The long narratives, with a quote in the middle and the clip they go with at the end."""
    for key, texts in read_all("stories").items():
        if StoryPage.objects.filter(demo_key=f"story-{key}").exists():
            continue
        story = StoryPage(demo_key=f"story-{key}", author=DRAWN_BY, told_on=texts["date"])
        fill(story, headline=texts["headline"], summary=texts["summary"])
        paragraphs = [paragraph(text) for text in texts["body"]]
        told = [*paragraphs[:2], ("quote", texts["quote"]), *paragraphs[2:], ("clip", clip_pages[texts["clip"]].pk)]
        fill_stream(story, "body", [*told, note(read("site")["demo_notice"])])
        story.projects = [projects[texts["project"]]]
        story.themes = [themes[name] for name in texts["themes"]]
        put(cities[texts["city"]], story, key, texts["original"])


def ensure_news(tree: Tree, cities: dict[str, CityPage], clip_pages: dict[str, ClipPage]) -> None:
    """Dated news: the archive's own, Düsseldorf's in a list of its own, Dortmund's event on its page."""
    for key, texts in read_all("news").items():
        if NewsPage.objects.filter(demo_key=f"news-{key}").exists():
            continue
        news = NewsPage(demo_key=f"news-{key}", date=texts["date"])
        fill(news, headline=texts["headline"], teaser=texts["teaser"])
        fill_stream(news, "body", map(part, texts["body"]))
        news.video = clip_pages[texts["clip"]] if "clip" in texts else None
        if "document" in texts:
            news.picture = _picture(texts)
            news.documents = [_document(texts)]
        put(_news_parent(texts["parent"], tree, cities), news, key, texts["original"])


def _clip_page(clip: DemoClip) -> ClipPage:
    site = read("site")
    page = ClipPage(demo_key=f"clip-{clip.key}", first_shown_on=clip.date, licence=clip.licence, age=clip.age)
    fill(page, headline=clip.headline, summary=clip.summary, credits=site["demo_credits"])
    if clip.content_note:
        fill(page, content_note=clip.content_note)
    if clip.reposted:
        page.reposts = [ClipRepost(shown_on=clip.reposted, source="example.org", url="https://example.org/")]
    return fill_stream(page, "body", [*map(paragraph, clip.body), note(site["demo_notice"])])


def _news_parent(name: str, tree: Tree, cities: dict[str, CityPage]) -> Any:
    if name == "archive":
        return tree.news
    if name != "dusseldorf":
        return cities[name]
    texts = read("site")["news"]
    found = NewsIndexPage.objects.child_of(cities[name]).first()
    return found or put(cities[name], fill(NewsIndexPage(), headline=texts["headline"]), "news", "de")


def _picture(texts: dict[str, Any]) -> Picture:
    file = ContentFile(images.market_stalls(), "demo-market-stalls.png")
    picture = Picture(title="Demo: market stalls", file=file, photographer=DRAWN_BY, licence="CC0-1.0")
    for code in languages():
        setattr(picture, fieldname("alt", code), texts["alt"][code])
    picture.save()
    return picture


def _document(texts: dict[str, Any]) -> NewsDocument:
    file = ContentFile(handout.programme(), "demo-programm.pdf")
    document = get_document_model().objects.create(title="Demo: Programm", file=file)
    return fill(NewsDocument(document=document), label=texts["document"])
