"""Arithmetic of the comparison: from costs and qualities to the named ratios. Pure."""

import math
import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from media_pipeline.ffmpeg.plan.quality import TARGET_VMAF
from tests.bench.measure import Cost
from tests.bench.ours import Made
from tests.bench.vmaf import Quality

NEAR_VMAF, EVEN_VMAF = 1.0, 88.0
HEVC_START_S = 2.0  # what the figure grants before it counts by the video's length

Ratios = dict[str, float | None]


def cpu_ratio(ours: Sequence[Cost], theirs: Sequence[Cost]) -> float:
    """The median over rounds of our processor time to theirs in the same round."""
    return statistics.median(a.cpu_s / b.cpu_s for a, b in zip(ours, theirs, strict=True))


def of_ladder(ladder: Sequence[Cost], job: Sequence[Cost], medium: Sequence[Cost], veryfast: Sequence[Cost]) -> Ratios:
    """What the whole ladder costs and weighs against the peers'; ``written_bytes`` is what stays stored.

    ``ladder`` is the encode alone, as the peers' commands are; ``job`` all that is done for the video.
    """
    return {
        "cpu_vs_medium_per_rung": cpu_ratio(ladder, medium),
        "cpu_vs_veryfast_per_rung": cpu_ratio(ladder, veryfast),
        "job_cpu_vs_medium_per_rung": cpu_ratio(job, medium),
        "job_cpu_vs_veryfast_per_rung": cpu_ratio(job, veryfast),
        "stored_bytes_vs_mp4_plus_hls": job[-1].written_bytes / medium[-1].written_bytes,
        "peak_memory_1080_bytes": float(max(cost.memory_bytes for cost in job)),
    }


def of_top_rung(
    our_bytes: int, medium_bytes: int, our_quality: Quality | None, medium_quality: Quality | None
) -> Ratios:
    """The 1080 rung alone: bytes of pictures, and VMAF where it could be measured."""
    known = our_quality is not None and medium_quality is not None
    return {
        "bytes_1080_vs_medium": our_bytes / medium_bytes,
        "vmaf_1080_minus_medium": our_quality.mean - medium_quality.mean if known else None,
        "vmaf_1080_p5_minus_medium": our_quality.p5 - medium_quality.p5 if known else None,
    }


def of_web_fit(
    ladder: Sequence[Cost],
    job: Sequence[Cost],
    quick: Sequence[Cost],
    copies: Sequence[Cost],
    first_s: Sequence[float],
) -> Ratios:
    """A video that may be served as it is. Seconds from the sealed upload to the first package."""
    return {
        "cpu_webfit_vs_quick_path": cpu_ratio(ladder, quick),
        "job_cpu_webfit_vs_quick_path": cpu_ratio(job, quick),
        "first_playable_webfit_s": statistics.median(first_s),
        "first_playable_webfit_copy_s": statistics.median(cost.wall_s for cost in copies),
    }


def of_hevc(first_s: Sequence[float], duration_s: float) -> Ratios:
    """Seconds to the first package of an HEVC video, and what is left of them after the start, by its length."""
    seconds = statistics.median(first_s)
    return {
        "first_playable_hevc_s": seconds,
        "first_playable_hevc_vs_duration": (seconds - HEVC_START_S) / duration_s,
    }


def of_long_hevc(first_s: Sequence[float], copies: Sequence[Cost]) -> Ratios:
    """Seconds to the first segment of a long HEVC video, and to a plain copy of the same file."""
    return {
        "first_playable_hevc_180s": statistics.median(first_s),
        "first_playable_hevc_180s_copy_s": statistics.median(cost.wall_s for cost in copies),
    }


@dataclass(frozen=True)
class FilmFound:
    """One film: how good our best rung is, its bytes and those we store, to those of x264 medium as good; and the part
    of the job's processor time that the search took. None without libvmaf.
    """

    seen: Quality
    bytes_ratio: float
    stored_ratio: float
    search_share: float


FILM_RATIOS = (
    *("films_at_target", "films_with_even_quality", "bytes_1080_at_equal_vmaf", "bytes_1080_at_equal_vmaf_worst"),
    *("stored_bytes_at_equal_vmaf", "search_cpu_of_job"),
)
"""The names of what `of_films` gives."""


def of_films(films: Sequence[FilmFound]) -> Ratios:
    """What is asked of all films together."""
    near = [abs(film.seen.mean - TARGET_VMAF) <= NEAR_VMAF for film in films]
    even = [film.seen.p5 >= EVEN_VMAF for film in films]
    return {
        "films_at_target": sum(near) / len(films),
        "films_with_even_quality": sum(even) / len(films),
        "bytes_1080_at_equal_vmaf": statistics.median(film.bytes_ratio for film in films),
        "bytes_1080_at_equal_vmaf_worst": max(film.bytes_ratio for film in films),
        "stored_bytes_at_equal_vmaf": statistics.median(film.stored_ratio for film in films),
        "search_cpu_of_job": max(film.search_share for film in films),
    }


def crf_as_good(tried: Mapping[float, float], vmaf: float) -> float:
    """The crf at which x264 is as good as `vmaf`: on the line between the two around it that were tried (crf: VMAF)."""
    low, high, share = _around(tried, vmaf)
    return low + share * (high - low)


def bytes_as_good(tried: Mapping[float, tuple[float, float]], vmaf: float) -> float:
    """The bytes that x264 takes to be as good as `vmaf`, by those that were tried (crf: VMAF, bytes).

    Quality grows with the logarithm of the bytes, more or less evenly between two that are near.
    """
    low, high, share = _around({crf: good for crf, (good, _) in tried.items()}, vmaf)
    return math.exp(math.log(tried[low][1]) + share * (math.log(tried[high][1]) - math.log(tried[low][1])))


def _around(tried: Mapping[float, float], vmaf: float) -> tuple[float, float, float]:
    """The nearest that is as good, the nearest that is not, and how far `vmaf` is from the one to the other.

    The best twice where none is as good: x264's cap keeps it from getting better. The worst twice where all are.
    """
    better = [crf for crf, good in tried.items() if good >= vmaf]
    worse = [crf for crf, good in tried.items() if good < vmaf]
    if not better or not worse:
        only = max(worse, key=tried.__getitem__) if worse else max(better)
        return only, only, 0.0
    low, high = min(better, key=tried.__getitem__), max(worse, key=tried.__getitem__)
    return low, high, (tried[low] - vmaf) / (tried[low] - tried[high])


def of_minute(job: Cost, medium: Cost) -> Ratios:
    """All that is done for a minute of film, to the peer's rungs alone."""
    return {"cpu_whole_job_60s_vs_medium": job.cpu_s / medium.cpu_s}


def of_demand(first: Made, complete: Made, rest: Made, medium: Cost) -> Ratios:
    """Rungs on demand: what is done before anybody plays a minute of film, and what its first viewer waits for.

    Seconds: until the uploader sees something, with and without; from the first play until the best rung is there.
    """
    return {
        "cpu_on_demand_60s_vs_medium": first.cost.cpu_s / medium.cpu_s,
        "first_playable_on_demand_s": first.first_playable_s,
        "first_playable_complete_s": complete.first_playable_s,
        "best_rung_after_first_play_s": rest.cost.wall_s,
        "cpu_of_the_rest_60s_vs_medium": rest.cost.cpu_s / medium.cpu_s,
    }


def of_overhead(job: Sequence[Cost], everything: Sequence[Cost], bare: Sequence[Cost]) -> Ratios:
    """Our process, checks and packaging over the encode itself; and with looking, measuring and stills too."""
    return {
        "cpu_over_bare_ffmpeg": cpu_ratio(job, bare) - 1,
        "cpu_over_bare_ffmpeg_with_probe_loudness_stills": cpu_ratio(everything, bare) - 1,
    }


def of_workers(one_s: Sequence[float], many_s: Sequence[float], workers: int, videos_each: int) -> Ratios:
    """Videos a second of N workers with N cores, over N times those of one with one; seconds for all videos."""
    one = videos_each / statistics.median(one_s)
    many = videos_each * workers / statistics.median(many_s)
    return {"workers_efficiency": many / (workers * one)}
