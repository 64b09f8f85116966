"""Somebody who has signed in to the admin, in a browser of their own."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.test import Client
from playwright.sync_api import BrowserContext, ConsoleMessage, Page

PATIENCE = 60_000  # ms; the machines tests run on are busy


def give_session(context: BrowserContext, site: str, user: AbstractBaseUser) -> None:
    """Let a browser be one in which ``user`` has signed in, without its way through the form and the front page."""
    client = Client()
    client.force_login(user)
    context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": site}])


def open_desk(chromium: Any, site: str, complain: Callable[[str], None], script: str = "") -> Page:
    """Open a browser whose context the caller closes. ``complain`` is told what the browser complains of.

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
    return page


def sign_in(page: Page, name: str) -> None:
    """By the form, as ``name``, whose password is "secret"."""
    page.goto("/admin/login/")
    page.fill("[name=username]", name)
    page.fill("[name=password]", "secret")
    page.click("button[type=submit]")
    page.wait_for_url("**/admin/")


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
