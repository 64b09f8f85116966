"""An archive with every kind of page in it: the demo's, whose texts are real in every language, with clips."""

import io
import json

from django.core.files.base import ContentFile
from django.core.management import call_command
from PIL import Image
from wagtail.documents import get_document_model

from demo.load.load import load_demo
from home.models import CityPage, ClipPage, HomePage, NewsIndexPage, NewsPage, Picture, StandardPage, StoryPage
from media_pipeline.models import Clip
from tests.browser import videos
from tests.home import archive
from tests.home.recording import recorded

KINDS = (
    "start",
    "cities",
    "city",
    "projects",
    "project",
    "clip",
    "story",
    "every block",
    "news list",
    "city news",
    "news",
    "standard",
    "not found",
)


@recorded
def build_demo_site() -> dict[str, str]:
    """Fill an empty database. Returns per kind of page its address without the language, such as ``cities/``.

    The first clip has a real video of eight seconds with captions; of other clips there are only the posters.
    """
    load_demo()
    home = HomePage.objects.get()
    shown = home.featured.specific
    _give_clip(shown, videos.captioned_clip("en", "de", "el", "ar"))
    for page in ClipPage.objects.exclude(pk=shown.pk).order_by("path")[:7]:
        _give_clip(page, _stand_in(page.original_language))
    city = CityPage.objects.get(slug="dusseldorf")
    pages = {
        "start": home,
        "city": city,
        "clip": shown,
        "story": StoryPage.objects.order_by("path").first(),
        "every block": _every_block(city, shown),
        "city news": NewsIndexPage.objects.child_of(city).get(),
        "news": NewsPage.objects.filter(documents__isnull=False).get(),
        "standard": StandardPage.objects.order_by("path").first(),
    }
    call_command("rebuild_references_index", verbosity=0)  # which shows pictures; saving in tests leaves it out
    lists = {"cities": "cities/", "projects": "projects/", "project": "projects/loud/", "news list": "news/"}
    found = {name: page.get_url().split("/", 2)[2] for name, page in pages.items()}
    found |= {**lists, "not found": "no/such/page/"}
    return {kind: found[kind] for kind in KINDS}


def _give_clip(page: ClipPage, clip: Clip) -> None:
    ClipPage.objects.filter(pk=page.pk).update(clip=clip)


def _stand_in(spoken: str) -> Clip:
    """A clip that looks ready in lists."""
    clip = archive.ready_clip(spoken_language=spoken)
    for width in clip.poster.widths:
        for ending in clip.poster.formats:
            archive.put(clip, f"poster-1-{width}.{ending}", _drawn(width, ending))
    return clip


def _drawn(width: int, ending: str = "jpg") -> bytes:
    """A picture in one colour."""
    made = io.BytesIO()
    Image.new("RGB", (width, width * 9 // 16), "#7fd8ff").save(made, {"jpg": "JPEG"}.get(ending, ending))
    return made.getvalue()


def _every_block(city: CityPage, clip_page: ClipPage) -> StoryPage:
    """A story made of all that a body can be made of."""
    picture = Picture.objects.create(
        title="Stalls", file=ContentFile(_drawn(1600), "stalls.jpg"), photographer="Somebody", licence="CC-BY-4.0"
    )
    document = get_document_model().objects.create(title="Handout", file=ContentFile(b"words", "handout.txt"))
    claim = {"text": "It was in May.", "source": "A newspaper", "url": "https://example.org/", "date": "2019-05-02"}
    values = (
        ("heading", "Donaudampfschifffahrtsgesellschaftskapitän"),
        ("text", '<p>Words with <b>weight</b>, <a href="https://example.org/">a link</a>.</p><ul><li>One</li></ul>'),
        ("quote", {"text": "I said what I said.", "by": "Somebody"}),
        ("picture", {"picture": picture.pk, "alt": "Five stalls", "caption": "A market"}),
        ("clip", clip_page.pk),
        ("interview", {"person": "Somebody", "turns": [{"question": "Why?", "answer": "Because."}]}),
        ("claim", claim),
        ("document", document.pk),
    )
    body = json.dumps([{"type": kind, "value": value} for kind, value in values])
    return archive._add(city, StoryPage, "Every block", body_en=body, picture=picture)
