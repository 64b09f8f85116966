"""Static files under ``make run``: under a name with a hash, kept for ever, and compressed as the browser asks."""

import gzip
import re

import brotli
import pytest

from tests.server.site import ServedSite

pytestmark = pytest.mark.xdist_group("tests/server")
BROWSER = "gzip, deflate, br, zstd"
IN_PAGE = re.compile(r"/static/[^\"'()?#\s]+\.(?:js|css|svg)")
HASHED = re.compile(r"\.[0-9a-f]{12}\.\w+$")


PAGES = (
    "/en/", "/en/nothing/", "/embed/{clip}/", "/c/{clip}/", "/c/{clip}/use/", "/c/{clip}/transcript/",
    "/admin/login/", "/admin/", "/admin/pages/{city}/edit/", "/admin/images/add/", "/admin/documents/",
    "/admin/clips/new/", "/admin/reports/site-history/", "/admin/users/",
)  # fmt: skip


def addresses(site: ServedSite, page: str) -> list[str]:
    """The scripts, styles and drawings that a page names, wherever it is redirected to."""
    url = page.format(clip=site.film.split("/")[2], city=site.city)
    cookie = {} if page == "/admin/login/" else {"Cookie": f"sessionid={site.session}"}
    status, headers, body = site.get(url, **cookie)
    while status in (301, 302):
        status, headers, body = site.get(headers["location"], **cookie)
    assert (page, status) == (page, 404 if "nothing" in page else 200)
    return sorted(set(IN_PAGE.findall(body.decode())))


@pytest.mark.parametrize("page", PAGES)
def test_every_script_and_style_of_a_page_is_small_and_kept(site: ServedSite, page: str) -> None:
    found = addresses(site, page)
    assert len(found) >= 1
    for address in found:
        plain = site.get(address)[2]
        answers = {kind: site.get(address, Accept_Encoding=kind) for kind in (BROWSER, "gzip")}
        encodings = {kind: answer[1].get("content-encoding") for kind, answer in answers.items()}
        smaller = len(plain) > 200  # of less there is nothing to save
        assert (address, encodings) == (address, {BROWSER: "br", "gzip": "gzip"} if smaller else encodings)
        if smaller:
            assert brotli.decompress(answers[BROWSER][2]) == gzip.decompress(answers["gzip"][2]) == plain
        assert HASHED.search(address), address
        assert answers[BROWSER][1]["cache-control"] == "max-age=315360000, public, immutable"
        assert answers[BROWSER][1]["vary"] == "Accept-Encoding"


def test_the_files_that_were_sent_as_they_are(site: ServedSite) -> None:
    """217, 589 and 118 kB of script."""
    sizes = {}
    for address in addresses(site, "/en/"):
        _, _, name = address.rpartition("/")
        sizes[name.split(".")[0] + name[-3:]] = len(site.get(address, Accept_Encoding=BROWSER)[2])
    assert sizes["player.js"] < 50_000
    assert sizes["hls.js"] < 170_000
