"""Somebody in front of a browser, who notes whatever the site should not have done."""

from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request

PATIENCE_MS = 30_000  # the machines tests run on are busy
INLINE = ("data", "blob")

STORED = """async () => ({
  cookies: document.cookie,
  local: Object.keys(localStorage),
  session: Object.keys(sessionStorage),
  databases: (await indexedDB.databases()).map((database) => database.name),
  caches: await caches.keys(),
  workers: (await navigator.serviceWorker.getRegistrations()).length,
})"""
NOTHING = {"cookies": "", "local": [], "session": [], "databases": [], "caches": [], "workers": 0}

# What is wider than the window, and what is written beyond its edges (which a clipping ancestor would hide).
TOO_WIDE = """() => {
  const page = document.scrollingElement;
  const wide = page.scrollWidth > innerWidth ? [`the page is ${page.scrollWidth} px wide`] : [];
  const written = (element) => [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
  const hidden = (element) => element.closest(".visually-hidden, .skip-link, [aria-hidden=true], svg, script, style");
  const outside = ({ left, right, width }) => width > 1 && (left < -1 || right > innerWidth + 1);
  const beyond = [...document.body.querySelectorAll("*")].filter((element) =>
    written(element) && !hidden(element) && element.checkVisibility() && outside(element.getBoundingClientRect()));
  return [...wide, ...beyond.map((element) => element.outerHTML.slice(0, 120))];
}"""


@dataclass
class Visitor:
    """A page in a browser context of its own; ``complaints`` are errors, broken policies, calls to third parties."""

    context: BrowserContext
    page: Page
    host: str
    complaints: list[str] = field(default_factory=list)
    hosts: set[str] = field(default_factory=set)  # further ones that may be asked: the page around a frame

    @classmethod
    def to(cls, browser: Browser, url: str, **options: Any) -> "Visitor":
        context = browser.new_context(base_url=url, **{"locale": "en-GB", "reduced_motion": "reduce", **options})
        context.set_default_timeout(PATIENCE_MS)
        visitor = cls(context, context.new_page(), urlsplit(url).netloc)
        visitor.page.on("console", visitor.hear)
        visitor.page.on("pageerror", lambda error: visitor.complaints.append(str(error)))
        context.on("request", visitor.watch)
        return visitor

    def hear(self, message: ConsoleMessage) -> None:
        """Broken policies and missing files are errors on the console too."""
        if message.type in ("error", "warning"):
            self.complaints.append(f"{message.type}: {message.text} {message.location.get('url', '')}".strip())

    def watch(self, request: Request) -> None:
        address = urlsplit(request.url)
        if address.scheme not in INLINE and address.netloc not in {self.host, *self.hosts}:
            self.complaints.append(f"asked a third party: {request.url}")

    def leaves_no_trace(self) -> None:
        """Nothing of the visit is kept, neither by the server nor by scripts."""
        assert self.context.cookies() == []
        assert self.page.evaluate(STORED) == NOTHING
