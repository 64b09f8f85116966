"""PostgreSQL is stopped under real workers and started again: nothing is lost, nothing counts as failed, few lines."""

import re

import psycopg
import pytest

from campaign_site.setup.postgres import find_binaries, temporary_postgres

from .conftest import UPLOAD, Site

pytestmark = pytest.mark.slow


class PostgresSite(Site):
    """A site whose rows are in a server of its own."""

    def rows(self, sql):
        with psycopg.connect(self.environment["DATABASE_URL"]) as connection:
            cursor = connection.execute(sql)
            return cursor.fetchall() if cursor.description else []

    def run(self, *arguments):
        process = self.start(*arguments)
        output, _ = process.communicate()
        assert process.returncode == 0, output


@pytest.fixture
def server():
    binaries = find_binaries()
    if binaries is None:
        pytest.skip("PostgreSQL is not installed")
    with temporary_postgres(binaries) as server:
        server.start()
        yield server


@pytest.fixture
def site(server, tmp_path):
    site = PostgresSite(tmp_path / "data", DATABASE_URL=server.url)
    site.run("manage.py", "migrate", "--no-input", "--skip-checks")
    yield site
    for process in site.processes:
        if process.poll() is None:
            process.kill()
        if not process.stdout.closed:
            process.communicate()


@pytest.mark.thorough("a real outage")
def test_workers_outlive_a_database_that_goes_and_comes(site, server, short_video, small_video):
    # 1. One video is being encoded, another comes in; the database goes, and the encode ends without it.
    site.run("-c", UPLOAD, str(short_video), str(small_video))
    worker = site.start_encoding("--quick", "1")
    site.rows("UPDATE media_pipeline_job SET not_before = NULL WHERE status = 'queued'")
    server.stop()
    site.wait_for_the_end_of_tools()
    # 2. It comes back: both videos get ready by themselves.
    server.start()
    site.wait_until(lambda: site.rows("SELECT state FROM media_pipeline_clip") == [("READY",)] * 2)
    worker.terminate()
    output, _ = worker.communicate(timeout=site.PATIENCE_S)
    assert worker.returncode == 0, output
    # 3. No attempt was counted, no work done twice, and the log is short.
    logs = [log for (log,) in site.rows("SELECT log_tail FROM media_pipeline_job")]
    assert [(log.count("failed"), log.count("lost"), log.count("beginning again")) for log in logs] == [(0, 0, 0)] * 2
    assert output.count(": encode done after") == 2
    lasted = int(re.findall(r"the database can be used again after (\d+) s", output)[0])
    assert output.count("the database cannot be used") == 1 + lasted // 60
    assert "Traceback" not in output
