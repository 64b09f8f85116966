"""``make bench-site``: measure the site on this machine, served as by ``make run``, print it, and keep the figures.

``--quick`` takes one round, ``--only NAME`` one part. Figures are ratios from one run, so that a slow machine is slow
in both of their terms.
"""

import os
import sys
from collections.abc import Callable

from campaign_site.setup.machine import allow_open_files
from tests.bench import report
from tests.bench.command_line import figures_folder, read_arguments, working_folder
from tests.bench.report import Outcome
from tests.bench.site import part_stalled
from tests.bench.site.figures import SITE_FIGURES
from tests.server.site import ServedSite, fill_site, python, served_site

PARTS: dict[str, Callable[[ServedSite, int], Outcome]] = {"stalled": part_stalled.measure}
ROUNDS = 3
OPEN_FILES = 4096  # of this process, which is all the clients


def main(arguments: list[str]) -> int:
    """Measure, print and write; 0 whatever the figures say, since a busy machine is nobody's fault."""
    chosen = read_arguments(arguments, "make bench-site", __doc__, "one round", PARTS)
    kept, outcome = figures_folder(), Outcome()
    allow_open_files(OPEN_FILES)
    with working_folder("site-") as folder:
        print("setting up ...", flush=True)
        python(folder, "manage.py", "migrate", "--no-input", "--verbosity", "0")
        with served_site(folder, *fill_site(folder)) as site:
            for name in chosen.only:
                print(f"{name} ...", flush=True)
                outcome.add(PARTS[name](site, 1 if chosen.quick else ROUNDS))
    machine = {"cores": os.cpu_count(), "python": sys.version.split()[0], "load": os.getloadavg()[0]}
    content = report.as_json(outcome, machine, SITE_FIGURES)
    report.write(kept / "site.json", content)
    facts = "\n".join(f"{name}: {value}" for name, value in outcome.facts.items())
    print(f"\n{facts}\n\n{report.verdicts(content, SITE_FIGURES)}\n\nKept in {kept / 'site.json'}.")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
