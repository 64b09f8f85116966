"""Pictures from the finished rungs: the storyboard for seeking and the posters to choose from."""

from pathlib import Path
from typing import Any

from PIL import Image

from media_pipeline.ffmpeg.errors import WarningCode
from media_pipeline.ffmpeg.images import ranking, stills, storyboard
from media_pipeline.files import storage
from media_pipeline.steps.context import StepContext
from media_pipeline.steps.plan import load_recipe
from media_pipeline.steps.results import EncodeResult, PosterResult, StillsResult, StoryboardResult

POSTER_CANDIDATES = 4
BYTES_PER_PIXEL = 4  # a lossless frame at its worst, and what is made of it
POSTER_WIDTHS = (320, 640, 1280)  # a card, a phone's width at double density, a desktop player
POSTER_FORMATS: dict[str, dict[str, Any]] = {
    "webp": {"quality": 80, "method": 3},
    "jpg": {"quality": 82, "progressive": True, "optimize": True},
}


def run(step: StepContext) -> None:
    """Take the pictures. Raises MediaError."""
    recipe, encoded, folder = load_recipe(step), step.finished_dir("encode"), step.make_dir()
    made = step.load_result("encode", EncodeResult)
    small, large = recipe.smallest, recipe.largest
    storage.require_space(folder, POSTER_CANDIDATES * BYTES_PER_PIXEL * large.width * large.height)
    # 1. The storyboard, from the smallest rung.
    board = storyboard.plan_storyboard(made.keyframes, made.duration_s, small.width, small.height, fps=small.fps)
    survey = step.run_command(stills.storyboard_command(step.tools, board, encoded / small.file_name, folder))
    # 2. The posters: ranked by the survey's small grey frames, taken from the largest rung.
    width, height = stills.ranking_size(board)
    best = ranking.rank_poster_candidates(
        survey.stdout, width, height, board.times, duration_s=made.duration_s, count=POSTER_CANDIDATES
    )
    times = [candidate.time_s for candidate in best]
    copied = large.codec == "copy"
    step.run_command(stills.poster_command(step.tools, times, encoded / large.file_name, folder, copied=copied))
    posters = tuple(
        _scale_poster(folder / stills.poster_candidate_name(place), candidate.time_s, candidate.score)
        for place, candidate in enumerate(best, start=1)
    )
    sheets = (stills.storyboard_file_name(step.tools),)
    tiles = StoryboardResult(sheets, board.tile_width, board.tile_height, board.columns, board.rows, tuple(board.times))
    black = ranking.is_all_black(survey.stdout, width, height)
    warnings = (WarningCode.ALL_BLACK,) if black else ()
    step.commit_dir(folder, StillsResult(posters, tiles), lambda: step.add_warnings(warnings))


def _scale_poster(source: Path, at_s: float, score: float) -> PosterResult:
    """One candidate in all widths and formats, from the frame as it was decoded, which is not kept.

    The widths are the usual ones that the frame has, and its own when it is smaller than the largest of them.
    """
    with storage.disk_errors(), Image.open(source, formats=("PPM",)) as frame:
        frame.load()
        widths = (*(width for width in POSTER_WIDTHS if width < frame.width), min(frame.width, POSTER_WIDTHS[-1]))
        for width in widths:
            height = max(1, round(frame.height * width / frame.width))
            scaled = frame.resize((width, height), Image.Resampling.LANCZOS)
            for ending, options in POSTER_FORMATS.items():
                scaled.save(source.with_name(f"{source.stem}-{width}.{ending}"), **options)
    source.unlink()
    return PosterResult(source.stem, widths, tuple(POSTER_FORMATS), width, height, at_s=at_s, score=score)
