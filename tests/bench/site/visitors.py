"""Visitors who read: each asks for a page, looks at it, asks again, on a connection that stays."""

import http.client
import random
import statistics
import threading
import time
from collections.abc import Sequence

PATIENCE_S = 120.0


def visit(port: int, path: str, people: int, seconds: float, pause_s: float) -> list[float]:
    """Seconds that each answer took to be there whole; ``pause_s`` is the mean time between answer and next request."""
    taken: list[float] = []
    problems: list[BaseException] = []
    until = time.monotonic() + seconds

    def visitor(seed: int) -> None:
        chance = random.Random(seed)
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE_S)
        try:
            while time.monotonic() + (pause := chance.uniform(0, 2 * pause_s)) < until:
                time.sleep(pause)
                began = time.monotonic()
                connection.request("GET", path, headers={"Host": "localhost"})
                answer = connection.getresponse()
                answer.read()
                taken.append(time.monotonic() - began)
                if answer.status != 200:
                    raise AssertionError(f"{path} answers {answer.status}")
        except BaseException as problem:
            problems.append(problem)
        finally:
            connection.close()

    threads = [threading.Thread(target=visitor, args=(seed,)) for seed in range(people)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if problems:
        raise problems[0]
    return taken


def percentile(values: Sequence[float], percent: int) -> float:
    """The value that ``percent`` of all are not above."""
    return statistics.quantiles(values, n=100, method="inclusive")[percent - 1]
