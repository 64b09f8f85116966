"""Playlists as values: what the packager wrote, parsed strictly enough to be checked against the files."""

import re
from dataclasses import dataclass

from media_pipeline.ffmpeg.errors import ErrorCode, MediaError


@dataclass(frozen=True)
class SegmentRange:
    """`length` bytes from `offset` on."""

    offset: int
    length: int

    @property
    def end(self) -> int:
        return self.offset + self.length


@dataclass(frozen=True)
class MediaSegment:
    """One entry of a media playlist; seconds."""

    uri: str
    duration_s: float
    bytes: SegmentRange


@dataclass(frozen=True)
class MediaPlaylist:
    """One stream's playlist. `init` is the byte range of the initialisation section."""

    target_s: int
    init: SegmentRange
    segments: tuple[MediaSegment, ...]
    ended: bool
    iframes_only: bool = False

    @property
    def duration_s(self) -> float:
        return sum(segment.duration_s for segment in self.segments)

    @property
    def average_bandwidth(self) -> int:
        """Bits per second over all."""
        total = sum(segment.bytes.length for segment in self.segments)
        return round(total * 8 / self.duration_s) if self.duration_s else 0

    @property
    def peak_bandwidth(self) -> int:
        """Bits per second of the heaviest run of segments of 0.5 to 1.5 target durations (RFC 8216, 4.3.4.2)."""
        peak = self.average_bandwidth
        for first in range(len(self.segments)):
            seconds, size = 0.0, 0
            for segment in self.segments[first:]:
                seconds, size = seconds + segment.duration_s, size + segment.bytes.length
                if seconds > 1.5 * self.target_s:
                    break
                if seconds >= 0.5 * self.target_s:
                    peak = max(peak, round(size * 8 / seconds))
        return peak


def parse_media_playlist(text: str) -> MediaPlaylist:
    """A media playlist of single-file byte ranges. MediaError(verify_failed) when it is anything else."""
    try:
        return _parse(text.splitlines())
    except (ValueError, KeyError) as problem:
        raise MediaError(ErrorCode.VERIFY_FAILED, f"not a media playlist: {problem}") from problem


def _parse(lines: list[str]) -> MediaPlaylist:
    if lines[:1] != ["#EXTM3U"]:
        raise ValueError("no #EXTM3U")
    tags: dict[str, str] = {}
    segments: list[MediaSegment] = []
    length, offset, place = 0, 0, 0
    for line in lines[1:]:
        if line.startswith("#EXT-X-BYTERANGE:"):
            said, _, at = line.partition(":")[2].partition("@")
            length, offset = int(said), int(at) if at else place
        elif line.startswith("#EXT"):
            name, _, value = line.partition(":")
            tags[name] = value
        elif line and not line.startswith("#"):
            seconds = float(tags.pop("#EXTINF").partition(",")[0])
            segments.append(MediaSegment(line, seconds, SegmentRange(offset, length)))
            place, length = offset + length, 0
    size, _, start = parse_attribute_list(tags["#EXT-X-MAP"])["BYTERANGE"].partition("@")
    return MediaPlaylist(
        target_s=int(tags["#EXT-X-TARGETDURATION"]),
        init=SegmentRange(int(start), int(size)),
        segments=tuple(segments),
        ended="#EXT-X-ENDLIST" in tags,
        iframes_only="#EXT-X-I-FRAMES-ONLY" in tags,
    )


def parse_attribute_list(text: str) -> dict[str, str]:
    """An attribute list, quotes taken off."""
    attributes = re.findall(r'(?<![A-Z0-9-])([A-Z0-9-]+)=(?:"([^"]*)"|([^",]*))', text)
    return {name: quoted or plain for name, quoted, plain in attributes}


def parse_codecs(master: str) -> dict[str, str]:
    """The codec string of each stream by its playlist's name, from a packager's multivariant playlist.

    A variant names its sound's codec behind its own; the sound's playlist gets that one.
    """
    found: dict[str, str] = {}
    audio = [parse_attribute_list(line).get("URI", "") for line in master.splitlines() if "TYPE=AUDIO" in line]
    lines = iter(master.splitlines())
    for line in lines:
        if line.startswith("#EXT-X-STREAM-INF:"):
            own, _, sound = parse_attribute_list(line).get("CODECS", "").partition(",")
            found[next(lines, "")] = own
            found |= {uri: sound for uri in audio if sound}
    return {name: codecs for name, codecs in found.items() if name and codecs}
