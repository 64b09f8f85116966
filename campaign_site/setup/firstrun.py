"""What the data folder needs before the site can start: tables, a first account, and the demo on request."""

import os
import subprocess
from functools import partial
from pathlib import Path

from campaign_site.env import PROJECT_DIR, Environment
from campaign_site.setup.install import VENV_PYTHON, call_python
from campaign_site.setup.steps import Inputs, SetupError, SetupStep

DEMO_DIR = PROJECT_DIR / "demo"  # may be deleted, with its line in INSTALLED_APPS
DEMO_WANTED_FILE = "demo_wanted"
ACCOUNT_FILE = "first_account.txt"
DEFAULT_SETTINGS = "campaign_site.settings.dev"
MANIFEST = "staticfiles.json"  # names of static files with their hashes; written last


def settings_module() -> str:
    """Return the settings that are in force, as Django reads it."""
    return os.environ.setdefault("DJANGO_SETTINGS_MODULE", DEFAULT_SETTINGS)


def data_steps(env: Environment) -> list[SetupStep]:
    """Return the steps that make ``env.data_dir`` and the database ready."""
    stamps = env.data_dir / "stamps"
    requirements = PROJECT_DIR / "requirements.txt"
    migrations = [app.with_name("migrations") for app in sorted(PROJECT_DIR.glob("*/apps.py"))]
    facts = (settings_module(), env.database_url, env.ffmpeg_bin, env.ffprobe_bin, env.packager_bin, env.sandbox)
    tables = () if env.database_url else (env.data_dir / "polyphony.sqlite3",)
    # A PostgreSQL may have been emptied or restored behind our back, so there the question is asked at every start.
    always = (str(os.getpid()),) if env.database_url else ()

    def step(title: str, name: str, inputs: Inputs, outputs: tuple[Path, ...], *command: str) -> SetupStep:
        return SetupStep(title, stamps / name, inputs, outputs, partial(call_python, *command))

    check, migrate = (requirements, *facts), (requirements, *migrations, *facts, *always)
    steps = [
        step("Checks of settings and media tools", "check", check, (), "manage.py", "check"),
        *([SetupStep("PostgreSQL", stamps / "postgres", always, (), wait_for_server)] if env.database_url else []),
        step("Database", "migrate", migrate, tables, "manage.py", "migrate", "--no-input"),
        step("First account", "account", facts[:2], tables, "-m", "campaign_site.setup.account"),
    ]
    if not env.debug:
        # With DEBUG they come from where they stand.
        sources = (requirements, *static_folders(), settings_module())
        collect = ("manage.py", "collectstatic", "--no-input", "--clear")
        steps.append(step("Static files", "static", sources, (env.data_dir / "static" / MANIFEST,), *collect))
    if env.demo and DEMO_DIR.is_dir():
        fill = partial(fill_with_demo, env.data_dir)
        steps.append(SetupStep("Demo content", stamps / "demo", ("once",), (), fill))
    return steps


def static_folders() -> list[Path]:
    """Return the folders of our own packages' static files, bundled ones included."""
    return sorted(path for path in PROJECT_DIR.glob("*/static") if path.is_dir())


def wait_for_server() -> None:
    """Wait until the PostgreSQL server answers; what it says meanwhile is shown at once."""
    command = [str(VENV_PYTHON), "-m", "campaign_site.setup.wait_for_postgres"]
    if subprocess.run(command, cwd=PROJECT_DIR).returncode:
        raise SetupError("PostgreSQL was not waited for to its end.")


def fill_with_demo(data_dir: Path) -> None:
    """Make the demo in an archive that was empty when its first account was made; leave any other alone."""
    wanted = data_dir / DEMO_WANTED_FILE
    if wanted.exists():
        call_python("manage.py", "demo", hint="Start with DEMO=no to continue without the demo.")
        wanted.unlink()
