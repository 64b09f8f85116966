"""A site that starts before its database waits for it, with growing pauses and a line a minute."""

from collections.abc import Iterator

import pytest

from campaign_site.setup.postgres import PostgresServer, find_binaries, temporary_postgres
from campaign_site.setup.wait_for_postgres import wait_for_postgres


@pytest.fixture
def server() -> Iterator[PostgresServer]:
    binaries = find_binaries()
    if binaries is None:
        pytest.skip("PostgreSQL is not installed")
    with temporary_postgres(binaries) as server:
        yield server


@pytest.mark.slow
def test_a_server_that_comes_up_later_is_waited_for(server: PostgresServer) -> None:
    now, pauses, lines = [0.0], [], []

    def sleep(seconds: float) -> None:
        pauses.append(seconds)
        now[0] += 30.0
        if len(pauses) == 7:
            server.start()

    wait_for_postgres(server.url, sleep, lambda: now[0], lines.append)
    assert [low <= pause <= 2 * low for low, pause in zip((0.25, 0.5, 1, 2, 4, 5, 5), pauses, strict=True)] == [
        True
    ] * 7
    assert len(lines) == 4  # at 0, 60, 120 and 180 of 210 seconds


@pytest.mark.slow
def test_a_wrong_password_is_not_waited_for(server: PostgresServer) -> None:
    server.start()
    wait_for_postgres(server.url.replace("@", "wrong@"), lambda _s: pytest.fail("no reason to wait"))
