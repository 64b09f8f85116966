"""The bench's arithmetic: costs, medians, ratios, figures, and libvmaf's log."""

import json

import pytest

from tests.bench import measure, ratios, vmaf
from tests.bench.figures import FIGURES, Figure
from tests.bench.measure import BenchError, Cost
from tests.bench.vmaf import Quality


def cost(cpu_s: float, *, wall_s: float = 1.0, memory: int = 100, written: int = 10) -> Cost:
    return Cost(wall_s, cpu_s, memory, written)


def test_costs_one_after_the_other() -> None:
    assert cost(2.0, memory=5) + cost(3.0, memory=7) == Cost(2.0, 5.0, 7, 20)


def test_median_takes_each_number_by_itself() -> None:
    assert measure.median([Cost(1, 9, 3, 4), Cost(2, 8, 1, 5), Cost(3, 7, 2, 6)]) == Cost(2, 8, 2, 5)


def test_rounds_take_turns() -> None:
    order: list[str] = []
    measure.interleaved({name: lambda name=name: order.append(name) for name in "AB"}, 2)
    assert order == ["A", "B", "A", "B"]


def test_a_slow_round_does_not_count() -> None:
    ours, theirs = [cost(1), cost(9), cost(1)], [cost(4), cost(4), cost(4)]
    assert ratios.cpu_ratio(ours, theirs) == 0.25


def test_ladder() -> None:
    ladder, medium, veryfast = [cost(3)], [cost(12, written=20)], [cost(6)]
    assert ratios.of_ladder(ladder, [cost(4.5, memory=900, written=5)], medium, veryfast) == {
        "cpu_vs_medium_per_rung": 0.25,
        "cpu_vs_veryfast_per_rung": 0.5,
        "job_cpu_vs_medium_per_rung": 0.375,
        "job_cpu_vs_veryfast_per_rung": 0.75,
        "stored_bytes_vs_mp4_plus_hls": 0.25,
        "peak_memory_1080_bytes": 900.0,
    }


def test_top_rung() -> None:
    assert ratios.of_top_rung(60, 100, Quality(94.0, 88.0), Quality(95.0, 90.0)) == {
        "bytes_1080_vs_medium": 0.6,
        "vmaf_1080_minus_medium": -1.0,
        "vmaf_1080_p5_minus_medium": -2.0,
    }
    assert ratios.of_top_rung(60, 100, None, None) == {
        "bytes_1080_vs_medium": 0.6,
        "vmaf_1080_minus_medium": None,
        "vmaf_1080_p5_minus_medium": None,
    }


def test_waiting() -> None:
    assert ratios.of_hevc([5.0], 6.0) == {"first_playable_hevc_s": 5.0, "first_playable_hevc_vs_duration": 0.5}
    assert ratios.of_web_fit([cost(1)], [cost(3)], [cost(2)], [cost(1, wall_s=0.3)], [1.5]) == {
        "cpu_webfit_vs_quick_path": 0.5,
        "job_cpu_webfit_vs_quick_path": 1.5,
        "first_playable_webfit_s": 1.5,
        "first_playable_webfit_copy_s": 0.3,
    }


def test_overhead_and_workers() -> None:
    assert ratios.of_overhead([cost(21)], [cost(24)], [cost(20)]) == {
        "cpu_over_bare_ffmpeg": pytest.approx(0.05),
        "cpu_over_bare_ffmpeg_with_probe_loudness_stills": pytest.approx(0.2),
    }
    assert ratios.of_workers([10.0], [12.5], workers=2, videos_each=4) == {"workers_efficiency": pytest.approx(0.8)}


def test_a_limit_may_grow_by_what_was_measured() -> None:
    figure = Figure("first", 2.0, "seconds", plus="copy")
    assert figure.holds({"first": 2.2, "copy": 0.3}) is True
    assert figure.holds({"first": 2.2, "copy": 0.1}) is False
    assert figure.holds({"copy": 0.3}) is None


def test_figures_that_must_be_reached_from_above() -> None:
    figure = next(figure for figure in FIGURES if figure.name == "films_at_target")
    assert figure.holds({figure.name: 0.9}) is True
    assert figure.holds({figure.name: 0.8}) is False


def test_x264_as_good_lies_between_what_was_tried() -> None:
    tried = {20.0: (96.0, 4000.0), 24.0: (94.0, 2000.0), 28.0: (90.0, 1000.0)}
    assert ratios.crf_as_good({crf: good for crf, (good, _) in tried.items()}, 95.0) == 22.0
    assert ratios.bytes_as_good(tried, 95.0) == pytest.approx((4000 * 2000) ** 0.5)
    assert ratios.bytes_as_good(tried, 92.0) == pytest.approx((2000 * 1000) ** 0.5)


def test_what_x264_never_reaches_is_not_guessed() -> None:
    """Its cap keeps a film full of noise from getting better: the best that it can is what counts."""
    tried = {12.0: (94.88, 7125.0), 16.0: (94.90, 7036.0), 20.0: (94.69, 6967.0), 24.0: (91.84, 3681.0)}
    assert ratios.crf_as_good({crf: good for crf, (good, _) in tried.items()}, 95.2) == 16.0
    assert ratios.bytes_as_good(tried, 95.2) == pytest.approx(7036.0)
    assert ratios.bytes_as_good(tried, 90.0) == pytest.approx(3681.0)


def test_films_together() -> None:
    films = [
        ratios.FilmFound(Quality(94.5, 90.0), 0.5, 0.4, 0.05),
        ratios.FilmFound(Quality(95.5, 88.0), 0.6, 0.5, 0.07),
        ratios.FilmFound(Quality(93.4, 87.9), 0.8, 0.6, 0.06),
    ]
    assert ratios.of_films(films) == {
        "films_at_target": pytest.approx(2 / 3),
        "films_with_even_quality": pytest.approx(2 / 3),
        "bytes_1080_at_equal_vmaf": 0.6,
        "bytes_1080_at_equal_vmaf_worst": 0.8,
        "stored_bytes_at_equal_vmaf": 0.5,
        "search_cpu_of_job": 0.07,
    }
    assert set(ratios.of_films(films)) == set(ratios.FILM_RATIOS) <= {figure.name for figure in FIGURES}


def test_vmaf_log() -> None:
    frames = [{"metrics": {"vmaf": float(score)}} for score in range(100, 60, -1)]
    assert vmaf.read_log(json.dumps({"frames": frames})) == Quality(mean=80.5, p5=63.0)
    with pytest.raises(BenchError):
        vmaf.read_log('{"frames": []}')
