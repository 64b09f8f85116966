"""``python -m campaign_site.server``: serve the site on HOST:PORT, in WEB_WORKERS processes, until told to stop."""

import os
import socket
import sys
from functools import partial
from pathlib import Path

from campaign_site.env import Environment, SettingError, load_environment
from campaign_site.server.processes import keep_processes
from campaign_site.setup.machine import empty_spool, open_listener
from campaign_site.setup.steps import SetupError


def main() -> int:
    """Listen first, so that a port that is taken costs one sentence and no loading; return an exit status."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "campaign_site.settings.production")
    try:
        env = load_environment()
        with open_listener(env) as listener:
            # Each process loads the site by itself: one that is started again runs the code of today.
            serve = partial(_serve, listener, env, empty_spool(env))
            return serve() if env.web_workers == 1 else keep_processes(env.web_workers, serve)
    except (SetupError, SettingError) as problem:
        print(f"Cannot start: {problem}", file=sys.stderr, flush=True)
        return 1


def _serve(listener: socket.socket, env: Environment, spool: Path) -> int:
    from campaign_site.wsgi import application  # makes the apps ready, which the next import needs

    from campaign_site.server.site_server import serve_site  # isort: skip

    return serve_site(application, listener, env, spool)


if __name__ == "__main__":
    sys.exit(main())
