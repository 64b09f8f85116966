"""Who sees what: every state of a clip, every address about it and every place that names it, for each kind of visitor.

What hides a page hides all that belongs to it, and every address gives the same answer: 404 for what the public never
saw or what asks for a password, 410 for what it saw and is no longer there.
"""

import io
from dataclasses import dataclass

import pytest
from django.contrib.auth.models import Group
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.http import HttpResponseBase
from django.test import Client
from django.urls import reverse
from PIL import Image
from wagtail.documents import get_document_model
from wagtail.models import PageViewRestriction

from home.models import CityPage, ClipPage, Picture
from media_pipeline import api
from media_pipeline.models import Clip
from tests.home.archive import KEY, Archive, person_in, ready_clip
from tests.home.recording import recorded
from tests.sampling import sampled

pytestmark = [
    pytest.mark.usefixtures("reference_indexed"),
    # Wagtail leaves the buffer it draws a size in to the collector.
    pytest.mark.filterwarnings("ignore:Unclosed file <tempfile.Spooled:ResourceWarning"),
]

PUBLIC_ID = "7KdWxYz1234"
TITLE, CITY, PASSWORD = "Titleofitsown", "Cityofitsown", "open sesame"
HOST = "http://testserver"
MEDIA = [
    "master.m3u8", f"{KEY}/v720.m3u8", f"{KEY}/v720.mp4", f"{KEY}/poster-1-320.webp", "poster-320.jpg",
    "captions/de.subtitles.vtt", "captions/de.subtitles.srt", "subs/de.subtitles.m3u8", "storyboard.vtt",
    f"{KEY}/storyboard-0.webp", "download.mp4", "download.mp4?save",
]  # fmt: skip
FORMS = ["files/", "transcript/", "transcript.txt", "report/", "qr.svg", "qr.png"]


@dataclass(frozen=True)
class Scene:
    """A clip's page with a picture and a document of its own, and the pages that name it or its city."""

    page: ClipPage
    path: str
    uploads: tuple[str, ...]
    lists: dict[str, str]
    city: CityPage
    city_path: str

    def addresses(self) -> dict[str, list[str]]:
        """What belongs to the clip; "others" is what works for others than the one who asks."""
        embedded = [f"/c/{PUBLIC_ID}/", f"/embed/{PUBLIC_ID}/", self.path]
        return {
            "media": [f"/media/{PUBLIC_ID}/{name}" for name in MEDIA],
            "forms": [f"/embed/{PUBLIC_ID}/", *(f"/c/{PUBLIC_ID}/{name}" for name in FORMS)],
            "short": [f"/c/{PUBLIC_ID}/"],
            "others": [
                f"/c/{PUBLIC_ID}/use/",
                *(f"/oembed?format={kind}&url=http://testserver{at}" for at in embedded for kind in ("json", "xml")),
            ],
            "uploads": list(self.uploads),
        }


@pytest.fixture
@recorded
def scene(archive: Archive) -> Scene:
    cache.clear()  # Wagtail keeps sizes of pictures there by their key, which the test before had too
    buffer = io.BytesIO()
    Image.new("RGB", (60, 40), "red").save(buffer, "JPEG")
    file = ContentFile(buffer.getvalue(), name="red.jpg")
    picture = Picture.objects.create(title="Red", width=60, height=40, file=file)
    document = get_document_model().objects.create(title="Text", file=ContentFile(b"a;b", name="table.csv"))
    city, other = archive.city(CITY), archive.city("Elsewhere")
    project = archive.project("LOUD", city, other)
    body = [("picture", {"picture": picture, "alt": "", "caption": ""}), ("document", document)]
    page = archive.clip_page(city, ready_clip(public_id=PUBLIC_ID), headline=TITLE, projects=[project], body_en=body)
    naming = {
        "start": archive.home,
        "cities": archive.cities,
        "project": project,
        "story": archive.story(other, body_en=[("clip", page)]),
        "news": archive.news_page(archive.news, video=page),
        "city": city,
    }
    lists = {"sitemap": reverse("sitemap"), **{name: each.get_url() for name, each in naming.items()}}
    uploads = (picture.get_rendition("width-30|format-webp").url, document.url)
    return Scene(page, page.get_url(), uploads, lists, city, city.get_url())


def hide(scene: Scene, how: str) -> None:
    """Bring the clip into a state; "what of where" for restrictions, as in "password of city"."""
    what, _of, where = how.partition(" of ")
    place = {"": scene.page, "page": scene.page, "city": scene.city, "cities": scene.city.get_parent()}[where]
    if what in ("password", "login", "groups"):
        restriction = PageViewRestriction.objects.create(
            page_id=place.pk, restriction_type=what, password=PASSWORD if what == "password" else ""
        )
        restriction.groups.set(Group.objects.filter(name="Guests"))
    elif what == "unpublished":
        place.unpublish()
    elif what == "never published":
        type(place).objects.filter(pk=place.pk).update(live=False, first_published_at=None)
    elif what == "deleted":
        place.delete()
    elif what == "clip deleted":
        scene.page.delete()
        api.delete_clip(Clip.objects.get())
    elif what == "withdrawn":
        api.withdraw_clip(scene.page.clip)
    elif what == "being prepared":
        Clip.objects.update(package=None, state=Clip.State.ENCODING)


def seen_by(client: Client, scene: Scene) -> dict[str, object]:
    """What a visitor gets at each kind of address (a set where answers differ), and which pages name the clip and the
    city.
    """
    found: dict[str, object] = {"page": page_seen_by(client, scene)}
    for kind, addresses in scene.addresses().items():
        answers = {address: answer(client, address)[0] for address in addresses}
        statuses = {response.status_code for response in answers.values()}
        found[kind] = statuses.pop() if len(statuses) == 1 else statuses
        for address, response in answers.items():
            if kind in ("media", "forms", "uploads") and response.status_code == 200:
                found.setdefault("kept", set()).add("no-store" not in response["Cache-Control"])
                if kind == "media":
                    foreign = response.get("Access-Control-Allow-Origin") == "*"
                    assert (address, foreign) == (address, "no-store" not in response["Cache-Control"])
    texts = {name: answer(client, path)[1] for name, path in scene.lists.items()}
    found["named in"] = {name for name, text in texts.items() if scene.path in text or TITLE in text}
    # The city's own address repeats itself, whatever is there.
    links = {name for name, text in texts.items() if scene.city_path in text} - {"city"}
    found["city named in"] = links | {name for name, text in texts.items() if CITY in text}
    return found


def page_seen_by(client: Client, scene: Scene) -> object:
    """ "shown", "asks" for a password or a sign-in, else the status."""
    response, text = answer(client, scene.path)
    if response.status_code == 200:
        return "shown" if TITLE in text else "asks"
    return "asks" if response.status_code == 302 and "login" in response["Location"] else response.status_code


def answer(client: Client, address: str) -> tuple[HttpResponseBase, str]:
    """The response and its body; a refusal names nothing."""
    response = client.get(address)
    body = b"".join(response.streaming_content) if response.streaming else response.content
    text = body.decode(errors="replace")
    assert response.status_code < 400 or TITLE not in text
    return response, text


def row(page, media, forms, short, others, uploads, named=(), city_named=(), **more) -> dict[str, object]:
    return {
        "page": page, "media": media, "forms": forms, "short": short, "others": others, "uploads": uploads,
        "named in": set(named), "city named in": set(city_named), **more,
    }  # fmt: skip


CLIP_LISTS = {"start", "project", "story", "news", "city", "sitemap"}
CITY_LISTS = {"start", "cities", "project", "story", "news", "city", "sitemap"}
WITHOUT_CLIP = {"start", "cities", "project", "city", "sitemap"}  # what names the city beside its clip
PUBLIC = row("shown", 200, 200, 302, 200, 200, CLIP_LISTS, CITY_LISTS, kept={True})
PREPARING = row("shown", 404, 404, 302, 404, 200, CLIP_LISTS - {"news"}, CITY_LISTS - {"news"}, kept={True})
GONE = row(410, 410, 410, 410, 410, 404, (), WITHOUT_CLIP)
CITY_GONE = row(410, 410, 410, 410, 410, 404)
UNKNOWN = row(404, 404, 404, 404, 404, 404, (), WITHOUT_CLIP)
CITY_UNKNOWN = row(404, 404, 404, 404, 404, 404)
ASKS = UNKNOWN | {"page": "asks"}
CITY_ASKS = CITY_UNKNOWN | {"page": "asks"}
STRANGERS = {
    "public": PUBLIC,
    "being prepared": PREPARING,
    "never published": UNKNOWN,
    "never published of city": CITY_UNKNOWN,
    "never published of cities": CITY_UNKNOWN,
    "unpublished": GONE,
    "unpublished of city": CITY_GONE,
    "unpublished of cities": CITY_GONE,
    "withdrawn": GONE,
    "deleted": GONE,
    "deleted of city": CITY_GONE,
    "clip deleted": GONE,
    **{f"{what} of page": ASKS for what in ("password", "login", "groups")},
    **{f"{what} of city": CITY_ASKS for what in ("password", "login", "groups")},
    "password of cities": CITY_ASKS,
    "never published, deleted": UNKNOWN,
    "never published of city, deleted of city": CITY_UNKNOWN,
    "password of page, deleted": UNKNOWN,
    "password of city, unpublished": CITY_UNKNOWN,
    "unpublished, deleted": GONE,
    "withdrawn, deleted": GONE,
    "password of page, withdrawn": ASKS,
}


@pytest.mark.parametrize("how", sampled(STRANGERS, lambda how: ", " not in how, "states that meet"))
def test_what_strangers_see(client, scene, how):
    seen = STRANGERS[how]
    for each in how.split(", "):
        hide(scene, each)
    assert seen_by(client, scene) == seen
    assert client.cookies.keys() <= {"csrftoken"}  # which a page that asks for a password sets


# What is open to those who met the restriction is kept by no cache, works for nobody else, and the sitemap is the same
# for all.
GUEST = PUBLIC | {"others": 404, "kept": {False}, "named in": CLIP_LISTS - {"sitemap"}}
GUEST_OF_CITY = GUEST | {"city named in": CITY_LISTS - {"sitemap"}}
GUESTS = {
    "password of page": GUEST,
    "login of page": GUEST,
    "password of city": GUEST_OF_CITY,
    "groups of city": GUEST_OF_CITY,
    "login of cities": GUEST_OF_CITY,
}


@pytest.mark.postgres
@pytest.mark.parametrize(("how", "seen"), GUESTS.items(), ids=GUESTS)
def test_who_met_the_restriction_sees_all_of_it(client, scene, how, seen):
    guests = Group.objects.create(name="Guests")
    hide(scene, how)
    restriction = PageViewRestriction.objects.get()
    if restriction.restriction_type == "password":
        url = reverse("wagtailcore_authenticate_with_password", args=[restriction.pk, restriction.page_id])
        client.post(url, {"password": PASSWORD, "return_url": scene.path})
    else:
        client.force_login(person_in(guests))
    assert seen_by(client, scene) == seen


# Editors see pages as everybody does, and in the admin the files behind them.
EDITORS = {
    "public": PUBLIC,
    "never published": UNKNOWN | {"media": 200, "uploads": 200, "kept": {False}},
    "unpublished of city": CITY_GONE | {"media": 200, "uploads": 200, "kept": {False}},
    "password of page": ASKS | {"media": 200, "uploads": 200, "kept": {False}},
    "withdrawn": GONE | {"media": 200, "uploads": 200, "kept": {False}},
    "deleted": GONE | {"media": 200, "uploads": 200, "kept": {False}},
    "login of city": GUEST_OF_CITY,
}


@pytest.mark.parametrize(("how", "seen"), EDITORS.items(), ids=EDITORS)
def test_what_editors_see(admin_client, scene, how, seen):
    hide(scene, how)
    assert seen_by(admin_client, scene) == seen
