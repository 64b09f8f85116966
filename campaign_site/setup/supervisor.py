"""Web server and worker together: started, watched, started again when one dies, stopped by Ctrl-C or SIGTERM."""

import signal
import sys
import time

from campaign_site.env import PROJECT_DIR, Environment, SettingError, load_environment
from campaign_site.setup.banner import ask_health, greeting
from campaign_site.setup.child_process import ChildProcess
from campaign_site.setup.firstrun import settings_module
from campaign_site.setup.locks import check_port_free, lock_data_dir
from campaign_site.setup.steps import SetupError, print_failure, print_line

POLL_INTERVAL_S = 0.2
STARTUP_TIMEOUT_S = 90.0
REQUEST_DRAIN_S = 5
STOP_TIMEOUT_S = 20.0


class Supervisor:
    """Keeps its children alive until it is told to stop."""

    def __init__(self, env: Environment) -> None:
        self.env = env
        self.children = [
            ChildProcess("web", web_server_command(env), PROJECT_DIR),
            ChildProcess("worker", worker_command(), PROJECT_DIR),
        ]
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
        """Wait until the site answers and say where it is; raise ``SetupError`` when it does not."""
        deadline = time.monotonic() + STARTUP_TIMEOUT_S
        while not self.stopping and time.monotonic() < deadline:
            self.restart_exited()
            problems = ask_health(self.env)
            if problems is not None:
                print_line(greeting(self.env, problems))
                return
            time.sleep(POLL_INTERVAL_S)
        if not self.stopping:
            raise SetupError(f"The site didn't answer within {STARTUP_TIMEOUT_S:.0f} s. The lines above say why.")

    def watch(self) -> None:
        """Look after the children until told to stop."""
        while not self.stopping:
            self.restart_exited()
            time.sleep(POLL_INTERVAL_S)

    def restart_exited(self) -> None:
        """Start again what has died; raise ``SetupError`` when something dies again and again."""
        for child in self.children:
            if child.process is not None and not child.is_running():
                print_line(child.record_exit())
            if child.exits_too_often():
                raise SetupError(f"{child.name} died {child.early_exits} times in a row; the lines above say why.")
            if child.process is None and time.monotonic() >= child.due:
                child.start()

    def stop(self) -> None:
        """Ask all to stop, wait, and end by force what does not listen."""
        print_line("\nStopping …")
        for child in self.children:
            child.terminate()
        deadline = time.monotonic() + STOP_TIMEOUT_S
        while any(child.is_running() for child in self.children) and time.monotonic() < deadline:
            time.sleep(POLL_INTERVAL_S)
        for child in self.children:
            child.kill_rest()
        print_line("Stopped.")


def web_server_command(env: Environment) -> list[str]:
    """Return the argument list of the web server. It logs no requests: their lines would hold people's addresses.

    Measured: twelve readers who stall on a large file stop a server of four threads, and fifty do not slow one of 64
    (75 MB). Granian warns of so many threads at every start, so only its errors are shown.
    """
    return [
        sys.executable, "-m", "granian", "--interface", "wsgi",
        "--host", env.host, "--port", str(env.port),
        "--workers", str(env.web_workers), "--blocking-threads", str(env.web_threads),
        "--workers-kill-timeout", str(REQUEST_DRAIN_S),
        "--no-access-log", "--log-level", "error", "--respawn-failed-workers",
        "campaign_site.wsgi:application",
    ]  # fmt: skip


def worker_command() -> list[str]:
    """Return the argument list of the worker, which starts its own processes."""
    return [sys.executable, "manage.py", "runworker"]


def main() -> int:
    """Run until told to stop; return an exit status."""
    try:
        env = load_environment()
        settings_module()
        with lock_data_dir(env.data_dir):
            check_port_free(env)
            Supervisor(env).run()
    except (SetupError, SettingError) as problem:
        return print_failure(problem)
    return 0


if __name__ == "__main__":
    sys.exit(main())
