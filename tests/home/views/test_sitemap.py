"""``/sitemap.xml`` has every public page in every language it is written in."""

import re

from wagtail.models import PageViewRestriction

from media_pipeline.models import Clip
from tests.home.archive import new_clip


def sitemap(client) -> str:
    return b"".join(client.get("/sitemap.xml").streaming_content).decode()


def test_the_sitemap_lists_each_real_translation(client, clip_page):
    clip_page.headline_pl = "Wolne miejsce"
    clip_page.save_revision().publish()
    path = clip_page.get_url().removeprefix("/en")
    entry = re.findall(rf"<url><loc>([^<]*{path})</loc>.*?</url>", sitemap(client))
    assert entry == [f"http://testserver/en{path}", f"http://testserver/pl{path}"]
    assert f'hreflang="x-default" href="http://testserver/en{path}"' in sitemap(client)


def test_the_sitemap_leaves_out_what_is_not_public(client, archive):
    city = archive.city("Open")
    hidden = archive.city("Hidden")
    PageViewRestriction.objects.create(page=hidden, restriction_type="password", password="open sesame")
    draft, failed = archive.clip_page(city, live=False), archive.clip_page(city, new_clip(state=Clip.State.FAILED))
    text = sitemap(client)
    assert city.get_url() in text
    assert [page for page in (hidden, draft, failed) if page.get_url() in text] == []
