"""The figures of the site, by the names under which ``site.json`` carries them."""

from tests.bench.figures import Figure

STALLED_BODIES = 1000
STALLED_READERS = 1000

SITE_FIGURES = (
    Figure("start_page_p95_stalled_vs_idle", 2.0, "95th percentile of the start page, beside stalled clients to idle"),
    Figure("stalled_clients", 0.95 * (STALLED_BODIES + STALLED_READERS), "stalled connections then", at_least=True),
    Figure("threads_added_by_stalled", 0, "threads that they take"),
    Figure("memory_bytes_per_stalled", 100_000, "bytes of memory of the web process for each of them"),
)
