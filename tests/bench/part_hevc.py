"""HEVC videos of a phone, a short and a long one: how long their uploaders wait until something plays."""

from tests.bench import clips, ours, peers, ratios
from tests.bench.measure import Cost, median
from tests.bench.report import Outcome, Row
from tests.bench.stage import Stage

LONG_S = 180.0


def measure(stage: Stage) -> Outcome:
    """From the sealed upload to the first package; what follows it is called off."""
    short = clips.hevc(stage.tools, stage.folder, stage.video)
    long = clips.repeated(stage.tools, stage.folder, short, round(LONG_S / short.seconds))
    copies = [stage.commands("copy", peers.copy(long.video(stage.tools))) for _ in range(stage.rounds)]
    made = {
        clip: [ours.prepare_video(clip.path, until_playable=True) for _ in range(stage.rounds)]
        for clip in (short, long)
    }
    first = {clip: [one.first_playable_s for one in each] for clip, each in made.items()}

    def row(clip: clips.Clip) -> Row:
        costs: list[Cost] = [one.cost for one in made[clip]]
        return Row(clip.path.stem, "ours, until it plays", median(costs))

    return Outcome(
        rows=[row(short), row(long)],
        ratios=ratios.of_hevc(first[short], short.seconds) | ratios.of_long_hevc(first[long], copies),
        facts={f"video {clip.path.stem}": clip.what for clip in (short, long)},
    )
