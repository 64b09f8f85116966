"""Which colours do the pictures name themselves? Players follow them, and not the header, where the two disagree.

Editing programs and remuxers write headers of their own around pictures that they copy.
"""

import json
from dataclasses import replace

from media_pipeline.ffmpeg.inspect.source import Colour, Source
from media_pipeline.ffmpeg.inspect.streams import ProbeJson, parse_colour, parse_dynamic_range


def with_frame_colours(source: Source, output: bytes) -> Source:
    """The source with the colours that its first frame names; what it leaves out stays as the header says.

    `output` is that of `pictures.pictures_command`.
    """
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
