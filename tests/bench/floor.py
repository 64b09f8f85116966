"""The floor under every way: what decoding alone costs, and the cheapest encode there is."""

from tests.bench.peers import Argv, Film


def decode_only(film: Film) -> list[Argv]:
    """Every frame and every sample decoded, nothing written."""
    return [(*_reading(film), "-f", "null", "-")]


def ultrafast(film: Film) -> list[Argv]:
    """One rung of the film's own size by x264 at its fastest."""
    return [
        (
            *_reading(film),
            *("-c:v", "libx264", "-preset", "ultrafast", "-crf", "23", "-pix_fmt", "yuv420p", "-c:a", "aac"),
            "ultrafast.mp4",
        )
    ]


def copy(film: Film) -> list[Argv]:
    """The film in another file: what moving it costs."""
    return [(*_reading(film), "-c", "copy", "-map", "0:v:0", "-map", "0:a?", "copy.mp4")]


def _reading(film: Film) -> Argv:
    return (str(film.ffmpeg), "-hide_banner", "-nostdin", "-v", "error", "-y", "-i", str(film.path))
