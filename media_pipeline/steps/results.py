"""What steps leave for the publishing in the job's row: the columns of the rows to be, as frozen values."""

from dataclasses import dataclass

from media_pipeline.ffmpeg.hls.multivariant import MediaTrack


@dataclass(frozen=True)
class MeasuredSound:
    """A sound as it came out of the encoder: LUFS, None for silence; decibels to full scale, true peak."""

    name: str
    integrated: float | None
    true_peak_db: float


@dataclass(frozen=True)
class EncodeResult:
    """What the encode made: its length in seconds, the keyframes (seconds) of the smallest rung, and its sounds."""

    duration_s: float
    keyframes: tuple[float, ...]
    loudness: tuple[MeasuredSound, ...] = ()


@dataclass(frozen=True)
class PackageResult:
    """What the packaging made; a ``MediaTrack`` has the columns of a ``Rendition``."""

    tracks: tuple[MediaTrack, ...]
    duration_s: float
    download_name: str


@dataclass(frozen=True)
class PosterResult:
    """Columns of a ``Poster``."""

    prefix: str
    widths: tuple[int, ...]
    formats: tuple[str, ...]
    width: int
    height: int
    at_s: float
    score: float


@dataclass(frozen=True)
class StoryboardResult:
    """Columns of a ``Storyboard``."""

    sheets: tuple[str, ...]
    tile_width: int
    tile_height: int
    columns: int
    rows: int
    times_s: tuple[float, ...]


@dataclass(frozen=True)
class StillsResult:
    """What the stills made."""

    posters: tuple[PosterResult, ...]
    storyboard: StoryboardResult
