"""Somebody else's page on another origin, with our frame in it."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

# Storage that is not there: what a browser with everything blocked answers a frame of another site.
BLOCKED = """(() => {
  const get = () => { throw new DOMException("The operation is insecure.", "SecurityError"); };
  const refuse = { get, configurable: true };
  for (const name of ["localStorage", "sessionStorage", "indexedDB", "caches"]) {
    Object.defineProperty(window, name, refuse);
  }
  Object.defineProperty(Document.prototype, "cookie", refuse);
})();"""

LISTEN = """<script>
  window.heard = [];
  addEventListener("message", ({ data }) => window.heard.push(data));
  window.say = (message) => document.querySelector("iframe").contentWindow.postMessage(message, "*");
</script>"""


@dataclass
class Lesson:
    """A web server that knows pages by their path; ``url`` is another origin than the site's."""

    url: str
    pages: dict[str, str] = field(default_factory=dict)

    def page(self, body: str, name: str = "lesson") -> str:
        """Put up a page, and return its address."""
        self.pages[f"/{name}"] = f"<!doctype html><html lang=en><title>Lesson</title>{LISTEN}{body}"
        return f"{self.url}/{name}"


def frame(address: str, attributes: str = "", width: int = 640, height: int = 360) -> str:
    """An iframe as teachers paste it."""
    return f'<iframe src="{address}" width="{width}" height="{height}" title="Clip" {attributes}></iframe>'


@contextmanager
def lessons() -> Iterator[Lesson]:
    """Serve pages at 127.0.0.1, which is another site than localhost."""
    lesson = Lesson("")

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = lesson.pages.get(self.path, "").encode()
            if self.path == "/favicon.ico":  # browsers ask on their own
                self.send_response(204)
                self.end_headers()
                return
            self.send_response(200 if body else 404)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_arguments: Any) -> None:
            """Nobody reads along."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    lesson.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield lesson
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
