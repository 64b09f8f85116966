"""What the ZBar reader finds in a picture."""

import io

from PIL import Image

from tests.exchange.node_scripts import run_script


def codes(picture: bytes) -> list[list[str]]:
    """``[kind, text]`` of each code in a PNG."""
    with Image.open(io.BytesIO(picture)) as opened:
        grey = opened.convert("L")
    return run_script("share/zbar.mjs", *grey.size, data=grey.tobytes())
