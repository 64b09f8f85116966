"""Watching a video on its page: press play, hold, choose from the player's menus, read what its tracks show."""

from playwright.sync_api import Page

CAPTIONS = """() => [...document.querySelector("video").textTracks]
  .filter((track) => track.mode === "showing").map((track) => track.language)"""
CUES = """(language) => [...[...document.querySelector("video").textTracks]
  .find((track) => track.language === language).activeCues ?? []].map((cue) => cue.text)"""


def video_is(page: Page, claim: str) -> None:
    """Wait until something is true of ``video``."""
    page.wait_for_function(f"() => {{ const video = document.querySelector('video'); return {claim}; }}")


def play(page: Page, until: float = 0.5) -> None:
    """Press the button on the poster and watch for ``until`` seconds, or to the end of a shorter video."""
    page.locator("[data-player-start]").click()
    video_is(page, f"video.currentTime >= {until} || video.ended")


def hold_at(page: Page, seconds: float) -> None:
    """Stop at a second of the video, and wait for its picture."""
    page.evaluate(f"() => {{ const v = document.querySelector('video'); v.pause(); v.currentTime = {seconds}; }}")
    video_is(page, "!video.seeking && video.readyState >= 2")


def choose(page: Page, menu: str, item: str) -> None:
    """Open a menu of the player's bar (captions, playback-rate, rendition) and press one of its items."""
    page.locator(f"media-{menu}-menu-button").click()
    page.locator(f"media-{menu}-menu media-chrome-menu-item", has_text=item).click()


def captions_become(page: Page, *languages: str) -> None:
    """Wait until captions of exactly these languages are shown."""
    page.wait_for_function(f"(wanted) => String(({CAPTIONS})()) === wanted", arg=",".join(languages))


def words_become(page: Page, language: str, words: str) -> None:
    """Wait until the captions of a language say this."""
    page.wait_for_function(f"([language, words]) => String(({CUES})(language)) === words", arg=[language, words])
