"""``make test-wordpress``: fetch Debian's WordPress into a temporary folder, and see a pasted address play in it.

Ends with 0 when it plays, with 1 when it does not, and with 2 when this machine lacks something.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from campaign_site.setup.chromium import find_chromium
from tests.wordpress.debian import CannotBeHadError, unpack

CHECK = Path(__file__).with_name("check_wordpress.py")
LACKING = 2


def main(options: list[str]) -> int:
    """Run the check; ``options`` are pytest's."""
    if find_chromium() is None:
        return lacking("no Chromium was found on PATH.")
    with tempfile.TemporaryDirectory(prefix="wordpress-") as folder:
        try:
            programmes = unpack(Path(folder))
        except CannotBeHadError as problem:
            return lacking(str(problem))
        print(
            f"Using {programmes.php[0].rpartition('/')[2]} and {programmes.mariadbd[0].rpartition('/')[2]}.", flush=True
        )
        command = [sys.executable, "-m", "pytest", str(CHECK), "-p", "no:cacheprovider", *options]
        return int(bool(subprocess.run(command, env=os.environ | {"TEST_WORDPRESS_FOLDER": folder}).returncode))


def lacking(what: str) -> int:
    """Say what this machine lacks."""
    print(f"The check with WordPress cannot run here: {what}", file=sys.stderr)
    return LACKING


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
