"""Pictures from the finished rungs: the storyboard for seeking and the posters to choose from."""

from pathlib import Path
from typing import Any

from PIL import Image

from media_pipeline.ffmpeg import json_values
from media_pipeline.ffmpeg.images import ranking, stills, storyboard
from media_pipeline.ffmpeg.images.storyboard import StoryboardPlan
from media_pipeline.files import storage
from media_pipeline.steps.context import Work
from media_pipeline.steps.plan import recipe_of
from media_pipeline.steps.results import Encoded, PosterFacts, StoryboardFacts, Taken

CANDIDATES = 4
BYTES_PER_PIXEL = 4  # a lossless picture at its worst, and what is made of it
WIDTHS = (320, 640, 1280)  # a card, a phone's width at double density, a desktop player
FORMATS: dict[str, dict[str, Any]] = {
    "webp": {"quality": 80, "method": 3},
    "jpg": {"quality": 82, "progressive": True, "optimize": True},
}


def run(work: Work) -> None:
    """Take the pictures. Raises MediaError."""
    recipe, encoded, folder = recipe_of(work), work.left_by("encode"), work.folder()
    made = work.value("encode", "made", Encoded)
    small, large = recipe.smallest, recipe.largest
    storage.require_space(folder, CANDIDATES * BYTES_PER_PIXEL * large.width * large.height)
    board = storyboard.plan_storyboard(made.keyframes, made.duration_s, small.width, small.height, fps=small.fps)
    survey = work.call(stills.storyboard_command(work.tools, board, encoded / small.file_name, folder))
    width, height = stills.ranking_size(board)
    best = ranking.rank_poster_candidates(
        survey.stdout, width, height, board.times, duration_s=made.duration_s, count=CANDIDATES
    )
    times = [candidate.time_s for candidate in best]
    work.call(stills.poster_command(work.tools, times, encoded / large.file_name, folder))
    posters = tuple(
        _poster(folder, place, candidate.time_s, candidate.score) for place, candidate in enumerate(best, start=1)
    )
    taken = Taken(posters, _facts(board, stills.storyboard_file_name(work.tools)))
    work.leave_folder(folder, made=json_values.to_json(taken))


def _poster(folder: Path, place: int, at_s: float, score: float) -> PosterFacts:
    """One candidate in all widths and formats, from the picture as it was decoded, which is not kept."""
    source = folder / stills.poster_candidate_name(place)
    with storage.disk_errors(), Image.open(source, formats=("PPM",)) as picture:
        picture.load()
        widths = _widths(picture.width)
        for width in widths:
            height = max(1, round(picture.height * width / picture.width))
            scaled = picture.resize((width, height), Image.Resampling.LANCZOS)
            for ending, options in FORMATS.items():
                scaled.save(folder / f"{source.stem}-{width}.{ending}", **options)
        size = (widths[-1], height)
    source.unlink()
    return PosterFacts(source.stem, widths, tuple(FORMATS), *size, at_s=at_s, score=score)


def _widths(largest: int) -> tuple[int, ...]:
    """The usual widths that the picture has, and its own when it is smaller than the largest of them."""
    fitting = tuple(width for width in WIDTHS if width < largest)
    return (*fitting, min(largest, WIDTHS[-1]))


def _facts(board: StoryboardPlan, sheet: str) -> StoryboardFacts:
    return StoryboardFacts((sheet,), board.tile_width, board.tile_height, board.columns, board.rows, tuple(board.times))
