"""Pictures from the finished rungs: the storyboard for seeking and the posters to choose from."""

from pathlib import Path
from typing import Any

from PIL import Image

from media_pipeline.ffmpeg import json_values
from media_pipeline.ffmpeg.images import ranking, stills, storyboard
from media_pipeline.ffmpeg.images.storyboard import StoryboardPlan
from media_pipeline.files import storage
from media_pipeline.steps.context import StepContext
from media_pipeline.steps.plan import load_recipe
from media_pipeline.steps.results import EncodeResult, PosterResult, StillsResult, StoryboardResult

POSTER_CANDIDATES = 4
BYTES_PER_PIXEL = 4  # a lossless picture at its worst, and what is made of it
POSTER_WIDTHS = (320, 640, 1280)  # a card, a phone's width at double density, a desktop player
POSTER_FORMATS: dict[str, dict[str, Any]] = {
    "webp": {"quality": 80, "method": 3},
    "jpg": {"quality": 82, "progressive": True, "optimize": True},
}


def run(step: StepContext) -> None:
    """Take the pictures. Raises MediaError."""
    recipe, encoded, folder = load_recipe(step), step.finished_dir("encode"), step.make_dir()
    made = step.load_result("encode", "made", EncodeResult)
    small, large = recipe.smallest, recipe.largest
    storage.require_space(folder, POSTER_CANDIDATES * BYTES_PER_PIXEL * large.width * large.height)
    board = storyboard.plan_storyboard(made.keyframes, made.duration_s, small.width, small.height, fps=small.fps)
    survey = step.run_command(stills.storyboard_command(step.tools, board, encoded / small.file_name, folder))
    width, height = stills.ranking_size(board)
    best = ranking.rank_poster_candidates(
        survey.stdout, width, height, board.times, duration_s=made.duration_s, count=POSTER_CANDIDATES
    )
    times = [candidate.time_s for candidate in best]
    step.run_command(stills.poster_command(step.tools, times, encoded / large.file_name, folder))
    posters = tuple(
        _poster(folder, place, candidate.time_s, candidate.score) for place, candidate in enumerate(best, start=1)
    )
    taken = StillsResult(posters, _facts(board, stills.storyboard_file_name(step.tools)))
    step.commit_dir(folder, made=json_values.to_json(taken))


def _poster(folder: Path, place: int, at_s: float, score: float) -> PosterResult:
    """One candidate in all widths and formats, from the picture as it was decoded, which is not kept."""
    source = folder / stills.poster_candidate_name(place)
    with storage.disk_errors(), Image.open(source, formats=("PPM",)) as picture:
        picture.load()
        widths = _widths(picture.width)
        for width in widths:
            height = max(1, round(picture.height * width / picture.width))
            scaled = picture.resize((width, height), Image.Resampling.LANCZOS)
            for ending, options in POSTER_FORMATS.items():
                scaled.save(folder / f"{source.stem}-{width}.{ending}", **options)
        size = (widths[-1], height)
    source.unlink()
    return PosterResult(source.stem, widths, tuple(POSTER_FORMATS), *size, at_s=at_s, score=score)


def _widths(largest: int) -> tuple[int, ...]:
    """The usual widths that the picture has, and its own when it is smaller than the largest of them."""
    fitting = tuple(width for width in POSTER_WIDTHS if width < largest)
    return (*fitting, min(largest, POSTER_WIDTHS[-1]))


def _facts(board: StoryboardPlan, sheet: str) -> StoryboardResult:
    return StoryboardResult(
        (sheet,), board.tile_width, board.tile_height, board.columns, board.rows, tuple(board.times)
    )
