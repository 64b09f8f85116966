"""What the data folder needs before the site can start: tables, a first account, and the demo on request."""

import os
from pathlib import Path

from campaign_site.env import PROJECT_DIR, Environment
from campaign_site.setup.install import VENV_PYTHON, bundles
from campaign_site.setup.steps import SetupStep, call

PACKAGES_WITH_MIGRATIONS = ("home", "media_pipeline", "exchange")
DEMO_DIR = PROJECT_DIR / "demo"  # may be deleted, with its line in INSTALLED_APPS
DEMO_WANTED_FILE = "demo_wanted"
ACCOUNT_FILE = "first_account.txt"
DEFAULT_SETTINGS = "campaign_site.settings.dev"


def settings_module() -> str:
    """Return the settings that are in force, as Django reads it."""
    return os.environ.setdefault("DJANGO_SETTINGS_MODULE", DEFAULT_SETTINGS)


def data_steps(env: Environment) -> list[SetupStep]:
    """Return the steps that make ``env.data_dir`` and the database ready."""
    stamps = env.data_dir / "stamps"
    requirements = PROJECT_DIR / "requirements.txt"
    facts = (settings_module(), env.database_url, env.ffmpeg_bin, env.ffprobe_bin, env.packager_bin, env.sandbox)
    tables = () if env.database_url else (env.data_dir / "polyphony.sqlite3",)
    # A PostgreSQL may have been emptied or restored behind our back, so there the question is asked at every start.
    always = (str(os.getpid()),) if env.database_url else ()
    steps = [
        SetupStep(
            "Checks of settings and media tools", stamps / "check", (requirements, *facts), (), run_system_checks
        ),
        SetupStep(
            "Database", stamps / "migrate", (requirements, *migrations(), *facts, *always), tables, migrate_database
        ),
        SetupStep("First account", stamps / "account", (*facts[:2],), tables, make_account),
    ]
    if settings_module() != DEFAULT_SETTINGS:
        static = (requirements, *bundles(), settings_module())
        steps.append(SetupStep("Static files", stamps / "static", static, (env.data_dir / "static",), collect_static))
    if env.demo and DEMO_DIR.is_dir():
        steps.append(SetupStep("Demo content", stamps / "demo", ("once",), (), lambda: fill_with_demo(env.data_dir)))
    return steps


def migrations() -> list[Path]:
    """Return the folders whose change makes the database old."""
    return [PROJECT_DIR / room / "migrations" for room in PACKAGES_WITH_MIGRATIONS]


def manage(*arguments: str, hint: str = "") -> None:
    """Run a management command quietly."""
    call([str(VENV_PYTHON), "manage.py", *arguments], cwd=PROJECT_DIR, hint=hint)


def run_system_checks() -> None:
    """Run Django's and our own system checks."""
    manage("check")


def migrate_database() -> None:
    """Bring the tables up to date."""
    manage("migrate", "--no-input")


def collect_static() -> None:
    """Copy static files under names that carry their hash."""
    manage("collectstatic", "--no-input", "--clear")


def make_account() -> None:
    """Make an administrator when nobody can sign in yet."""
    call([str(VENV_PYTHON), "-m", "campaign_site.setup.account"], cwd=PROJECT_DIR)


def fill_with_demo(data_dir: Path) -> None:
    """Make the demo in an archive that was empty when its first account was made; leave any other alone."""
    wanted = data_dir / DEMO_WANTED_FILE
    if wanted.exists():
        manage("demo", hint="Start with DEMO=no to continue without the demo.")
        wanted.unlink()
