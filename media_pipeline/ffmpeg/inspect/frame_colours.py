"""Which colours do the pictures name themselves? Players follow them, and not the header, where the two disagree.

Editing programs and remuxers write headers of their own around pictures that they copy.
"""

import json
from dataclasses import replace
from pathlib import Path

from media_pipeline.ffmpeg.inspect.source import Colour, Source
from media_pipeline.ffmpeg.inspect.streams import ProbeJson, parse_colour, parse_dynamic_range
from media_pipeline.ffmpeg.run.command import MIB, ProcessCommand, ProcessLimits, input_name
from media_pipeline.ffmpeg.run.input_guards import FFPROBE_OPTIONS, input_args
from media_pipeline.ffmpeg.run.toolchain import Toolchain

_PACKETS = 8  # some decoders hold a few frames back, some files begin with frames that cannot be decoded
_ENTRIES = "pix_fmt,color_range,color_space,color_primaries,color_transfer,alpha_mode"


def frame_colours_command(toolchain: Toolchain, source: Source, path: Path) -> ProcessCommand:
    """ffprobe on the first frames of the main video of one untrusted file; `with_frame_colours` reads its answer."""
    argv = [
        str(toolchain.ffprobe),
        *FFPROBE_OPTIONS,
        *input_args(source.container),
        *("-select_streams", str(source.video.index if source.video else "v:0")),
        *("-show_entries", f"frame={_ENTRIES}"),
        *("-read_intervals", f"%+#{_PACKETS}"),
        *("-of", "json=compact=1"),
        input_name(0),
    ]
    limits = ProcessLimits(wall_s=60, cpu_s=40, stdout_bytes=MIB)
    return ProcessCommand(tuple(argv), inputs=(path,), limits=limits, failure=None)  # the header is an answer, too


def with_frame_colours(source: Source, output: bytes) -> Source:
    """The source with the colours that its first frame names; what it leaves out stays as the header says."""
    video, frame = source.video, _first_frame(output)
    if video is None or not frame:
        return source
    said, header = parse_colour(frame), video.colour
    colour = Colour(
        said.matrix or header.matrix,
        said.primaries or header.primaries,
        said.transfer or header.transfer,
        said.full_range if frame.get("color_range") in ("tv", "pc") else header.full_range,
    )
    seen = replace(video, premultiplied=frame.get("alpha_mode") == "premultiplied")
    if colour != header:
        # What Dolby Vision says of itself stands in the header alone.
        light = parse_dynamic_range({"color_transfer": colour.transfer})
        hdr = light if video.hdr in ("none", "pq", "hlg") else video.hdr
        seen = replace(seen, colour=colour, hdr=hdr, header_colour=header)
    return replace(source, video=seen)


def _first_frame(output: bytes) -> ProbeJson:
    try:
        frames = json.loads(output.decode("utf-8", "replace")).get("frames")
    except (ValueError, AttributeError):
        return {}
    return next((frame for frame in frames or () if isinstance(frame, dict) and frame.get("pix_fmt")), {})
