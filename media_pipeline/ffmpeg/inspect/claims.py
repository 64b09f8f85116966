"""What a header claims of the picture, beside what was measured."""

from dataclasses import replace

from media_pipeline.ffmpeg.inspect.source import Claim, Source, VideoStream

ROUNDED = 0.02  # of the measured value; headers that differ by no more have only rounded


def with_wrong_claims(source: Source) -> Source:
    """The source, with the names of what its header says wrongly of the main picture. To be asked after all looks."""
    said, true = source.claimed, source.video
    if said is None or true is None:
        return source
    judged: dict[Claim, bool] = {
        "duration_s": all(_is_wrong(length_s, true.duration_s) for length_s in claimed_lengths(said)),
        "display_size": any(_is_wrong(a, b) for a, b in zip(_size(said), _size(true), strict=True)),
        "fps_avg": _is_wrong(float(said.fps_avg), float(true.fps_avg)),
    }
    return replace(source, wrong_claims=tuple(name for name, is_wrong in judged.items() if is_wrong))


def claimed_lengths(said: VideoStream) -> tuple[float, ...]:
    """What a header may mean by its length, in seconds; one of these is enough to be right.

    Some (ASF) count from zero of the stream's clock, and not from its first picture.
    """
    from_start_s = said.duration_s - said.start_s
    return (said.duration_s, from_start_s) if 0 < from_start_s < said.duration_s else (said.duration_s,)


def _size(video: VideoStream) -> tuple[int, int]:
    return video.display_width, video.display_height


def _is_wrong(said: float, true: float) -> bool:
    """Whether a number is given, and clearly another one."""
    return said > 0 and abs(said - true) > ROUNDED * true
