"""What ``make`` calls: ``python3 -m campaign_site.setup run``. A bare Python is enough."""

import sys
from collections.abc import Callable

from campaign_site.env import PROJECT_DIR, SettingError, load_environment
from campaign_site.setup import firstrun, install
from campaign_site.setup.locks import check_port_free, lock_data_dir, lock_file
from campaign_site.setup.steps import SetupError, print_line, run_steps
from campaign_site.setup.supervisor import Supervisor

PROJECT_FILE = PROJECT_DIR / "pyproject.toml"  # held by one set-up at a time; others wait


def set_up() -> None:
    """Bring folder and data up to date."""
    env = load_environment()
    with lock_file(PROJECT_FILE):
        run_steps([*install.project_steps(), *firstrun.data_steps(env)])


def run_site() -> None:
    """Set up, then become the supervisor of web server and worker; a start that must fail fails before anything."""
    env = load_environment()
    with lock_data_dir(env.data_dir):
        check_port_free(env)
        set_up()
    install.exec_python(["-m", "campaign_site.setup", "serve"])


def serve() -> None:
    """Supervise web server and worker until told to stop, without any set-up; runs in the environment's Python."""
    env = load_environment()
    firstrun.settings_module()
    with lock_data_dir(env.data_dir):
        check_port_free(env)
        Supervisor(env).run()


def with_test_tools(*arguments: str, front_end: bool = True) -> None:
    """Install the tools of the tests, then become one of them; what only reads the source needs no front end."""
    steps = install.project_steps(for_tests=True)
    with lock_file(PROJECT_FILE):
        run_steps(steps if front_end else steps[: install.PYTHON_STEPS])
    install.exec_python(list(arguments))


COMMANDS: dict[str, Callable[..., None]] = {
    "setup": set_up,
    "run": run_site,
    "serve": serve,
    "test": lambda *options: with_test_tools("-m", "campaign_site.setup.quality", "test", *options),
    "test-all": lambda: with_test_tools("-m", "campaign_site.setup.quality", "test-all"),
    "test-wordpress": lambda: with_test_tools("-m", "tests.wordpress"),
    "lint": lambda: with_test_tools("-m", "campaign_site.setup.quality", "lint", front_end=False),
    "bench": lambda *options: with_test_tools("-m", "tests.bench", *options, front_end=False),
    "bench-site": lambda *options: with_test_tools("-m", "tests.bench.site", *options),
    "messages": lambda: with_test_tools("-m", "campaign_site.setup.catalogues", "update", front_end=False),
}
TAKE_OPTIONS = {"bench", "bench-site", "test"}


def main(arguments: list[str]) -> int:
    """Run one command; return an exit status. Only those of ``TAKE_OPTIONS`` take any."""
    name, *options = arguments or [""]
    if name not in COMMANDS or (options and name not in TAKE_OPTIONS):
        print_line("Use one of: " + ", ".join(COMMANDS))
        return 2
    try:
        COMMANDS[name](*options)
        return 0
    except (SetupError, SettingError) as problem:
        stopped = str(problem)
    except KeyboardInterrupt:
        stopped = "interrupted; the next start goes on from here."
    print(f"\nStopped: {stopped}", file=sys.stderr, flush=True)
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
