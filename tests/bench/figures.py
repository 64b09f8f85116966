"""The figures the pipeline is leased to, by the names under which ``results.json`` carries them."""

from collections.abc import Mapping
from dataclasses import dataclass

Values = Mapping[str, float | None]


@dataclass(frozen=True)
class Figure:
    """One figure: at most ``limit`` (``at_least``: at least), after adding what ``plus`` names among the others."""

    name: str
    limit: float
    says: str
    at_least: bool = False
    plus: str = ""

    def bound(self, values: Values) -> float:
        """The limit on this machine."""
        return self.limit + (values.get(self.plus) or 0.0)

    def holds(self, values: Values) -> bool | None:
        """Whether the figure is reached; None when it was not measured."""
        value = values.get(self.name)
        if value is None:
            return None
        return value >= self.bound(values) if self.at_least else value <= self.bound(values)


GIB = 1 << 30

FIGURES = (
    Figure("cpu_vs_medium_per_rung", 0.30, "processor, our ladder to MediaCMS's way"),
    Figure("cpu_vs_veryfast_per_rung", 0.50, "processor, our ladder to PeerTube's way"),
    Figure("cpu_webfit_vs_quick_path", 0.60, "processor for a video fit for the web, to PeerTube's quick path"),
    Figure("first_playable_webfit_s", 2.0, "seconds to the first package of it", plus="first_playable_webfit_copy_s"),
    Figure("first_playable_hevc_vs_duration", 0.35, "(seconds to the first package of HEVC - 2) to its length"),
    Figure("cpu_whole_job_60s_vs_medium", 0.35, "processor, all that is done for a minute, to MediaCMS's rungs"),
    Figure("cpu_on_demand_60s_vs_medium", 0.20, "the same with rungs on demand, before anybody plays the film"),
    Figure("first_playable_hevc_180s", 2.0, "seconds until 180 s of HEVC play", plus="first_playable_hevc_180s_copy_s"),
    Figure("cpu_over_bare_ffmpeg", 0.05, "processor of our own doing, to bare ffmpeg, 60 s"),
    Figure("peak_memory_1080_bytes", 1.2 * GIB, "bytes of memory of the largest process, 1080p"),
    Figure("films_at_target", 0.9, "of ten films of a minute: VMAF within 1 of the target", at_least=True),
    Figure("films_with_even_quality", 0.9, "of them: one frame in twenty below VMAF 88, no more", at_least=True),
    Figure("bytes_1080_at_equal_vmaf", 0.60, "their best rung's bytes to x264 medium's as good, median"),
    Figure("bytes_1080_at_equal_vmaf_worst", 0.85, "the same, the film with the most"),
    Figure("stored_bytes_at_equal_vmaf", 0.60, "their bytes stored to x264 medium's as good, MP4 and HLS, median"),
    Figure("search_cpu_of_job", 0.08, "processor for finding the quality, to the whole job, the film with the most"),
    Figure("workers_efficiency", 0.90, "videos by N workers on N cores, to N times one on one", at_least=True),
)
