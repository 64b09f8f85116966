"""From a video's colour facts to the transform that makes plain BT.709 of them."""

from media_pipeline.ffmpeg.inspect.source import VideoStream
from media_pipeline.ffmpeg.plan.recipe import PictureTransform
from media_pipeline.ffmpeg.run.toolchain import Toolchain

_WIDE = frozenset({"bt2020", "smpte432", "smpte431"})  # primaries beyond BT.709


def picture_transform(video: VideoStream, toolchain: Toolchain) -> PictureTransform:
    """How the picture of `video` is converted, with the filters that `toolchain` has."""
    able = {"zscale", "tonemap"} <= toolchain.filters
    foreign = video.hdr != "none" or video.colour.primaries in _WIDE
    return PictureTransform(
        matrix=_matrix(video),
        full_range=video.colour.full_range,
        deinterlace=video.interlaced,
        hdr=video.hdr,
        transfer=video.colour.transfer,
        primaries=video.colour.primaries,
        tone_map="" if not foreign else "zscale" if able else "plain",
    )


def _matrix(video: VideoStream) -> str:
    """The matrix the picture was coded with; unsaid, the usual one of its size (as every player assumes)."""
    said = video.colour.matrix
    if said.startswith("bt2020") or video.hdr != "none":
        return "bt2020"
    if said in ("bt470bg", "smpte170m", "fcc"):
        return "bt601"
    if said:
        return "bt709"
    return "bt709" if video.width >= 1280 or video.height > 576 else "bt601"
