"""What the pictures themselves say: their size, shape and turn, which headers may have wrong or not at all.

Keyframes are decoded, and those alone: a new size, a new shape and a camera's note of how it was held begin with one.
"""

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path

from media_pipeline.ffmpeg.inspect.source import Source, VideoStream
from media_pipeline.ffmpeg.inspect.streams import (
    count_orientations,
    display_size,
    parse_number,
    parse_orientation,
    parse_ratio,
)
from media_pipeline.ffmpeg.run.command import MIB, ProcessCommand, ProcessLimits, input_name
from media_pipeline.ffmpeg.run.input_guards import FFPROBE_OPTIONS, input_args
from media_pipeline.ffmpeg.run.toolchain import Toolchain

MOST_KEYFRAMES = 60  # more are sampled: some formats have nothing else
# Recordings of broadcasts and calls change on the way; files of cameras have one header for all their pictures, and
# the person who uploaded one waits for a preview.
SAMPLES, FEW_SAMPLES = 40, 6
_CAMERA_FORMATS = frozenset({"mov"})
_ENTRIES = "width,height,sample_aspect_ratio,pix_fmt,color_range,color_space,color_primaries,color_transfer,alpha_mode"
_HEVC_SEI = 39  # NAL unit type (ITU-T H.265, table 7-1): notes beside the pictures, none of which we need
_SAME_SHAPE = 0.02  # pictures whose shape differs less have the same


@dataclass(frozen=True)
class PictureFormat:
    """One picture's size in pixels as decoded, the shape of a sample, and how it is turned (as in `VideoStream`)."""

    width: int
    height: int
    sar: Fraction = Fraction(1)
    rotation: int = 0
    flipped: bool = False
    matrices: int = 0  # how many turns are named: by the container, by the picture

    @property
    def shape(self) -> float:
        """Width to height as a viewer sees it, before any turn."""
        return self.width * float(self.sar) / self.height


def pictures_command(toolchain: Toolchain, source: Source, path: Path) -> ProcessCommand:
    """Decode the keyframes of the main video, a sample where there are many.

    `parse_pictures` and `with_frame_colours` read the result.
    """
    assert source.video is not None  # noqa: S101 - the probe refuses files without
    argv = [
        str(toolchain.ffprobe),
        *FFPROBE_OPTIONS,
        *input_args(source.container, source.probe_decoders),
        *("-threads", "1"),
        *("-skip_frame", "nokey"),
        *("-select_streams", str(source.video.index)),
        "-show_frames",
        *("-show_entries", f"frame={_ENTRIES}:frame_side_data=side_data_type,displaymatrix"),
        *_intervals(source, source.video),
        *("-of", "json=compact=1"),
        input_name(0),
    ]
    limits = ProcessLimits(wall_s=240, cpu_s=200, stdout_bytes=8 * MIB)
    return ProcessCommand(tuple(argv), inputs=(path,), limits=limits, failure=None)


def _intervals(source: Source, video: VideoStream) -> tuple[str, ...]:
    most, samples = (FEW_SAMPLES,) * 2 if source.container in _CAMERA_FORMATS else (MOST_KEYFRAMES, SAMPLES)
    if len(source.keyframes) <= most:
        return ()
    if len(video.clock) != 1:  # one cannot seek on a clock that jumps
        return "-read_intervals", f"%+#{MOST_KEYFRAMES}"
    keyframes = source.keyframes[:: -(-len(source.keyframes) // samples)]
    return "-read_intervals", ",".join(f"{time - video.clock[0].shift_s:.3f}%+#1" for time in keyframes)


def parse_pictures(output: bytes) -> list[PictureFormat]:
    """ffprobe's frames, in order; none when it could not decode."""
    try:
        found = json.loads(output.decode("utf-8", "replace"), strict=False)
    except ValueError:
        return []
    frames = found.get("frames", ()) if isinstance(found, Mapping) else ()
    return [_picture(raw) for raw in frames if parse_number(raw.get("width")) and parse_number(raw.get("height"))]


def _picture(raw: Mapping[str, object]) -> PictureFormat:
    size = int(parse_number(raw.get("width"))), int(parse_number(raw.get("height")))
    sar = parse_ratio(raw.get("sample_aspect_ratio")) or Fraction(1)
    return PictureFormat(*size, sar, *parse_orientation(raw), count_orientations(raw))


def with_pictures(source: Source, pictures: list[PictureFormat]) -> Source:
    """The source with the size, shape and turn that its pictures have.

    Where they change on the way, the shape is that of most pictures, the size the largest of that shape: `resized`
    then says that all others have to be fitted in. A container's matrix counts before a note in the stream.
    """
    video = source.video
    if video is None or not pictures:
        return source
    sizes = Counter(replace(picture, rotation=0, flipped=False, matrices=0) for picture in pictures)
    shapes: Counter[float] = Counter()
    for size, count in sizes.items():
        same = next((shape for shape in shapes if abs(size.shape / shape - 1) <= _SAME_SHAPE), size.shape)
        shapes[same] += count
    usual = shapes.most_common(1)[0][0]
    chosen = max(
        (size for size in sizes if abs(size.shape / usual - 1) <= _SAME_SHAPE), key=lambda s: s.width * s.height
    )
    rotation, flipped = video.rotation, video.flipped
    if not rotation and not flipped:
        rotation, flipped = pictures[0].rotation, pictures[0].flipped
    width, height = chosen.width - video.cropped[0], chosen.height - video.cropped[1]
    shown = display_size(width, height, chosen.sar, rotation)
    return replace(
        source,
        video=replace(
            video,
            width=width,
            height=height,
            display_width=shown[0],
            display_height=shown[1],
            sar=chosen.sar,
            rotation=rotation,
            flipped=flipped,
            resized=len(sizes) > 1,
            turned_twice=any(picture.matrices > 1 for picture in pictures),
        ),
    )


def decode_options(source: Source) -> dict[str, str]:
    """Input options of ffmpeg, by name without the dash, for decoding the main video, whose turn is known.

    ffmpeg's filters refuse pictures that name two turns ("File exists"), so the note in the stream goes.
    """
    notes = {"h264": "h264_metadata=display_orientation=remove", "hevc": f"filter_units=remove_types={_HEVC_SEI}"}
    video = source.video
    if video is None or not video.turned_twice or video.codec not in notes:
        return {}
    return {f"bsf:{video.index}": notes[video.codec]}
