"""A small archive for tests: a tree with index pages, and things to put into it."""

import datetime
from dataclasses import dataclass
from itertools import count
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import Page, Site

from home import models
from home.access.visibility import playable_clip_pages
from home.i18n.fields import fieldname
from media_pipeline.models import Caption, Clip, Package, Poster, Rendition, Storyboard

VIDEO = bytes(range(256)) * 40  # 10240 bytes in which every position says where it is
KEY = "0123456789abcdef01234567"
_numbers = count(1)


@dataclass
class Archive:
    """The tree; methods add to it and return what they added."""

    home: models.HomePage
    cities: models.CityIndexPage
    projects: models.ProjectIndexPage
    news: models.NewsIndexPage

    def city(self, name: str = "Lille", **values: Any) -> models.CityPage:
        facts = {"country": "FR", "languages": ["fr"], "latitude": "50.63", "longitude": "3.06"}
        return _add(self.cities, models.CityPage, name, **{**facts, **values})

    def project(self, name: str = "LOUD", *cities: models.CityPage, **values: Any) -> models.ProjectPage:
        programme = values.pop("programme", None) or programme_named("Erasmus+")
        facts = {"starts_on": datetime.date(2019, 1, 1), "ends_on": datetime.date(2021, 6, 30), "period_note": "year"}
        page = _add(self.projects, models.ProjectPage, name, acronym=name, programme=programme, **{**facts, **values})
        page.partners.set([models.ProjectPartner(city=city) for city in cities])
        page.save()
        return page

    def clip_page(self, city: models.CityPage, clip: Clip | None = None, **values: Any) -> models.ClipPage:
        """A live page with a ready clip, unless another clip is given."""
        themes, projects = values.pop("themes", []), values.pop("projects", [])
        clip = clip or ready_clip()
        page = _add(city, models.ClipPage, values.pop("headline", f"Clip {next(_numbers)}"), clip=clip, **values)
        if themes or projects:
            page.themes.set(themes)
            page.projects.set(projects)
            page.save()
        return page

    def story(self, city: models.CityPage, name: str = "A story", **values: Any) -> models.StoryPage:
        return _add(city, models.StoryPage, name, **values)

    def news_page(self, parent: Page, name: str = "News", **values: Any) -> models.NewsPage:
        return _add(parent, models.NewsPage, name, **values)

    def standard(self, name: str = "Imprint", **values: Any) -> models.StandardPage:
        return _add(self.home, models.StandardPage, name, **values)


def build() -> Archive:
    """Replace whatever stands below the root by an empty archive, and make it the site."""
    home = _place(Page.get_first_root_node(), models.HomePage, "Which label is on you?")
    Site.objects.all().delete()
    Site.objects.create(hostname="localhost", root_page=home, is_default_site=True)
    return Archive(
        home=home,
        cities=_place(home, models.CityIndexPage, "Cities", slug="cities"),
        projects=_place(home, models.ProjectIndexPage, "Projects"),
        news=_place(home, models.NewsIndexPage, "News"),
    )


def programme_named(name: str, **values: Any) -> models.FundingProgramme:
    return models.FundingProgramme.objects.create(original_language="en", name_en=name, **values)


def theme(name: str, **values: Any) -> models.Theme:
    return models.Theme.objects.create(original_language="en", name_en=name, slug=f"theme-{next(_numbers)}", **values)


def person_in(*groups: Group, name: str = "aina") -> Any:
    user = get_user_model().objects.create_user(name, f"{name}@example.org", "secret")
    user.groups.set(groups)
    return user


def new_clip(**values: Any) -> Clip:
    """A clip that was just received."""
    return Clip.objects.create(**{"title": "Working title", "spoken_language": "fr", **values})


def ready_clip(**values: Any) -> Clip:
    """A clip with a package, two captions, a poster and a storyboard, with its files in the published storage."""
    clip = new_clip(state=Clip.State.READY, **values)
    package = Package.objects.create(
        clip=clip, key=KEY, duration_s=102.4, size_bytes=len(VIDEO), download_bytes=len(VIDEO)
    )
    common = {"package": package, "bandwidth": 800_000, "average_bandwidth": 600_000, "size_bytes": len(VIDEO)}
    Rendition.objects.create(
        kind="video", codec="h264", codecs="avc1.64001f", width=1280, height=720, frame_rate=25,
        media_name="v720.mp4", playlist_name="v720.m3u8", iframe_playlist_name="v720-iframes.m3u8",
        iframe_bandwidth=100_000, **common,
    )  # fmt: skip
    Rendition.objects.create(
        kind="audio", codec="aac", codecs="mp4a.40.2", media_name="audio.mp4", playlist_name="audio.m3u8", **common
    )
    clip.package = package
    clip.poster = Poster.objects.create(
        clip=clip,
        package=package,
        prefix="poster-1",
        widths=[320, 640],
        formats=["webp", "jpg"],
        width=640,
        height=360,
        at_s=1,
    )
    clip.save()
    Storyboard.objects.create(
        package=package, sheets=["storyboard-0.webp"], tile_width=160, tile_height=90, columns=5, rows=5, times_s=[0, 4]
    )
    for language in ("fr", "de"):
        cues = [[0, 1500, f"<b>Bonjour</b> &amp; {language}", ""], [1500, 3000, "Deux", ""]]
        Caption.objects.create(clip=clip, language=language, cues=cues)
    for name in ("v720.mp4", "audio.mp4", "download.mp4", "poster-1-320.webp", "poster-1-320.jpg", "storyboard-0.webp"):
        put(clip, name, VIDEO)
    put(clip, "v720.m3u8", b"#EXTM3U\n")
    put(clip, "secret.mp4", b"beside the package, named by no row")
    return clip


def is_public(clip: Clip) -> bool:
    """Whether anybody may play the clip."""
    return playable_clip_pages(None).filter(clip=clip).exists()


def queries_of(client: Client, path: str) -> int:
    """How often a request that is answered with 200 asks the database."""
    with CaptureQueriesContext(connection) as queries:
        response = client.get(path)
        assert response.status_code == 200
        response.getvalue()  # what is streamed asks while it is read
    return len(queries)


def put(clip: Clip, name: str, data: bytes) -> None:
    """Write a file of the clip's package."""
    path = f"{clip.public_id}/{KEY}/{name}"
    storage = storages["published"]
    if storage.exists(path):
        storage.delete(path)
    assert storage.save(path, ContentFile(data)) == path


def _add(parent: Page, model: type, headline: str, **values: Any) -> Any:
    """A page that was published as editors do it, or a draft; without a history in a third of the time."""
    history = values.pop("history", True)
    page = _place(parent, model, headline, **values)
    if page.live and history:
        page.save_revision().publish()
    return model.objects.get(pk=page.pk)


def _place(parent: Page, model: type, headline: str, **values: Any) -> Any:
    """A page as migrations leave it: live, without a history."""
    language = values.pop("original_language", "en")
    slug = values.pop("slug", None) or f"{headline.lower().replace(' ', '-')[:30].strip('?-')}-{next(_numbers)}"
    page = model(
        original_language=language, title=headline, slug=slug, **{fieldname("headline", language): headline}, **values
    )
    parent.refresh_from_db()
    if page.live:
        page.first_published_at = page.last_published_at = timezone.now()
    parent.add_child(instance=page)
    return page


def caption(clip: Clip, language: str, **values: Any) -> Caption:
    """A caption track that the clip has afterwards, whatever it had before."""
    cues = [[0, 1500, f"Eins {language}", ""]]
    return Caption.objects.update_or_create(clip=clip, language=language, defaults={"cues": cues, **values})[0]
