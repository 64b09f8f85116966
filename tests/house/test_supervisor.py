"""Children of the supervisor: started again when they die, gone when it goes, given up when they die in a row."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from campaign_site.setup.child_process import MAX_EARLY_EXITS, ChildProcess
from tests.house.sources import PROJECT

PATIENCE_S = 15.0


def eventually(is_so: Callable[[], bool]) -> bool:
    """Wait until ``is_so`` holds; return whether it ever did."""
    deadline = time.monotonic() + PATIENCE_S
    while time.monotonic() < deadline:
        if is_so():
            return True
        time.sleep(0.05)
    return False


def is_alive(pid: int) -> bool:
    """Whether a process runs (a zombie does not)."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
    except OSError:
        return False
    return state != "Z"


def python(code: str) -> list[str]:
    return [sys.executable, "-u", "-c", code]


def test_lines_are_passed_on_with_the_name() -> None:
    lines: list[str] = []
    code = "import sys; print('out'); print('err', file=sys.stderr)"
    child = ChildProcess("web", python(code), show=lines.append)
    child.start()
    assert eventually(lambda: len(lines) == 2 and not child.is_running())
    assert lines == ["web    | out", "web    | err"]


def test_a_dead_child_is_mourned_with_growing_pauses() -> None:
    child = ChildProcess("worker", python("raise SystemExit(3)"))
    words = []
    for _ in range(MAX_EARLY_EXITS):
        child.start()
        assert eventually(lambda: not child.is_running())
        words.append(child.record_exit())
    assert words[:3] == [
        "worker ended with status 3; it starts again in 1 s.",
        "worker ended with status 3; it starts again in 2 s.",
        "worker ended with status 3; it starts again in 4 s.",
    ]
    assert child.early_exits == MAX_EARLY_EXITS


def test_grandchildren_do_not_outlive_a_killed_child() -> None:
    code = "import subprocess,time; p = subprocess.Popen(['sleep', '60']); print(p.pid); time.sleep(60)"
    lines: list[str] = []
    child = ChildProcess("worker", python(code), show=lines.append)
    child.start()
    assert eventually(lambda: bool(lines))
    grandchild = int(lines[0].split("|")[1])
    os.kill(child.process.pid, signal.SIGKILL)
    assert eventually(lambda: not child.is_running())
    assert child.record_exit() == "worker ended by signal 9; it starts again in 1 s."
    assert eventually(lambda: not is_alive(grandchild))


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGKILL])
def test_children_go_when_the_supervisor_goes(number: int) -> None:
    code = (
        "import time\n"
        "from campaign_site.setup.child_process import ChildProcess\n"
        "child = ChildProcess('web', ['sleep', '60'])\n"
        "child.start(); print(child.process.pid); time.sleep(60)\n"
    )
    parent = subprocess.Popen(python(code), cwd=PROJECT, stdout=subprocess.PIPE, text=True)
    assert parent.stdout is not None
    with parent.stdout:
        child = int(parent.stdout.readline())
    assert is_alive(child)
    parent.send_signal(number)
    parent.wait()
    assert eventually(lambda: not is_alive(child))
