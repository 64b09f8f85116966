"""A minute of film: all that is done for it (looks, preview, checks, stills), ours against MediaCMS's way.

And what of it remains with rungs on demand, until somebody plays it: then the rest is made.
"""

from tests.bench import clips, ours, peers, ratios
from tests.bench.measure import median
from tests.bench.report import Outcome, Row
from tests.bench.stage import Stage

MINUTE_S = 60.0


def measure(stage: Stage) -> Outcome:
    """One round: it is long, and the things that do not grow with a film weigh less in it."""
    clip = clips.repeated(stage.tools, stage.folder, stage.video, round(MINUTE_S / stage.video.seconds))
    made = ours.prepare_video(clip.path)
    with ours.pipeline_settings(RUNGS_ON_DEMAND=True):
        first = ours.prepare_video(clip.path)
        rungs = first.rungs
        rest = ours.play_first(first.clip)
    medium = stage.commands("medium", peers.mediacms(clip.video(stage.tools)))
    return Outcome(
        rows=[
            Row(clip.path.stem, "ours, the whole job", median([made.cost])),
            Row(clip.path.stem, "ours, rungs on demand, before anybody plays it", first.cost),
            Row(clip.path.stem, "ours, the rest for the first viewer", rest.cost),
            Row(clip.path.stem, "MediaCMS: a process per rung, medium", median([medium])),
        ],
        ratios=ratios.of_minute(made.cost, medium) | ratios.of_demand(first, made, rest, medium),
        facts={
            f"ladder of {clip.path.stem}": made.rungs,
            f"ladder of {clip.path.stem} before anybody plays it": rungs,
            f"video {clip.path.stem}": clip.what,
        },
    )
