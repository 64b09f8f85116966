"""From a video's colour facts to the transform that makes plain BT.709 of them.

A name means what players show anyway, or zscale converts it (measured against arithmetic of our own in
test_real_colours.py), or we show the picture as most players do, who know BT.601 and BT.709 by the picture's size,
and say so. Names that only fit some pictures (constant luminance is not defined for 8 bit) and stand on another are
not believed: such tags are written by mistake.
"""

from collections.abc import Iterable

from media_pipeline.ffmpeg.inspect.source import Colour, VideoStream
from media_pipeline.ffmpeg.plan.recipe import PictureTransform
from media_pipeline.ffmpeg.run.toolchain import Toolchain

# What `scale` converts, by its own names.
_MATRICES = {
    "bt709": "bt709",
    "bt470bg": "bt601",
    "smpte170m": "bt601",
    "fcc": "fcc",
    "smpte240m": "smpte240m",
    "bt2020nc": "bt2020",
}
# Matrices that follow from primaries: of these two they are the usual ones, so nothing dearer is needed.
_DERIVED = {"bt709": "bt709", "bt2020": "bt2020"}
# Primaries and curves of television and computer screens. Their differences are small, and most players show all of
# them alike; PAL DVDs name a curve (bt470bg) that no camera had.
_SCREEN_PRIMARIES = frozenset({"", "bt709", "bt470bg", "smpte170m", "smpte240m", "ebu3213"})
SCREEN_TRANSFERS = frozenset(
    {"", "bt709", "bt470m", "bt470bg", "smpte170m", "smpte240m", "iec61966-2-1", "iec61966-2-4", "bt1361e"}
    | {"bt2020-10", "bt2020-12"}
)
# Film as it came from old cameras, digital cinema, P3 phones, BT.2020: zscale moves them to BT.709.
_FOREIGN_PRIMARIES = frozenset({"bt470m", "film", "bt2020", "smpte431", "smpte432"})
# zscale leaves the greenish white of cinema as it is, where players make it the screen's: then it is P3 with D65.
_ADAPTED_PRIMARIES = {"smpte431": "smpte432"}
_HDR_TRANSFERS = {"pq": "smpte2084", "hlg": "arib-std-b67", "dv84": "arib-std-b67"}

# Pixel formats without a matrix, and those that can be transparent; ffmpeg's names begin like this.
_RGB = ("rgb", "bgr", "gbr", "argb", "abgr", "0rgb", "0bgr", "x2rgb", "x2bgr", "pal8", "bayer_")
_GREY = ("gray", "ya8", "ya16", "mono")
_RGB_CODECS = frozenset({"png", "flashsv", "flashsv2"})  # an ffprobe without zlib cannot name their pixels
_ALPHA = ("yuva", "ya8", "ya16", "gbrap", "rgba", "bgra", "argb", "abgr")


def picture_transform(video: VideoStream, toolchain: Toolchain) -> PictureTransform:
    """How the picture of `video` is converted, with the filters that `toolchain` has."""
    able = {"zscale", "tonemap"} <= toolchain.filters
    hdr = video.hdr != "none"
    rgb = video.pix_fmt.startswith(_RGB) if video.pix_fmt else video.codec in _RGB_CODECS
    matrix = "rgb" if rgb else _matrix(video, able)
    transfer = _transfer(video, able)
    primaries = _primaries(video, able)
    # `scale` takes grey for full range, whatever it is told.
    grey = video.pix_fmt.startswith(_GREY) and not video.colour.full_range
    foreign = (
        hdr or grey or primaries not in _SCREEN_PRIMARIES or transfer == "linear" or matrix in _zscale_matrices(video)
    )
    return PictureTransform(
        matrix=matrix,
        full_range=video.colour.full_range or rgb,
        deinterlace=video.interlaced,
        hdr=video.hdr,
        transfer=transfer,
        primaries=primaries if foreign else "bt709",
        tone_map="" if not foreign else "zscale" if able else "plain",
        flatten=_is_transparent(video) and not video.premultiplied and "premultiply" in toolchain.filters,
        expand_chroma=foreign and able and video.chroma in ("410", "411"),
    )


def assumed_colours(video: VideoStream, transform: PictureTransform) -> tuple[str, ...]:
    """The names that were not followed, e.g. ("matrix ycgco",): shown as most players do, who do not either."""
    said, hdr = video.colour, transform.hdr != "none"
    matrix = transform.matrix != "rgb" and not video.pix_fmt.startswith(_GREY) and said.matrix not in ("", *_MATRICES)
    names = {
        f"matrix {said.matrix}": matrix and not _is_followed(said, transform),
        # Without zscale all of HDR is approximate, and has a warning of its own.
        f"primaries {said.primaries}": said.primaries not in _SCREEN_PRIMARIES
        and (
            _ADAPTED_PRIMARIES.get(said.primaries, said.primaries) != transform.primaries
            or (transform.tone_map == "plain" and not hdr)
        ),
        "limited range": transform.tone_map == "plain" and video.pix_fmt.startswith(_GREY),
        f"transfer {said.transfer}": not hdr and said.transfer not in (*SCREEN_TRANSFERS, transform.transfer),
    }
    return tuple(name for name, holds in names.items() if holds)


def colour_reasons(video: VideoStream, transform: PictureTransform) -> Iterable[str]:
    """Sentences for the log: what the file says of its colours, and what it was taken for."""
    said = video.colour
    named = (said.matrix, said.primaries, said.transfer, "full" if said.full_range else "limited")
    used = (transform.matrix, transform.primaries, transform.transfer, "full" if transform.full_range else "limited")
    yield f"colours named {'/'.join(name or 'unsaid' for name in named)}, taken as {'/'.join(used)}"
    if video.header_colour is not None:
        header = video.header_colour
        yield f"the header names other colours: {header.matrix}/{header.primaries}/{header.transfer}"
    if assumed := assumed_colours(video, transform):
        yield f"not followed, as in most players: {', '.join(assumed)}"
    if transform.flatten:
        yield "transparent parts are shown on black"


def _is_followed(said: Colour, transform: PictureTransform) -> bool:
    derived = said.matrix in ("chroma-derived-nc", "chroma-derived-c") and _DERIVED.get(said.primaries)
    return transform.matrix in (said.matrix, derived)


def _zscale_matrices(video: VideoStream) -> frozenset[str]:
    """Matrices that zscale alone converts, as far as this picture can be coded with them."""
    said, hdr = video.colour, video.hdr != "none"
    # YCgCo is for RGB at full resolution; at half of it some programs write the name on BT.601.
    fitting = {"ycgco": video.chroma == "444" and not hdr}
    deep = video.bit_depth >= 10
    # Constant luminance and ICtCp are defined for 10 bit and more.
    fitting |= {"bt2020c": deep and not hdr, "ictcp": deep and hdr}
    known = said.primaries in (_SCREEN_PRIMARIES | _FOREIGN_PRIMARIES) - {""}
    fitting |= {"chroma-derived-nc": known, "chroma-derived-c": known and deep and not hdr}
    return frozenset(name for name, fits in fitting.items() if fits)


def _matrix(video: VideoStream, able: bool) -> str:
    """The matrix the picture was coded with; unsaid, the usual one of its size (as every player assumes)."""
    said = video.colour.matrix
    if said in _MATRICES:
        return _MATRICES[said]
    if said == "chroma-derived-nc" and video.colour.primaries in _DERIVED:
        return _DERIVED[video.colour.primaries]
    if able and said in _zscale_matrices(video):
        return said
    if said == "bt2020c" or video.hdr != "none":
        return "bt2020"
    return "bt709" if video.width >= 1280 or video.height > 576 else "bt601"


def _transfer(video: VideoStream, able: bool) -> str:
    if video.hdr in _HDR_TRANSFERS:
        return _HDR_TRANSFERS[video.hdr]
    return "linear" if able and video.colour.transfer == "linear" else "bt709"


def _primaries(video: VideoStream, able: bool) -> str:
    """The said ones where we know them; unsaid, those of the usual pictures of this kind."""
    said = video.colour.primaries
    if said and said in _SCREEN_PRIMARIES | _FOREIGN_PRIMARIES:
        return _ADAPTED_PRIMARIES.get(said, said)
    return "bt2020" if video.hdr != "none" else "bt709"


def _is_transparent(video: VideoStream) -> bool:
    """Whether the pixels may carry alpha; PNG's palette does, those of other codecs never."""
    return video.pix_fmt.startswith(_ALPHA) or (video.codec == "png" and video.pix_fmt in ("", "pal8"))
