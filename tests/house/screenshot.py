"""Make docs/screenshot.png from a running site: ``python -m tests.house.screenshot http://localhost:8000/en/``."""

import sys
import tempfile
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

from campaign_site.setup.chromium import find_chromium
from tests.house.sources import PROJECT

SIZE = {"width": 1280, "height": 1200}
COLOURS = 256  # a page of flat colours and type needs no more, and the repository keeps every version


def take(address: str, target: Path) -> None:
    """Write a picture of the first screen of ``address``."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=["--no-sandbox"])
        page = browser.new_page(viewport=SIZE, reduced_motion="reduce")
        page.goto(address)
        page.wait_for_load_state("networkidle")
        page.screenshot(path=f"{folder}/page.png")
        browser.close()
        with Image.open(f"{folder}/page.png") as picture:
            small = picture.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
            small.save(target, optimize=True)


if __name__ == "__main__":
    take(sys.argv[1], PROJECT / "docs" / "screenshot.png")
