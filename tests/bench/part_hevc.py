"""An HEVC video of a phone: how long its uploader waits until something plays."""

from tests.bench import clips, ours, ratios
from tests.bench.measure import median
from tests.bench.report import Outcome, Row
from tests.bench.stage import Stage


def measure(stage: Stage) -> Outcome:
    """From the sealed upload to the first package; what follows it is called off."""
    clip = clips.hevc(stage.tools, stage.folder, stage.video)
    made = [ours.prepare_video(clip.path, until_playable=True) for _ in range(stage.rounds)]
    return Outcome(
        rows=[Row(clip.path.stem, "ours, until it plays", median([one.cost for one in made]))],
        ratios=ratios.of_hevc([one.first_playable_s for one in made], clip.seconds),
        facts={f"video {clip.path.stem}": clip.what},
    )
