"""What ``make`` calls: ``python3 -m campaign_site.setup run``. A bare Python is enough."""

import fcntl
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from campaign_site.env import PROJECT_DIR, SettingError, load
from campaign_site.setup import firstrun, install
from campaign_site.setup.locks import only_one, refuse_taken_port
from campaign_site.setup.steps import StageError, run_stages, say, stop_with


@contextmanager
def alone() -> Iterator[None]:
    """Let one set-up at a time work in this folder; others wait."""
    with (PROJECT_DIR / "pyproject.toml").open("rb") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def setup() -> None:
    """Bring folder and data up to date."""
    env = load()
    with alone():
        run_stages([*install.project_stages(), *firstrun.data_stages(env)])


def run() -> None:
    """Set up, then become the supervisor of web server and worker; a start that must fail fails before anything."""
    env = load()
    with only_one(env.data_dir):
        refuse_taken_port(env)
        setup()
    install.become(["-m", "campaign_site.setup.supervisor"])


def with_test_tools(*arguments: str, front_end: bool = True) -> None:
    """Install the tools of the tests, then become one of them; what only reads the source needs no front end."""
    stages = install.project_stages(for_tests=True)
    with alone():
        run_stages(stages if front_end else stages[: install.PYTHON_STAGES])
    install.become(list(arguments))


COMMANDS: dict[str, Callable[..., None]] = {
    "setup": setup,
    "run": run,
    "test": lambda: with_test_tools("-m", "campaign_site.setup.quality", "test"),
    "test-wordpress": lambda: with_test_tools("-m", "tests.wordpress"),
    "lint": lambda: with_test_tools("-m", "campaign_site.setup.quality", "lint", front_end=False),
    "bench": lambda *options: with_test_tools("-m", "tests.bench", *options, front_end=False),
    "messages": lambda: with_test_tools("-m", "campaign_site.setup.catalogues", "update", front_end=False),
}


def main(arguments: list[str]) -> int:
    """Run one command; return an exit status. Only ``bench`` takes options."""
    name, *options = arguments or [""]
    if name not in COMMANDS or (options and name != "bench"):
        say("Say one of: " + ", ".join(COMMANDS))
        return 2
    try:
        COMMANDS[name](*options)
    except (StageError, SettingError) as problem:
        return stop_with(problem)
    except KeyboardInterrupt:
        return stop_with("interrupted; the next start goes on from here.")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
