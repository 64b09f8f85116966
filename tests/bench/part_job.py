"""A minute of film: all that is done for it (looks, preview, checks, stills), ours against MediaCMS's way.

And what of it remains with rungs on demand, until somebody plays it: then the rest is made.
"""

from tests.bench import clips, ours, peers, ratios
from tests.bench.measure import median
from tests.bench.report import Outcome, Row
from tests.bench.stage import Stage

MINUTE_S = 60.0


def measure(stage: Stage) -> Outcome:
    """Both ways in turn; what is left with rungs on demand once: its figure has more room."""
    clip = clips.repeated(stage.tools, stage.folder, stage.video, round(MINUTE_S / stage.video.seconds))
    jobs, mediums = [], []
    for _ in range(stage.rounds):
        jobs.append(ours.prepare_video(clip.path))
        mediums.append(stage.commands("medium", peers.mediacms(clip.video(stage.tools))))
    made, medium = jobs[0], median(mediums)
    with ours.pipeline_settings(RUNGS_ON_DEMAND=True):
        first = ours.prepare_video(clip.path)
        rungs = first.rungs
        rest = ours.play_first(first.clip)
    job = median([made.cost for made in jobs])
    return Outcome(
        rows=[
            Row(clip.path.stem, "ours, the whole job", job),
            Row(clip.path.stem, "ours, rungs on demand, before anybody plays it", first.cost),
            Row(clip.path.stem, "ours, the rest for the first viewer", rest.cost),
            Row(clip.path.stem, "MediaCMS: a process per rung, medium", medium),
        ],
        ratios=ratios.of_minute(job, medium) | ratios.of_demand(first, made, rest, medium),
        facts={
            f"ladder of {clip.path.stem}": made.rungs,
            f"ladder of {clip.path.stem} before anybody plays it": rungs,
            f"processor seconds of {clip.path.stem}, ours": [round(made.cost.cpu_s, 1) for made in jobs],
            f"processor seconds of {clip.path.stem}, medium": [round(cost.cpu_s, 1) for cost in mediums],
            f"video {clip.path.stem}": clip.what,
        },
    )
