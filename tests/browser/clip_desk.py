"""What an editor does and sees on the pages of the clip area."""

from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from media_pipeline.models import Clip


def open_clip(page: Page, clip: Clip) -> None:
    page.goto(f"/admin/clips/inspect/{clip.pk}/")


def badge(page: Page) -> Locator:
    return page.locator(".clip-detail [data-text]")


def look_again(page: Page) -> None:
    """Let the page ask at once how far the work is, which it does every second and a half."""
    page.clock.fast_forward(1500)


def notice(page: Page, words: str) -> None:
    expect(page.locator(".messages")).to_contain_text(words)


def in_the_list(page: Page, title: str, words: str) -> None:
    page.goto("/admin/clips/")
    row = page.locator("tr", has=page.get_by_role("link", name=title))
    expect(row.locator("[data-text]")).to_have_text(words)
    expect(row).to_contain_text("Français")
    row.locator("img").scroll_into_view_if_needed()
    page.wait_for_function("() => [...document.querySelectorAll('.clip-thumb img')].every((i) => i.naturalWidth > 0)")


def add_captions(form: Locator, folder: Path, name: str, data: bytes) -> None:
    (folder / name).write_bytes(data)
    form.locator("[name=language]").select_option("el")
    form.locator("[name=kind]").select_option("captions")
    form.locator("[name=file]").set_input_files(folder / name)
    form.get_by_role("button", name="Add captions").click()
