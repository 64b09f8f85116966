"""Make docs/pictures: ``python -m tests.house.teacher_pictures`` starts a site with the demo and looks at it.

With an address (``… http://localhost:8000``) it looks at that site instead, in which a clip must be ready.
"""

import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from urllib.error import URLError

from PIL import Image
from playwright.sync_api import Page, sync_playwright

from campaign_site.setup.chromium import find_chromium
from tests.house.sources import PROJECT

TARGET = PROJECT / "docs" / "pictures"
SIZE = {"width": 1000, "height": 820}
LARGEST = 100_000  # bytes of a picture
QUALITIES = (85, 75, 60, 45)
PATIENCE_S = 900.0  # until the demo's first video is made, on a small machine
STEPS = (("migrate", "--no-input"), ("demo",))


@contextmanager
def demo_site() -> Iterator[str]:
    """Address of a site in a folder of its own, with the demo in it and a worker that makes its videos."""
    with tempfile.TemporaryDirectory() as folder, socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port = str(listener.getsockname()[1])
        listener.close()
        env = {**os.environ, "DATA_DIR": folder, "PORT": port, "DEMO": "yes"}
        for step in STEPS:
            subprocess.run([sys.executable, "manage.py", *step], cwd=PROJECT, env=env, check=True)
        site = subprocess.Popen([sys.executable, "-m", "campaign_site.setup", "serve"], cwd=PROJECT, env=env)
        try:
            address = f"http://localhost:{port}"
            wait_for(lambda: answers(f"{address}/healthz"))
            yield address
        finally:
            site.terminate()
            site.wait(timeout=60)


def wait_for(is_there: Callable[[], bool]) -> None:
    """Ask again until it is; TimeoutError when it never is."""
    deadline = time.monotonic() + PATIENCE_S
    while not is_there():
        if time.monotonic() > deadline:
            raise TimeoutError("the site did not get there in time")
        time.sleep(1)


def answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(address, timeout=10) as answer:
            return answer.status == 200
    except (URLError, TimeoutError, ConnectionError):
        return False


def first_clip(page: Page, site: str) -> str:
    """Id of the clip on the start page, once one is ready."""

    def is_there() -> bool:
        page.goto(f"{site}/en/")
        return page.locator("[data-player]").count() > 0

    wait_for(is_there)
    return page.locator("[data-player]").first.get_attribute("data-player") or ""


def look(page: Page, site: str, clip: str) -> None:
    """Write every picture."""
    page.goto(f"{site}/c/{clip}/?lang=en")
    keep(page, "clip_page", ".cluster--actions", "center")
    page.goto(f"{site}/c/{clip}/use/?lang=en&start=0:02&end=0:06")
    keep(page, "builder", ".breadcrumb", "start")
    page.goto(f"{site}/c/{clip}/files/?lang=en")
    keep(page, "files", ".breadcrumb", "start")
    page.goto(f"{site}/c/{clip}/transcript/?lang=en")
    page.emulate_media(media="print")
    page.add_style_tag(content="body { padding: 16mm }")  # what @page gives to paper
    keep(page, "transcript", "h1", "nearest")


def keep(page: Page, name: str, part: str, where: str) -> Path:
    """Write what the window shows with ``part`` at its start or centre, as small as it must be."""
    page.wait_for_load_state("networkidle")
    page.locator(part).first.evaluate("(element, block) => element.scrollIntoView({ block })", where)
    target = TARGET / f"{name}.webp"
    with Image.open(BytesIO(page.screenshot())) as picture:
        for quality in QUALITIES:
            picture.convert("RGB").save(target, "WEBP", quality=quality, method=6)
            if target.stat().st_size <= LARGEST:
                return target
    raise ValueError(f"{target.name} does not fit into {LARGEST} bytes")


def make(site: str) -> None:
    """Look at the running site and write the pictures."""
    TARGET.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=["--no-sandbox"])
        page = browser.new_page(
            viewport=SIZE, reduced_motion="reduce", color_scheme="light", locale="en-GB", bypass_csp=True
        )
        look(page, site, first_clip(page, site))
        browser.close()


if __name__ == "__main__":
    if sys.argv[1:]:
        make(sys.argv[1].rstrip("/"))
    else:
        with demo_site() as started:
            make(started)
