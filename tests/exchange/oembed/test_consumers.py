"""Programmes of other people read our oEmbed over HTTP: by what a page's head says, and from a list of providers."""

import json

import pytest
from oembedpy import consumer, discovery
from oembedpy.provider import ProviderRegistry
from oembedpy.types import Video

from home.models import ClipPage
from tests.exchange.node_scripts import run_script


@pytest.fixture
def page(live_server, archive) -> ClipPage:
    return archive.clip_page(archive.city(), headline='Ça "suffit" & basta', headline_de="Es reicht", slug="basta")


def registered(base: str) -> dict[str, object]:
    """Ourselves in the shape of oembed.com's list, as docs/embedding.md shows it."""
    schemes = [f"{base}/*/*", f"{base}/c/*", f"{base}/embed/*"]
    endpoint = {"schemes": schemes, "url": f"{base}/oembed", "formats": ["json", "xml"], "discovery": True}
    return {"provider_name": "Polyphony", "provider_url": f"{base}/", "endpoints": [endpoint]}


def frame(base: str, page: ClipPage, query: str) -> str:
    return f'<iframe src="{base}/embed/{page.clip.public_id}/?{query}" title="Es reicht" width="320" height="180" '


def in_german(base: str, page: ClipPage) -> str:
    return base + page.get_url().replace("/en/", "/de/", 1) + "?t=42"


@pytest.mark.parametrize("known", [False, True], ids=["discovered", "registered"])
def test_oembedpy_reads_it(live_server, page, known):
    address = in_german(live_server.url, page)
    if known:
        registry = ProviderRegistry.from_dict([registered(live_server.url)])
        endpoint, question = discovery.find_from_registry(address, registry)
    else:
        endpoint, question = discovery.find_from_content(address)
    question.max_width = 320
    for question.format in ("json", "xml"):
        content = consumer.fetch_content(endpoint, question)
        assert isinstance(content, Video)
        assert content.html.startswith(frame(live_server.url, page, "lang=de&amp;start=42"))
        assert (content.title, content.provider_name, int(content.cache_age)) == ("Es reicht", "Polyphony", 3600)
        assert (int(content.width), int(content.height)) == (320, 180)


@pytest.mark.parametrize("known", [False, True], ids=["discovered", "registered"])
def test_oembed_extractor_reads_it(live_server, page, known):
    provider = [json.dumps(registered(live_server.url))] if known else []
    said = run_script("oembed/consumers.mjs", in_german(live_server.url, page), 320, *provider)
    assert said.pop("method") == ("provider-api" if known else "auto-discovery")
    assert said["html"].startswith(frame(live_server.url, page, "lang=de&amp;start=42"))
    assert (said["version"], said["type"], said["title"]) == ("1.0", "video", "Es reicht")
    assert (said["width"], said["height"], said["thumbnail_width"]) == (320, 180, 320)


def test_the_frame_s_own_address_is_discovered_too(live_server, page):
    address = f"{live_server.url}/embed/{page.clip.public_id}/?lang=de&start=42"
    endpoint, question = discovery.find_from_content(address)
    assert (endpoint, question.url) == (f"{live_server.url}/oembed", address)
    content = consumer.fetch_content(endpoint, question)
    assert content.html.startswith(f'<iframe src="{address.replace("&", "&amp;")}" title="Es reicht" ')
