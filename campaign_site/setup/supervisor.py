"""Web server and worker together: started, watched, started again when one dies, stopped by Ctrl-C or SIGTERM."""

import signal
import sys
import time

from campaign_site.env import PROJECT_DIR, Environment, SettingError, load
from campaign_site.setup.banner import ask_health, greeting
from campaign_site.setup.child_process import Child
from campaign_site.setup.firstrun import settings_module
from campaign_site.setup.locks import only_one, refuse_taken_port
from campaign_site.setup.steps import StageError, say, stop_with

LOOK_S = 0.2
PATIENCE_TO_ANSWER_S = 90.0
PATIENCE_WITH_REQUESTS_S = 5
PATIENCE_TO_STOP_S = 20.0


class Supervisor:
    """Keeps its children alive until it is told to stop."""

    def __init__(self, env: Environment) -> None:
        self.env = env
        self.children = [Child("web", web_server(env), PROJECT_DIR), Child("worker", worker(), PROJECT_DIR)]
        self.stopping = False
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._heard)

    def _heard(self, _number: int, _frame: object) -> None:
        self.stopping = True

    def run(self) -> None:
        """Start, say the address once it answers, watch; always stop what was started."""
        try:
            for child in self.children:
                child.start()
            self.wait_for_answer()
            self.watch()
        finally:
            self.stop()

    def wait_for_answer(self) -> None:
        """Wait until the site answers and say where it is; raise ``StageError`` when it does not."""
        deadline = time.monotonic() + PATIENCE_TO_ANSWER_S
        while not self.stopping and time.monotonic() < deadline:
            self.look_after_children()
            problems = ask_health(self.env)
            if problems is not None:
                say(greeting(self.env, problems))
                return
            time.sleep(LOOK_S)
        if not self.stopping:
            raise StageError(f"the site did not answer within {PATIENCE_TO_ANSWER_S:.0f} s; the lines above say why.")

    def watch(self) -> None:
        """Look after the children until told to stop."""
        while not self.stopping:
            self.look_after_children()
            time.sleep(LOOK_S)

    def look_after_children(self) -> None:
        """Start again what has died; raise ``StageError`` when something dies again and again."""
        for child in self.children:
            if child.process is not None and not child.is_running():
                say(child.mourn())
            if child.has_given_up():
                raise StageError(f"{child.name} died {child.deaths} times in a row; the lines above say why.")
            if child.process is None and time.monotonic() >= child.due:
                child.start()

    def stop(self) -> None:
        """Ask all to stop, wait, and end by force what does not listen."""
        say("\nStopping …")
        for child in self.children:
            child.ask_to_stop()
        deadline = time.monotonic() + PATIENCE_TO_STOP_S
        while any(child.is_running() for child in self.children) and time.monotonic() < deadline:
            time.sleep(LOOK_S)
        for child in self.children:
            child.kill_rest()
        say("Stopped.")


def web_server(env: Environment) -> list[str]:
    """Return the argument list of the web server. It logs no requests: their lines would hold people's addresses.

    Measured: twelve readers who stall on a large file stop a server of four threads, and fifty do not slow one of 64
    (75 MB). Granian warns of so many threads at every start, so only its errors are shown.
    """
    return [
        sys.executable, "-m", "granian", "--interface", "wsgi",
        "--host", env.host, "--port", str(env.port),
        "--workers", str(env.web_workers), "--blocking-threads", str(env.web_threads),
        "--workers-kill-timeout", str(PATIENCE_WITH_REQUESTS_S),
        "--no-access-log", "--log-level", "error", "--respawn-failed-workers",
        "campaign_site.wsgi:application",
    ]  # fmt: skip


def worker() -> list[str]:
    """Return the argument list of the worker, which starts its own processes."""
    return [sys.executable, "manage.py", "runworker"]


def main() -> int:
    """Run until told to stop; return an exit status."""
    try:
        env = load()
        settings_module()
        with only_one(env.data_dir):
            refuse_taken_port(env)
            Supervisor(env).run()
    except (StageError, SettingError) as problem:
        return stop_with(problem)
    return 0


if __name__ == "__main__":
    sys.exit(main())
