"""Clip pages, stories and news of the demo. A clip page stands at once; its film is made by the worker."""

from typing import Any

from django.core.files.base import ContentFile
from wagtail.documents import get_document_model

from demo import handout, images
from demo.content.content import body_block, fill_stream, fill_texts, note_block, paragraph_block
from demo.content.texts import DemoClip, demo_clips, read_all_texts, read_texts
from demo.load.tree import PageTree, add_page
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
    for clip in demo_clips():
        found = ClipPage.objects.filter(demo_key=f"clip-{clip.key}").first()
        if found is None:
            page = _clip_page(clip)
            page.projects = [projects[clip.project]]
            page.themes = [themes[name] for name in clip.themes]
            found = add_page(cities[clip.city], page, clip.key, clip.spoken)
        pages[clip.key] = found
    return pages


def ensure_stories(
    cities: dict[str, CityPage],
    projects: dict[str, ProjectPage],
    themes: dict[str, Theme],
    clip_pages: dict[str, ClipPage],
) -> None:
    """The long narratives, with a quote in the middle and the clip they go with at the end."""
    for key, texts in read_all_texts("stories").items():
        if StoryPage.objects.filter(demo_key=f"story-{key}").exists():
            continue
        story = StoryPage(demo_key=f"story-{key}", author=DRAWN_BY, told_on=texts["date"])
        fill_texts(story, headline=texts["headline"], summary=texts["summary"])
        paragraphs = [paragraph_block(text) for text in texts["body"]]
        told = [*paragraphs[:2], ("quote", texts["quote"]), *paragraphs[2:], ("clip", clip_pages[texts["clip"]].pk)]
        fill_stream(story, "body", [*told, note_block(read_texts("site")["demo_notice"])])
        story.projects = [projects[texts["project"]]]
        story.themes = [themes[name] for name in texts["themes"]]
        add_page(cities[texts["city"]], story, key, texts["original"])


def ensure_news(tree: PageTree, cities: dict[str, CityPage], clip_pages: dict[str, ClipPage]) -> None:
    """Dated news: the archive's own, Düsseldorf's in a list of its own, Dortmund's event on its page."""
    for key, texts in read_all_texts("news").items():
        if NewsPage.objects.filter(demo_key=f"news-{key}").exists():
            continue
        news = NewsPage(demo_key=f"news-{key}", date=texts["date"])
        fill_texts(news, headline=texts["headline"], teaser=texts["teaser"])
        fill_stream(news, "body", map(body_block, texts["body"]))
        news.video = clip_pages[texts["clip"]] if "clip" in texts else None
        if "document" in texts:
            news.picture = _picture(texts)
            news.documents = [_document(texts)]
        add_page(_news_parent(texts["parent"], tree, cities), news, key, texts["original"])


def _clip_page(clip: DemoClip) -> ClipPage:
    site = read_texts("site")
    page = ClipPage(demo_key=f"clip-{clip.key}", first_shown_on=clip.date, licence=clip.licence, age=clip.age)
    fill_texts(page, headline=clip.headline, summary=clip.summary, credits=site["demo_credits"])
    if clip.content_note:
        fill_texts(page, content_note=clip.content_note)
    if clip.reposted:
        page.reposts = [ClipRepost(shown_on=clip.reposted, source="example.org", url="https://example.org/")]
    return fill_stream(page, "body", [*map(paragraph_block, clip.body), note_block(site["demo_notice"])])


def _news_parent(name: str, tree: PageTree, cities: dict[str, CityPage]) -> Any:
    if name == "archive":
        return tree.news
    if name != "dusseldorf":
        return cities[name]
    texts = read_texts("site")["news"]
    found = NewsIndexPage.objects.child_of(cities[name]).first()
    return found or add_page(cities[name], fill_texts(NewsIndexPage(), headline=texts["headline"]), "news", "de")


def _picture(texts: dict[str, Any]) -> Picture:
    file = ContentFile(images.market_stalls(), "demo-market-stalls.png")
    picture = Picture(title="Demo: market stalls", file=file, photographer=DRAWN_BY, licence="CC0-1.0")
    fill_texts(picture, alt=texts["alt"]).save()
    return picture


def _document(texts: dict[str, Any]) -> NewsDocument:
    file = ContentFile(handout.programme_pdf(), "demo-programm.pdf")
    document = get_document_model().objects.create(title="Demo: Programm", file=file)
    return fill_texts(NewsDocument(document=document), label=texts["document"])
