"""What the terminal says once the site answers: where it is, how to sign in, what is degraded."""

import json
import subprocess
import sys
import urllib.error
import urllib.request
from urllib.parse import urlsplit

from campaign_site.env import PROJECT_DIR, Environment
from campaign_site.setup.firstrun import ACCOUNT_FILE, DEFAULT_SETTINGS, settings_module


def ask_health(env: Environment) -> list[str] | None:
    """Return what is degraded once ``/healthz`` answers, None while nobody does."""
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(env.host, env.host)  # noqa: S104 - compared, not bound
    address = f"[{host}]" if ":" in host else host
    known_as = urlsplit(env.base_url).hostname or "localhost"
    question = urllib.request.Request(f"http://{address}:{env.port}/healthz", headers={"Host": known_as})
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(question, timeout=5) as answer:
            return [] if json.load(answer).get("ok") else list_problems()
    except urllib.error.HTTPError as answer:
        with answer:
            return [f"/healthz answers {answer.code}"]
    except (OSError, ValueError):
        return None


def list_problems() -> list[str]:
    """Return what is degraded, which ``/healthz`` tells administrators alone."""
    command = [sys.executable, "manage.py", "health"]
    answer = subprocess.run(command, cwd=PROJECT_DIR, capture_output=True, text=True, check=False)
    return answer.stdout.splitlines() or ["manage.py health says nothing"]


def greeting(env: Environment, problems: list[str]) -> str:
    """Return what people need to know now: where, how to sign in, what is degraded, how to stop.

    In production a journal keeps this, and passes it on: there the password stays in its file.
    """
    address = env.base_url or f"http://localhost:{env.port}"
    lines = ["", f"Polyphony is at {address}/"]
    account = env.data_dir / ACCOUNT_FILE
    shown = env.data_dir / "stamps" / "account_shown"
    if account.exists() and settings_module() != DEFAULT_SETTINGS:
        lines.append(f"Sign in at {address}/admin/ with the account in {account}. Delete that file afterwards.")
    elif account.exists() and not shown.exists():
        facts = dict(line.split(": ", 1) for line in account.read_text(encoding="utf-8").splitlines())
        lines.append(f"Sign in at {address}/admin/ as {facts['user']} with password {facts['password']}")
        lines.append(f"(Shown once. It is saved in {account} until you delete that file.)")
        shown.touch()
    lines += [f"Degraded: {problem}" for problem in problems]
    return "\n".join([*lines, "Press Ctrl-C to stop.", ""])
