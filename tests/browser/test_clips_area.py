"""The area "Clips" as an editor of one city uses it: upload a video, see it made, care for it, show it on a page."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as site_settings
from django.contrib.auth.models import User
from django.test import override_settings
from django.utils import translation
from playwright.sync_api import Page, expect

from home.access.roles import sync_city_roles
from home.admin.clips import columns, presenters
from home.editing.clip_page_draft import create_clip_page
from home.models import CityPage, ClipPage
from media_pipeline import api
from media_pipeline.models import Clip
from media_pipeline.worker import run_job
from tests.browser import axe, videos
from tests.browser.clip_desk import add_captions, badge, in_the_list, look_again, notice, open_clip
from tests.browser.desk import give_session
from tests.browser.visiting import Visitor
from tests.home import archive as building

pytestmark = pytest.mark.slow

QUICK = {"CODECS": ("h264",), "PREVIEW": False}
SRT = "1\n00:00:00,000 --> 00:00:02,000\nένα\n\n2\n00:00:02,000 --> 00:00:04,000\n<i>δύο</i>\n".encode()
LETTER = b"Dear editor, the video is attached to the other mail. " * 40
# What is ours of these pages; the frame around it is Wagtail's.
OURS = ("main .clip-detail", "main .clip-section", "main .listing", "main .clip-lead", "main form")


@pytest.fixture(scope="module")
def city(served: str) -> CityPage:
    """Lille, and an editor who may work there and nowhere else."""
    archive = building.build()
    archive.city("Leuven")
    lille = archive.city("Lille", slug="lille", original_language="fr")
    User.objects.create_user("editor", "editor@example.org", "secret").groups.add(sync_city_roles(lille)["editor"])
    return lille


@pytest.fixture(scope="module")
def video(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return videos.draw_video(tmp_path_factory.mktemp("videos") / "market.mp4", size="320x180", seconds=4)


@pytest.fixture(scope="module")
def ready(city: CityPage, video: Path) -> Clip:
    """A clip of Lille that is ready and shown on a live page."""
    with override_settings(MEDIA_PIPELINE={**site_settings.MEDIA_PIPELINE, **QUICK}):
        clip = videos.ready_clip(video, "fr", title="La place libre")
    Clip.objects.filter(pk=clip.pk).update(collection=city.collection)
    create_clip_page(clip, city, headline="La place libre", language="fr", publish=True)
    return clip


@pytest.fixture
def desk(visit: Callable[..., Visitor], served: str, city: CityPage, settings: Any) -> Page:
    """The editor, signed in, with a clock that ``look_again`` puts forward."""
    settings.WAGTAIL_AUTOSAVE_INTERVAL = 0
    visitor = visit(viewport={"width": 1400, "height": 900})
    give_session(visitor.context, served, User.objects.get(username="editor"))
    visitor.page.clock.install()
    return visitor.page


def upload(page: Page, path: Path, title: str) -> None:
    """Through the form, from the menu; the editor's only city is chosen already."""
    page.goto("/admin/clips/")
    page.get_by_role("link", name="Upload a clip").first.click()
    page.set_input_files("#id_file", path)
    page.fill("#id_title", title)
    page.select_option("#id_spoken_language", "fr")
    expect(page.locator("#id_city option:checked")).to_have_text("Lille")
    page.get_by_role("button", name="Upload").click()


def uploaded(page: Page, path: Path, title: str) -> Clip:
    upload(page, path, title)
    page.wait_for_url(re.compile(r"/admin/clips/inspect/\d+/$"))
    return Clip.objects.get(title=title)


def watch_being_made(page: Page, clip: Clip) -> list[tuple[str, int]]:
    """Do the worker's steps one by one, and look each time whether the open page follows. (state, percent) seen."""
    seen = []
    while True:
        with translation.override("en"):
            row = presenters.clip_status_row(columns.with_column_data(Clip.objects, [columns.STATUS]).get(pk=clip.pk))
        if not row.busy:
            return seen
        look_again(page)
        expect(badge(page)).to_have_text(row.text)
        expect(page.locator(".clip-detail [data-line]")).to_have_text(row.progress)
        seen.append((row.state, row.percent))
        run_job.run_job(clip.jobs.get().pk)


def test_a_video_from_the_form_to_its_renditions(desk: Page, city: CityPage, video: Path):
    clip = uploaded(desk, video, "Le marché")
    notice(desk, "“Le marché” is uploaded and has a draft page.")
    expect(desk.locator(".clip-detail [data-progress]")).to_be_visible()
    expect(desk.get_by_role("button", name="Cancel preparation")).to_be_visible()
    seen = watch_being_made(desk, clip)
    assert seen[0] == ("RECEIVED", 0)
    assert [percent for _state, percent in seen] == sorted({percent for _state, percent in seen})
    look_again(desk)
    expect(badge(desk)).to_have_text("Ready")  # the page loads itself again: there is more to see
    expect(desk.locator(".clip-detail [data-progress]")).to_be_hidden()
    made = desk.locator("section", has=desk.get_by_role("heading", name="Published files"))
    expect(made.locator("tbody td:nth-child(3)")).to_have_text(["", *["320 × 180"] * 2])  # in AV1 and in H.264
    source = desk.locator("section", has=desk.get_by_role("heading", name="Original file"))
    for fact in ("market.mp4", clip.master.sha256, "0:04", "H.264 320 × 180", "AAC, channels: 1"):
        expect(source.get_by_text(fact, exact=True)).to_be_visible()
    assert list(ClipPage.objects.filter(clip=clip).values_list("live", "headline_fr")) == [(False, "Le marché")]
    in_the_list(desk, "Le marché", "Ready")


def test_captions_come_by_a_file_and_go(desk: Page, ready: Clip, tmp_path: Path):
    open_clip(desk, ready)
    form = desk.locator("form[action$='/caption_add/']")
    add_captions(form, tmp_path, "video.srt", SRT)
    expect(desk.locator(".caption-preview__summary")).to_have_text("2 captions, from 0:00 to 0:04")
    expect(desk.locator(".caption-preview__cues li").nth(1)).to_contain_text("δύο")
    assert axe.violations(desk, ".caption-preview") == []
    desk.get_by_role("link", name="Choose another file").click()
    expect(form.locator("[name=kind]")).to_have_value("captions")
    add_captions(form, tmp_path, "video.srt", SRT)
    desk.get_by_role("button", name="Save").click()
    notice(desk, "Captions added and published.")
    row = desk.locator("#captions tbody tr")
    expect(row.locator("td").nth(0)).to_have_text("Ελληνικά")
    expect(row.locator("td").nth(2)).to_have_text("2")
    expect(row.locator("td").nth(3)).to_have_text("video.srt")
    told = desk.request.get(row.get_by_role("link", name="VTT").get_attribute("href"))
    assert (told.status, told.text()) == (200, api.caption_text(ready.captions.get(), "vtt"))
    add_captions(form, tmp_path, "empty.srt", b"")
    words = api.error_message("caption_empty")
    expect(form).to_contain_text(f"{words.message} {words.advice} (caption_empty)")
    open_clip(desk, ready)
    desk.get_by_role("button", name="Remove captions in Ελληνικά").click()
    notice(desk, "Captions removed.")
    assert ready.captions.count() == 0


def test_another_picture_is_chosen(desk: Page, ready: Clip):
    open_clip(desk, ready)
    pictures = desk.locator(".clip-poster")
    chosen = [button.get_attribute("aria-pressed") for button in pictures.all()]
    assert (chosen.count("true"), len(chosen) > 1) == (1, True)
    other = chosen.index("false")
    wanted = int(pictures.nth(other).get_attribute("value"))
    pictures.nth(other).click()
    notice(desk, "Poster changed.")
    expect(pictures.nth(other)).to_have_attribute("aria-pressed", "true")
    expect(desk.locator(".clip-poster[aria-pressed=true]")).to_have_count(1)
    assert Clip.objects.get(pk=ready.pk).poster_id == wanted


def test_what_is_withdrawn_is_gone_until_it_is_restored(desk: Page, ready: Clip, visit: Callable[..., Visitor]):
    outside = visit(java_script_enabled=False).page.request
    address = f"/media/{ready.public_id}/download.mp4"
    open_clip(desk, ready)
    expect(badge(desk)).to_have_text("Published")
    assert outside.get(address).status == 200
    desk.get_by_role("button", name="Withdraw clip").click()
    desk.keyboard.type("A pupil asked for it.")
    desk.get_by_role("button", name="Withdraw now").click()
    notice(desk, "The public can’t watch it any more")
    expect(badge(desk)).to_have_text("Withdrawn")
    expect(desk.get_by_text("A pupil asked for it.")).to_be_visible()
    assert outside.get(address).status == 410
    desk.get_by_role("button", name="Restore").click()
    notice(desk, "Clip restored.")
    expect(badge(desk)).to_have_text("Published")
    assert outside.get(address).status == 200


def test_withdrawing_is_asked_about_in_a_dialog(desk: Page, ready: Clip):
    open_clip(desk, ready)
    opener, dialog = desk.get_by_role("button", name="Withdraw clip"), desk.get_by_role("dialog", name="Withdraw clip")
    assert opener.get_attribute("aria-haspopup") == "dialog"
    closing = (lambda: desk.keyboard.press("Escape"), dialog.get_by_role("button", name="Cancel").click)
    for close in closing:
        expect(dialog).to_be_hidden()
        opener.press("Enter")
        expect(dialog.get_by_label("Why? Only the team can read this.")).to_be_focused()
        assert axe.violations(desk, "dialog[open]") == []
        close()
        expect(opener).to_be_focused()
    assert Clip.objects.get(pk=ready.pk).state == Clip.State.READY


def test_without_javascript_a_page_asks_why_a_clip_is_withdrawn(desk: Page, ready: Clip, visit: Callable[..., Visitor]):
    page = visit(java_script_enabled=False, storage_state=desk.context.storage_state()).page
    open_clip(page, ready)
    page.get_by_role("button", name="Withdraw clip").click()
    expect(page.get_by_role("heading", name="Withdraw clip")).to_be_visible()
    expect(page.get_by_label("Why? Only the team can read this.")).to_be_focused()
    page.get_by_role("link", name="Cancel").click()
    page.get_by_role("button", name="Withdraw clip").click()
    page.keyboard.type("A pupil asked for it.")
    page.get_by_role("button", name="Withdraw now").click()
    notice(page, "The public can’t watch it any more")
    page.get_by_role("button", name="Restore").click()
    notice(page, "Clip restored.")


def test_an_empty_file_is_refused_beside_its_field(desk: Page, tmp_path: Path):
    (tmp_path / "empty.mp4").touch()
    upload(desk, tmp_path / "empty.mp4", "Rien")
    words = api.error_message("empty_file")
    expect(desk.locator("#panel-child-file-errors, .error-message").first).to_contain_text(
        f"{words.message} {words.advice} (empty_file)"
    )
    expect(desk.locator("#id_title")).to_have_value("Rien")
    assert not Clip.objects.filter(title="Rien").exists()


def test_what_is_no_video_is_refused_in_a_sentence_with_its_code(desk: Page, tmp_path: Path):
    (tmp_path / "letter.mp4").write_bytes(LETTER)
    clip = uploaded(desk, tmp_path / "letter.mp4", "La lettre")
    assert api.process_now(clip).state == Clip.State.REJECTED
    look_again(desk)
    expect(badge(desk)).to_have_text("Rejected")
    problem, words = desk.locator(".help-critical"), api.error_message("not_a_video")
    expect(problem).to_contain_text(f"{words.message} {words.advice} not_a_video")
    expect(desk.get_by_role("button", name="Try again")).to_be_visible()


def test_what_failed_is_tried_again(desk: Page, video: Path, settings: Any, tmp_path: Path):
    clip = uploaded(desk, video, "Encore")
    whole = {**settings.MEDIA_PIPELINE, **QUICK}
    settings.MEDIA_PIPELINE = {**whole, "FFMPEG_BIN": str(tmp_path / "no-ffmpeg")}
    assert api.process_now(clip).state == Clip.State.FAILED
    look_again(desk)
    expect(badge(desk)).to_have_text("Failed")
    expect(desk.locator(".help-critical")).to_contain_text("no_ffmpeg")
    settings.MEDIA_PIPELINE = whole
    desk.get_by_role("button", name="Try again").click()
    notice(desk, "Trying again.")
    expect(desk.locator(".clip-detail [data-progress]")).to_be_visible()
    assert api.process_now(clip).state == Clip.State.READY
    look_again(desk)
    expect(badge(desk)).to_have_text("Ready")


def test_a_clip_is_chosen_for_a_page(desk: Page, city: CityPage):
    clip = Clip.objects.create(title="Une voix", spoken_language="fr", collection=city.collection)
    Clip.objects.create(title="Een stem", spoken_language="nl")  # somebody else's
    desk.goto(f"/admin/pages/add/home/clippage/{city.pk}/")
    desk.get_by_role("button", name="Choose a clip").click()
    window = desk.locator(".modal")
    expect(window.get_by_role("link", name="Une voix")).to_be_visible()
    expect(window.get_by_text("Een stem")).to_have_count(0)
    window.locator("[name=q]").fill("voix")
    expect(window.locator("tbody tr")).to_have_count(1)
    window.get_by_role("link", name="Une voix").click()
    expect(desk.locator("[data-chooser-title]", has_text="Une voix")).to_be_visible()
    desk.click("#tab-label-language_fr")
    desk.fill("#id_headline_fr", "Une voix")
    desk.get_by_role("button", name="Save draft").click()
    desk.wait_for_url(re.compile(r"/admin/pages/\d+/edit/$"))
    assert ClipPage.objects.get(clip=clip).get_parent().specific == city


def test_our_part_of_the_area_is_accessible(desk: Page, ready: Clip):
    found = {}
    for address in ("/admin/clips/", "/admin/clips/new/", f"/admin/clips/inspect/{ready.pk}/"):
        desk.goto(address)
        present = [selector for selector in OURS if desk.locator(selector).count()]
        found[address] = axe.violations(desk, *present)
    assert {address: faults for address, faults in found.items() if faults} == {}
