"""Scripts of Node that read what we write, as programmes of other people do."""

import json
import subprocess
from pathlib import Path
from typing import Any

from campaign_site.setup.install import installed_node


def run_script(name: str, *arguments: object, data: bytes = b"") -> Any:
    """What a script of this folder prints as JSON; ``data`` is its input."""
    command = [installed_node().node, Path(__file__).parent / name, *map(str, arguments)]
    done = subprocess.run(command, input=data, capture_output=True, timeout=60)
    assert done.returncode == 0, done.stderr.decode()
    return json.loads(done.stdout)
