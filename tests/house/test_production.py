"""Production refuses to start half configured, and passes Django's own deployment check."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.house.sources import PROJECT

COMPLETE = {"SECRET_KEY": "aB3-dE6+gH9_" * 5, "BASE_URL": "https://clips.example"}


def manage(tmp_path: Path, *arguments: str, **env: str) -> subprocess.CompletedProcess[str]:
    """Run a management command with production's settings and nothing but ``env``."""
    clean = {"PATH": os.environ["PATH"], "DATA_DIR": str(tmp_path), **env}
    command = [sys.executable, "manage.py", *arguments, "--settings", "campaign_site.settings.production"]
    return subprocess.run(command, cwd=PROJECT, env=clean, capture_output=True, text=True)


def test_deployment_check_is_clean(tmp_path: Path) -> None:
    done = manage(tmp_path, "check", "--deploy", "--fail-level", "WARNING", **COMPLETE)
    assert (done.returncode, done.stdout) == (0, "System check identified no issues (2 silenced).\n"), done.stderr


@pytest.mark.parametrize(
    ("env", "sentence"),
    [
        ({}, "SECRET_KEY must be set in production: at least 50 random characters. Don't share it."),
        ({"SECRET_KEY": COMPLETE["SECRET_KEY"]}, "BASE_URL must be set in production and must start with https://."),
        (
            COMPLETE | {"BASE_URL": "http://x.example"},
            "BASE_URL must be set in production and must start with https://.",
        ),
        (COMPLETE | {"DEBUG": "yes"}, "DEBUG must be no in production: its error pages show secrets."),
    ],
)
def test_half_configured_does_not_start(tmp_path: Path, env: dict[str, str], sentence: str) -> None:
    done = manage(tmp_path, "check", **env)
    assert (done.returncode, done.stderr) == (1, f"Cannot start: {sentence}\n")


@pytest.mark.parametrize(
    ("scope", "promises"), [("", "False False"), ("subdomains", "True False"), ("preload", "True True")]
)
def test_strict_transport_speaks_for_other_hosts_only_when_asked(tmp_path: Path, scope: str, promises: str) -> None:
    names = "SECURE_HSTS_INCLUDE_SUBDOMAINS, settings.SECURE_HSTS_PRELOAD"
    show = f"from django.conf import settings; print(settings.{names})"
    done = manage(tmp_path, "shell", "--verbosity", "0", "-c", show, HSTS_SCOPE=scope, **COMPLETE)
    assert done.stdout.strip() == promises, done.stderr


def test_weak_sandbox_must_be_asked_for(tmp_path: Path) -> None:
    show = "from django.conf import settings; print(settings.MEDIA_PIPELINE['ALLOW_WEAK_SANDBOX'])"
    for sandbox, allowed in (("auto", "False"), ("rlimits", "True")):
        done = manage(tmp_path, "shell", "--verbosity", "0", "-c", show, SANDBOX=sandbox, **COMPLETE)
        assert done.stdout.strip() == allowed, done.stderr
