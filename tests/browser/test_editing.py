"""An editor at the desk: a Catalan clip page with a German translation, from the first word to the schedule.

Preview per language, publish, revert and schedule, as a person does it; afterwards no language has lost a word.
"""

import contextlib
import datetime
import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.utils import timezone
from playwright.sync_api import Page, TimeoutError, expect

from home.models import CityPage, ClipPage
from media_pipeline.models import Clip
from tests.browser.desk import PATIENCE, open_desk, sign_in, tab
from tests.home import archive as building

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def city(transactional_db: None) -> CityPage:
    """L'Hospitalet in an archive of its own."""
    city = CityPage(original_language="ca", headline_ca="L'Hospitalet", country="ES", languages=["ca"])
    return building.build().cities.add_child(instance=city)


@pytest.fixture
def desk(chromium: Any, live_server: Any, city: CityPage, settings: Any) -> Iterator[Page]:
    """A page of a browser in which an administrator has signed in; complaints of the browser fail the test."""
    # A robot presses "publish" while a background save is under way; that one is held in tests/home/editing instead.
    settings.WAGTAIL_AUTOSAVE_INTERVAL = 0
    get_user_model().objects.create_superuser("admin", "admin@example.org", "secret")
    complaints: list[str] = []
    page = open_desk(chromium, live_server.url, complaints.append)
    sign_in(page, "admin")
    yield page
    page.context.close()
    assert complaints == []


def publish(page: Page) -> None:
    page.locator("footer").get_by_role("button", name="More actions").click()
    page.locator("button[name=action-publish]").click()
    page.wait_for_url(re.compile(r"/admin/pages/\d+/$"))


def texts() -> tuple[str, str, str]:
    page = ClipPage.objects.get()
    return page.headline_ca, page.headline_de, page.headline_ar


def test_a_clip_page_from_the_first_word_to_the_schedule(desk: Page, city: CityPage):
    clip = Clip.objects.create(title="Etiquetes", spoken_language="ca")
    desk.goto(f"/admin/pages/add/home/clippage/{city.pk}/")
    expect(desk.locator("#id_original_language")).to_have_value("ca")
    desk.get_by_role("button", name="Choose a clip").click()
    desk.get_by_role("link", name="Etiquetes").click()
    for code, headline in (("ca", "Habitatge digne"), ("de", "Würdig wohnen"), ("ar", "سكن لائق")):
        tab(desk, code)
        desk.fill(f"#id_headline_{code}", headline)
    expect(desk.locator("#tab-language_ar .in-language").first).to_have_attribute("dir", "rtl")
    assert desk.evaluate("getComputedStyle(document.querySelector('#id_headline_ar')).direction") == "rtl"

    preview(desk, {"ca": "Habitatge digne", "de": "Würdig wohnen", "fr": "Habitatge digne", "ar": "سكن لائق"})
    publish(desk)
    assert texts() == ("Habitatge digne", "Würdig wohnen", "سكن لائق")
    assert (ClipPage.objects.get().clip, ClipPage.objects.get().slug) == (clip, "habitatge-digne")
    read(desk, "/de/cities/l-hospitalet/habitatge-digne/", "Würdig wohnen")
    read(desk, "/uk/cities/l-hospitalet/habitatge-digne/", "Habitatge digne")

    change(desk, "Ganz anders")
    publish(desk)
    assert texts() == ("Habitatge digne", "Ganz anders", "سكن لائق")
    revert(desk)
    assert texts() == ("Habitatge digne", "Würdig wohnen", "سكن لائق")
    schedule(desk)


def preview(page: Page, wanted: dict[str, str]) -> None:
    page.get_by_role("button", name="Toggle preview").click()
    for code, headline in wanted.items():
        show_in(page, code)
        frame = page.frame_locator("iframe.w-preview__iframe").last
        expect(frame.locator("h1")).to_contain_text(headline)
    page.get_by_role("button", name="Toggle preview").click()


def show_in(page: Page, code: str) -> None:
    """Choose a preview; again, when Wagtail dropped the choice because an earlier preview was still under way."""
    heading = page.frame_locator("iframe.w-preview__iframe").last.locator(f"html[lang={code}] h1")
    for _attempt in range(6):
        page.locator("#id_preview_mode").select_option(code)
        with contextlib.suppress(TimeoutError):
            return heading.wait_for(timeout=PATIENCE / 6)
    raise AssertionError(f"no preview in {code}")


def read(page: Page, path: str, headline: str) -> None:
    page.goto(path)
    expect(page.locator("h1")).to_have_text(headline)


def change(page: Page, german: str) -> None:
    page.goto(f"/admin/pages/{ClipPage.objects.get().pk}/edit/")
    tab(page, "de")
    expect(page.locator("#tab-language_de .original-text__content[lang=ca]").first).to_have_text("Habitatge digne")
    page.fill("#id_headline_de", german)


def revert(page: Page) -> None:
    clip_page = ClipPage.objects.get()
    first = clip_page.revisions.order_by("created_at", "pk").first()
    page.goto(f"/admin/pages/{clip_page.pk}/revisions/{first.pk}/revert/")
    tab(page, "de")
    expect(page.locator("#id_headline_de")).to_have_value("Würdig wohnen")
    publish(page)


def schedule(page: Page) -> None:
    change(page, "Später")
    later = timezone.localtime() + datetime.timedelta(days=2)
    page.get_by_role("button", name="Toggle status").click()
    page.get_by_role("button", name=re.compile("^(Set|Edit) schedule$")).click()
    page.fill("#id_go_live_at", later.strftime("%Y-%m-%d %H:%M"))
    # By keyboard: the calendar of the field may lie over the button.
    page.get_by_role("button", name="Save schedule").press("Enter")
    page.wait_for_url(re.compile(r"/edit/"))
    page.wait_for_load_state("networkidle")
    publish(page)
    clip_page = ClipPage.objects.get()
    waiting = clip_page.scheduled_revision
    assert texts() == ("Habitatge digne", "Würdig wohnen", "سكن لائق")
    assert (waiting.content["headline_de"], waiting.content["headline_ca"]) == ("Später", "Habitatge digne")
    assert waiting.approved_go_live_at == later.replace(second=0, microsecond=0)
