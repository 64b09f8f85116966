"""The output of `-progress pipe:1`: blocks of key=value lines, each ended by `progress=`."""

import math

from media_pipeline.ffmpeg.run.command import EncodeProgress

_MAX_LINE = 4096  # real ones have 40 characters


class ProgressParser:
    """Takes standard output as it arrives and returns an `EncodeProgress` for every finished block."""

    def __init__(self) -> None:
        self._pending = b""
        self._block: dict[str, str] = {}

    def feed(self, data: bytes) -> list[EncodeProgress]:
        """Reports that `data` completes, in order. Lines that are not ours are passed over."""
        *lines, pending = (self._pending + data).split(b"\n")
        self._pending = pending[-_MAX_LINE:]
        reports = []
        for line in lines:
            name, found, value = line.decode("ascii", "replace").partition("=")
            if not found:
                continue
            self._block[name.strip()] = value.strip()
            if name == "progress":
                # out_time_us is N/A until the first packet, and negative with some edit lists.
                media_s = max(0.0, (_number(self._block.get("out_time_us", "")) or 0.0) / 1e6)
                frames = max(0, int(_number(self._block.get("frame", "")) or 0.0))
                speed = _number(self._block.get("speed", "").removesuffix("x"))
                reports.append(EncodeProgress(media_s, frames, speed, done=value.strip() == "end"))
                self._block = {}
        return reports


def _number(text: str) -> float | None:
    try:
        value = float(text)
    except ValueError:
        return None
    return value if math.isfinite(value) else None
