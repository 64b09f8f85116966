"""A video that is fit for the web as it is: what its lower rungs cost, and how soon it plays."""

from tests.bench import clips, ours, peers, ratios
from tests.bench.measure import Cost, interleaved, median
from tests.bench.report import Outcome, Row
from tests.bench.stage import Stage

OURS, QUICK, COPY = "ours, the whole job", "PeerTube: quick path, copy and veryfast", "copy only"


def measure(stage: Stage) -> Outcome:
    """Ours against PeerTube's quick path."""
    clip = clips.web_fit(stage.tools, stage.folder, stage.video)
    video, made = clip.video(stage.tools), []

    def our_way() -> Cost:
        made.append(ours.prepare_video(clip.path))
        return made[-1].cost

    costs = interleaved(
        {
            OURS: our_way,
            QUICK: lambda: stage.commands("quick", peers.peertube_quick(video)),
            COPY: lambda: stage.commands("copy", peers.copy(video)),
        },
        stage.rounds,
    )
    return Outcome(
        rows=[Row(clip.path.stem, way, median(each)) for way, each in costs.items()],
        ratios=ratios.of_web_fit(
            [one.ladder for one in made], costs[OURS], costs[QUICK], costs[COPY], [one.first_playable_s for one in made]
        ),
        facts={f"ladder of {clip.path.stem}": made[-1].rungs, f"video {clip.path.stem}": clip.what},
    )
