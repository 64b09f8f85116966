"""A minute of film: all that is done for it (looks, preview, checks, stills), ours against MediaCMS's way."""

from tests.bench import clips, ours, peers, ratios
from tests.bench.measure import median
from tests.bench.report import Outcome, Row
from tests.bench.stage import Stage

MINUTE_S = 60.0


def measure(stage: Stage) -> Outcome:
    """One round: it is long, and the things that do not grow with a film weigh less in it."""
    clip = clips.repeated(stage.tools, stage.folder, stage.video, round(MINUTE_S / stage.video.seconds))
    made = ours.prepare_video(clip.path)
    medium = stage.commands("medium", peers.mediacms(clip.video(stage.tools)))
    return Outcome(
        rows=[
            Row(clip.path.stem, "ours, the whole job", median([made.cost])),
            Row(clip.path.stem, "MediaCMS: a process per rung, medium", median([medium])),
        ],
        ratios=ratios.of_minute(made.cost, medium),
        facts={f"ladder of {clip.path.stem}": made.rungs, f"video {clip.path.stem}": clip.what},
    )
