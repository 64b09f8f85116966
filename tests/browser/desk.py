"""Somebody who has signed in to the admin, in a browser of their own."""

from collections.abc import Callable
from typing import Any

from playwright.sync_api import BrowserContext, ConsoleMessage, Page

PATIENCE = 60_000  # ms; the machines tests run on are busy


def signed_in(
    chromium: Any, site: str, name: str, complain: Callable[[str], None], script: str = ""
) -> tuple[BrowserContext, Page]:
    """Sign ``name`` in, whose password is "secret". ``complain`` is told what the browser complains of.

    ``script`` runs first on each page.
    """
    context: BrowserContext = chromium.new_context(
        base_url=site, viewport={"width": 1400, "height": 900}, locale="en-GB"
    )
    context.set_default_timeout(PATIENCE)
    if script:
        context.add_init_script(script)
    page = context.new_page()
    page.on("pageerror", lambda error: complain(str(error)))
    page.on("console", lambda message: complain(complaint(message)) if message.type == "error" else None)
    page.goto("/admin/login/")
    page.fill("[name=username]", name)
    page.fill("[name=password]", "secret")
    page.click("button[type=submit]")
    page.wait_for_url("**/admin/")
    return context, page


def complaint(message: ConsoleMessage) -> str:
    return f"{message.text} {message.location.get('url')}"


def tab(page: Page, code: str) -> None:
    """Open the tab of a language, from behind "More languages" when it waits there."""
    waiting = page.locator(f"[data-language-more-for=tab-label-language_{code}]")
    if waiting.count():
        page.click(".language-more__button")
        waiting.click()
    else:
        page.click(f"#tab-label-language_{code}")
