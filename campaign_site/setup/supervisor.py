"""Web server and worker together: started, watched, started again when one dies, stopped by Ctrl-C or SIGTERM."""

import signal
import sys
import time

from campaign_site.env import Environment
from campaign_site.setup.banner import ask_health, greeting
from campaign_site.setup.child_process import MAX_EARLY_EXITS, ChildProcess
from campaign_site.setup.steps import SetupError, print_line

POLL_INTERVAL_S = 0.2
STARTUP_TIMEOUT_S = 90.0
STOP_TIMEOUT_S = 20.0


class Supervisor:
    """Keeps its children alive until it is told to stop."""

    def __init__(self, env: Environment) -> None:
        self.env = env
        self.children = [
            ChildProcess("web", [sys.executable, "-m", "campaign_site.server"]),
            ChildProcess("worker", [sys.executable, "manage.py", "runworker"]),
        ]
        self.stopping = False
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._heard)

    def _heard(self, _number: int, _frame: object) -> None:
        self.stopping = True

    def run(self) -> None:
        """Start, say the address once the site answers, and watch until told to stop; always stop what was started.

        Raises ``SetupError`` when the site does not answer, and when something dies again and again.
        """
        deadline = time.monotonic() + STARTUP_TIMEOUT_S
        greeted = False
        try:
            while not self.stopping:
                self.start_missing()
                problems = None if greeted else ask_health(self.env)
                if problems is not None:
                    print_line(greeting(self.env, problems))
                    greeted = True
                elif not greeted and time.monotonic() > deadline:
                    seconds = f"{STARTUP_TIMEOUT_S:.0f} s"
                    raise SetupError(f"The site didn't answer within {seconds}. The lines above say why.")
                time.sleep(POLL_INTERVAL_S)
        finally:
            self.stop()

    def start_missing(self) -> None:
        """Start what does not run; raise ``SetupError`` when something dies again and again."""
        for child in self.children:
            if child.process is not None and not child.is_running():
                print_line(child.record_exit())
            if child.early_exits >= MAX_EARLY_EXITS:
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
