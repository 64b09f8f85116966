"""Visitors beside a thousand clients that send half a form and a thousand that read nothing of a film."""

from tests.bench.report import Outcome
from tests.bench.site.figures import STALLED_BODIES, STALLED_READERS
from tests.bench.site.visitors import percentile, visit
from tests.server.clients import Crowd, crowd_at
from tests.server.site import ServedSite, eventually

PAGE = "/en/"
PEOPLE = 20
SECONDS = 20.0  # less than the time after which a client that stalls is cut off
PAUSE_S = 3.0
READERS_AT_ONCE = 50


def measure(site: ServedSite, rounds: int) -> Outcome:
    """Rounds without and with them, one after the other."""
    visit(site.port, PAGE, PEOPLE, 5.0, 0.5)
    with crowd_at(site) as crowd:
        crowd.stall_in_reading(1, site.film)
    idle: list[float] = []
    beside: list[float] = []
    seen = []
    for _ in range(rounds):
        idle += visit(site.port, PAGE, PEOPLE, SECONDS, PAUSE_S)
        before = (site.connections, site.threads, site.memory_bytes)
        with crowd_at(site) as crowd:
            stall(crowd)
            beside += visit(site.port, PAGE, PEOPLE, SECONDS, PAUSE_S)
            seen.append(
                [
                    now - then
                    for now, then in zip((site.connections, site.threads, site.memory_bytes), before, strict=True)
                ]
            )
        if not eventually(lambda then=before[0]: site.connections <= then):
            raise AssertionError("connections stay open when their clients are gone")
    connections = min(each[0] for each in seen)
    return Outcome(
        ratios={
            "start_page_p95_stalled_vs_idle": percentile(beside, 95) / percentile(idle, 95),
            "stalled_clients": float(connections),
            "threads_added_by_stalled": float(max(each[1] for each in seen)),
            "memory_bytes_per_stalled": max(each[2] / each[0] for each in seen),
        },
        facts={
            "start page, idle: ms (median, 95 %, answers)": in_words(idle),
            "start page, beside stalled clients: ms": in_words(beside),
            "connections, threads, bytes of memory added, each round": seen,
            "threads": site.threads,
            "memory of the web process, MB": round(site.memory_bytes / 1e6),
        },
    )


def stall(crowd: Crowd) -> None:
    """Readers first, some at a time: each needs an answer before it can stall."""
    for start in range(0, STALLED_READERS, READERS_AT_ONCE):
        ranges = ["Range: bytes=1000-"] if start % (2 * READERS_AT_ONCE) else []
        crowd.stall_in_reading(READERS_AT_ONCE, crowd.site.film, *ranges)
    crowd.stall_in_body(STALLED_BODIES)


def in_words(seconds: list[float]) -> str:
    """Median, 95th percentile and count."""
    return f"{1000 * percentile(seconds, 50):.0f}, {1000 * percentile(seconds, 95):.0f}, {len(seconds)}"
