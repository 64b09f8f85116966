"""What the ZBar reader finds in a picture."""

import io
import json
import subprocess
import sysconfig
from pathlib import Path

from PIL import Image

from campaign_site.setup.node import find_node

SCRIPT = Path(__file__).with_name("zbar.mjs")


def codes(picture: bytes) -> list[list[str]]:
    """``[kind, text]`` of each code in a PNG."""
    with Image.open(io.BytesIO(picture)) as opened:
        grey = opened.convert("L")
    node = find_node(Path(sysconfig.get_path("purelib"))).node
    command = [str(node), str(SCRIPT), *map(str, grey.size)]
    done = subprocess.run(command, input=grey.tobytes(), capture_output=True, check=True, timeout=60)
    return json.loads(done.stdout)
