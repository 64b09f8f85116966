"""The whole ladder of a 1080p video, ours against the peers' and the floor, and how its 1080 rung looks."""

from pathlib import Path

from tests.bench import ours, peers, ratios, vmaf
from tests.bench.clips import Clip
from tests.bench.measure import Cost, interleaved, median
from tests.bench.report import Outcome, Row
from tests.bench.stage import Stage
from tests.bench.vmaf import Quality

OURS, MEDIUM, VERYFAST = (
    "ours, the whole job",
    "MediaCMS: a process per rung, medium",
    "PeerTube: a process per rung, veryfast",
)
NO_VMAF = "this ffmpeg has no libvmaf"


def measure(stage: Stage) -> Outcome:
    """All videos; the first one's ratios are the bench's, further videos once, beside them."""
    outcome = _measure(stage, stage.video, stage.rounds)
    for further in stage.videos[1:]:
        beside = _measure(stage, further, rounds=1)
        outcome.rows += beside.rows
        outcome.facts[f"ratios of {further.path.stem}"] = beside.ratios
    return outcome


def _measure(stage: Stage, clip: Clip, rounds: int) -> Outcome:
    made: list[ours.Made] = []
    video = clip.video(stage.tools)

    def our_way() -> Cost:
        made.append(ours.prepare_video(clip.path))
        return made[-1].cost

    costs = interleaved(
        {
            OURS: our_way,
            MEDIUM: lambda: stage.commands("medium", peers.mediacms(video)),
            VERYFAST: lambda: stage.commands("veryfast", peers.peertube(video)),
            "decode only": lambda: stage.commands("decode", peers.decode_only(video)),
            "one ultrafast encode": lambda: stage.commands("ultrafast", peers.ultrafast(video)),
        },
        rounds,
    )
    tops = {
        OURS: made[-1].top,
        MEDIUM: stage.folder / "medium" / "mediacms-1080.mp4",
        VERYFAST: stage.folder / "veryfast" / "peertube-1080.mp4",
    }
    seen = {way: vmaf.compare(stage.tools, clip.path, top, stage.folder) for way, top in tops.items()}
    ladders = [one.ladder for one in made]
    found = ratios.of_ladder(ladders, costs[OURS], costs[MEDIUM], costs[VERYFAST]) | _top(stage, tops, seen)
    return Outcome(
        rows=[
            Row(clip.path.stem, "ours, the encode alone", median(ladders)),
            *(Row(clip.path.stem, way, median(each), seen.get(way)) for way, each in costs.items()),
        ],
        ratios=found,
        reasons={name: NO_VMAF for name, value in found.items() if value is None},
        facts={f"ladder of {clip.path.stem}": made[-1].rungs, f"video {clip.path.stem}": clip.what},
    )


def _top(stage: Stage, tops: dict[str, Path], seen: dict[str, Quality | None]) -> ratios.Ratios:
    weights = {way: vmaf.picture_bytes(stage.tools, tops[way]) for way in (OURS, MEDIUM)}
    return ratios.of_top_rung(weights[OURS], weights[MEDIUM], seen[OURS], seen[MEDIUM])
