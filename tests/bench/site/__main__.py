"""``make bench-site``: measure the site on this machine, served as by ``make run``, print it, and keep the figures.

``--quick`` takes one round, ``--only NAME`` one part. Figures are ratios from one run, so that a slow machine is slow
in both of their terms.
"""

import argparse
import os
import shutil
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from campaign_site.env import load_environment
from campaign_site.setup.machine import allow_open_files
from tests.bench import report
from tests.bench.report import Outcome
from tests.bench.site import part_stalled
from tests.bench.site.figures import SITE_FIGURES
from tests.server.site import ServedSite, fill_site, python, served_site

PARTS: dict[str, Callable[[ServedSite, int], Outcome]] = {"stalled": part_stalled.measure}
ROUNDS = 3
OPEN_FILES = 4096  # of this process, which is all the clients


def main(arguments: list[str]) -> int:
    """Measure, print and write; 0 whatever the figures say, since a busy machine is nobody's fault."""
    chosen = read_arguments(arguments)
    kept = load_environment().data_dir / "bench"
    kept.mkdir(parents=True, exist_ok=True)
    allow_open_files(OPEN_FILES)
    folder = Path(tempfile.mkdtemp(prefix="site-", dir=kept))
    outcome = Outcome()
    try:
        print("setting up ...", flush=True)
        python(folder, "manage.py", "migrate", "--no-input", "--verbosity", "0")
        with served_site(folder, *fill_site(folder)) as site:
            for name in chosen.only or PARTS:
                print(f"{name} ...", flush=True)
                outcome.add(PARTS[name](site, 1 if chosen.quick else ROUNDS))
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    machine = {"cores": os.cpu_count(), "python": sys.version.split()[0], "load": os.getloadavg()[0]}
    content = report.as_json(outcome, machine, SITE_FIGURES)
    report.write(kept / "site.json", content)
    facts = "\n".join(f"{name}: {value}" for name, value in outcome.facts.items())
    print(f"\n{facts}\n\n{report.verdicts(content, SITE_FIGURES)}\n\nKept in {kept / 'site.json'}.")
    return 0


def read_arguments(arguments: list[str]) -> argparse.Namespace:
    """``quick`` and ``only`` (a list, empty for all parts)."""
    parser = argparse.ArgumentParser(prog="make bench-site", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="one round")
    parser.add_argument("--only", action="append", default=[], choices=list(PARTS), help="one part; may be repeated")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
