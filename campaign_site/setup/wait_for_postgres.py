"""``python -m campaign_site.setup.wait_for_postgres``: return when the server of DATABASE_URL takes connections.

After a power cut a site may start before its database does. A wrong password or name is not waited for: the server is
only asked whether it is there, and the step after this one says what is wrong.
"""

import random
import time
from collections.abc import Callable

import psycopg

from campaign_site.env import load_environment
from campaign_site.setup.steps import print_line

SHORTEST_PAUSE_S = 0.5
LONGEST_PAUSE_S = 10.0
SAY_EVERY_S = 60.0


def wait_for_postgres(
    url: str,
    sleep: Callable[[float], object] = time.sleep,
    clock: Callable[[], float] = time.monotonic,
    say: Callable[[str], object] = print_line,
) -> None:
    """Ask with growing pauses, and say so at once and then every minute."""
    pause, said_at = SHORTEST_PAUSE_S, float("-inf")
    waiting = (psycopg.pq.Ping.NO_RESPONSE, psycopg.pq.Ping.REJECT)
    while psycopg.pq.PGconn.ping(url.encode()) in waiting:
        if clock() - said_at >= SAY_EVERY_S:
            said_at = clock()
            say("waiting for PostgreSQL to answer; Ctrl-C stops …")
        sleep(pause * random.uniform(0.5, 1))  # noqa: S311 - so that several sites do not ask at once
        pause = min(2 * pause, LONGEST_PAUSE_S)


if __name__ == "__main__":
    wait_for_postgres(load_environment().database_url)
