"""What the project needs before anything can start: Python packages, the front end's bundle, compiled translations.

Everything lands below the project folder (``.venv``, ``node_modules``, ``<package>/static/<package>/dist``), and
nothing needs root.
"""

import os
import subprocess
import sys
import venv
from functools import partial
from pathlib import Path

from campaign_site.env import PROJECT_DIR
from campaign_site.setup.node import Node, find_node
from campaign_site.setup.steps import SetupError, SetupStep, call

VENV = PROJECT_DIR / ".venv"
VENV_PYTHON = VENV / "bin" / "python"
STAMPS = VENV / "stamps"
MIN_PYTHON = (3, 11)
# What bundles the scripts and styles of each package that has some, and the folders that this writes.
BUILD_SCRIPTS = sorted(PROJECT_DIR.glob("*/static_src/build.mjs"))
BUNDLES = tuple(script.parents[1] / "static" / script.parents[1].name / "dist" for script in BUILD_SCRIPTS)
PYTHON_STEPS = 2  # the first two of the steps below need neither Node nor translations


def project_steps(*, for_tests: bool = False) -> list[SetupStep]:
    """Return the steps that make the project folder ready, with the tools of the tests on request."""
    runtime = PROJECT_DIR / "requirements.txt"
    requirements = PROJECT_DIR / "requirements-dev.txt" if for_tests else runtime
    lock = PROJECT_DIR / "package-lock.json"
    esbuild = PROJECT_DIR / "node_modules" / "esbuild"
    version = ".".join(map(str, sys.version_info[:3]))
    stamp = STAMPS / requirements.stem
    sources = [script.parent for script in BUILD_SCRIPTS]
    locale = PROJECT_DIR / "locale"
    catalogues = tuple(path.with_suffix(".mo") for path in sorted(locale.glob("*/LC_MESSAGES/*.po")))
    compile_all = partial(call_python, "-m", "campaign_site.setup.catalogues", "compile")
    return [
        SetupStep("Python environment", STAMPS / "python", (version, str(VENV)), (VENV_PYTHON,), make_environment),
        SetupStep("Python packages", stamp, (version, runtime, requirements), (), partial(install, requirements)),
        SetupStep("Front-end packages", STAMPS / "npm", (lock,), (esbuild,), install_front_end),
        SetupStep("Front-end bundle", STAMPS / "bundle", (lock, *sources), BUNDLES, build_front_end),
        SetupStep("Translations", STAMPS / "locale", (locale,), catalogues, compile_all),
    ]


def make_environment() -> None:
    """Make ``.venv`` unless a working one of this Python is there already."""
    if sys.version_info < MIN_PYTHON:
        raise SetupError(
            f"Python {'.'.join(map(str, MIN_PYTHON))} or newer is required. This is {sys.version.split()[0]}."
        )
    if environment_version() == sys.version_info[:2]:
        return
    try:
        venv.create(VENV, with_pip=True, clear=True, symlinks=True)
    except subprocess.CalledProcessError as problem:
        raise SetupError("Python cannot make a virtual environment. On Debian: apt install python3-venv") from problem


def environment_version() -> tuple[int, ...]:
    """Return the (major, minor) of the Python in ``.venv``, empty when none of ours answers there."""
    question = "import sys, pip; print(sys.prefix, *sys.version_info[:2], sep='\\n')"
    try:
        answer = subprocess.run([str(VENV_PYTHON), "-c", question], capture_output=True, text=True).stdout.splitlines()
    except OSError:
        return ()
    return tuple(map(int, answer[1:])) if answer and Path(answer[0]).resolve() == VENV.resolve() else ()


def install(requirements: Path) -> None:
    """Install the pinned packages; pip's own cache and mirrors are the machine's business."""
    hint = "The first set-up needs a package index: check the network, or pip's configuration for a mirror."
    pip = ("-m", "pip", "--disable-pip-version-check", "--no-input", "install")
    call_python(*pip, "--requirement", str(requirements), hint=hint)


def call_python(*arguments: str, hint: str = "") -> None:
    """Run a programme of the environment quietly; raise ``SetupError`` with ``hint`` when it fails."""
    call([str(VENV_PYTHON), *arguments], hint=hint)


def installed_node() -> Node:
    """Return the node to build with, once the packages are installed."""
    return find_node(next((VENV / "lib").glob("python3.*")) / "site-packages")


def install_front_end() -> None:
    """Install exactly what the lock file names, without running anybody's install script."""
    node = installed_node()
    hint = "The first set-up needs an npm registry: check the network, or npm's configuration for a mirror."
    call([*node.npm, "ci", "--no-audit", "--no-fund"], env=node.env, hint=hint)


def build_front_end() -> None:
    """Bundle scripts and styles, package by package."""
    node = installed_node()
    for script in BUILD_SCRIPTS:
        call([str(node.node), str(script)], env=node.env)


def exec_python(arguments: list[str]) -> None:
    """Replace this process by a programme of the environment, so that signals reach it and nothing stands between."""
    os.chdir(PROJECT_DIR)
    os.execv(str(VENV_PYTHON), [str(VENV_PYTHON), *arguments])  # noqa: S606 - no shell is what we want
