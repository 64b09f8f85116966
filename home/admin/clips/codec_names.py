"""Names of codecs, as people who film know them."""

# What ffmpeg's name does not say by itself; others are written in capitals.
_NAMES = {
    "h264": "H.264",
    "hevc": "HEVC (H.265)",
    "mpeg2video": "MPEG-2",
    "mpeg1video": "MPEG-1",
    "prores": "ProRes",
    "s302m": "SMPTE 302M",
}


def codec_name(codec: str | None) -> str:
    """The name of a codec in words, by ffmpeg's; "?" where none is known."""
    return _NAMES.get(codec or "", (codec or "?").replace("_", " ").upper())
