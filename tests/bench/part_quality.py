"""Ten films of a minute: is the best rung as good as it should be, and what does it weigh beside x264 medium as good?

The peers' encoder gets the part that a film repeats, at two to four constant rate factors around our quality, and once
more all its rungs at the one that is as good.
"""

from tests.bench import films, ours, peers, ratios, vmaf
from tests.bench.films import Film
from tests.bench.report import Outcome, Row
from tests.bench.stage import Stage

FIRST_CRF, CRF_STEP, MOST_TRIED = 24.0, 4.0, 5
EVERY = 7  # no divisor of what encoders group: every place in a group has its turn
NO_VMAF = "this ffmpeg has no libvmaf"


def measure(stage: Stage) -> Outcome:
    """All films once; the ratios are those of all together."""
    outcome, found = Outcome(), []
    if stage.tools.supports_libvmaf:
        for film in films.make_films(stage.tools, stage.folder, quick=stage.quick):
            found.append(_measure(stage, film, outcome))
            print(f"  {film.name}: {outcome.facts[f'quality of {film.name}']}", flush=True)
        outcome.ratios = ratios.of_films(found)
    outcome.reasons = {} if found else dict.fromkeys(ratios.FILM_RATIOS, NO_VMAF)
    return outcome


def _measure(stage: Stage, film: Film, outcome: Outcome) -> ratios.FilmFound:
    with ours.pipeline_settings(COPY_WEB_FIT=False):  # a copy has no quality of ours
        made = ours.prepare_video(film.whole.path)
    seen = vmaf.compare(stage.tools, film.whole.path, made.top, stage.folder, EVERY)
    assert seen is not None  # there is libvmaf
    per_second = vmaf.picture_bytes(stage.tools, made.top) / film.whole.seconds
    tried = _try_medium(stage, film, made.side, seen.mean)
    theirs_per_second = ratios.bytes_as_good(tried, seen.mean)
    crf = ratios.crf_as_good({crf: good for crf, (good, _) in tried.items()}, seen.mean)
    video = film.part.video(stage.tools)
    stored = stage.commands("medium", peers.mediacms(video, crf, made.side)).written_bytes / film.part.seconds
    result = ratios.FilmFound(
        seen,
        per_second / theirs_per_second,
        made.cost.written_bytes / film.whole.seconds / stored,
        made.search_cpu_s / made.cost.cpu_s,
    )
    outcome.rows.append(Row(film.whole.path.stem, "ours, the whole job", made.cost, seen))
    outcome.facts[f"quality of {film.name}"] = {
        "number": made.clip.package.recipe["rungs"][0]["quality"],
        "measured": made.clip.package.recipe["measured"],
        "vmaf": [round(seen.mean, 2), round(seen.p5, 2)],
        "kilobits": round(per_second * 8 / 1000),
        "bytes_ratio": round(result.bytes_ratio, 3),
        "stored_ratio": round(result.stored_ratio, 3),
        "search_share": round(result.search_share, 4),
        "medium": {f"{crf:g}": [round(good, 2), round(size * 8 / 1000)] for crf, (good, size) in sorted(tried.items())},
    }
    return result


def _try_medium(stage: Stage, film: Film, side: int, vmaf_mean: float) -> dict[float, tuple[float, float]]:
    """x264 medium at factors on both sides of a quality: VMAF and bytes a second of each."""
    tried: dict[float, tuple[float, float]] = {}
    crf, video = FIRST_CRF, film.part.video(stage.tools)
    while len(tried) < MOST_TRIED:
        stage.commands("medium", [peers.mediacms_rung(video, side, crf)])
        path = stage.folder / "medium" / f"mediacms-{side}.mp4"
        seen = vmaf.compare(stage.tools, film.part.path, path, stage.folder, EVERY)
        assert seen is not None  # there is libvmaf
        tried[crf] = seen.mean, vmaf.picture_bytes(stage.tools, path) / film.part.seconds
        better = [good >= vmaf_mean for good, _ in tried.values()]
        if any(better) and not all(better):
            break
        crf = min(tried) - CRF_STEP if not any(better) else max(tried) + CRF_STEP
    return tried
