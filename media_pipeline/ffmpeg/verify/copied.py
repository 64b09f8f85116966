"""Does a copied rung show what an encode would have shown? Nothing decides this but the copy itself.

Every segment must begin with a picture that needs none before it, there must be as many pictures as the original
has, and the first and the last must be those of the rungs beside it.
"""

from collections.abc import Iterator
from pathlib import Path

from media_pipeline.ffmpeg.encode.argv import OWN_FILE
from media_pipeline.ffmpeg.inspect.timeline import Timeline
from media_pipeline.ffmpeg.plan.recipe import Recipe, Rung
from media_pipeline.ffmpeg.run.command import ProcessCommand, ProcessLimits, input_name
from media_pipeline.ffmpeg.run.input_guards import FFMPEG_OPTIONS
from media_pipeline.ffmpeg.run.toolchain import Toolchain
from media_pipeline.ffmpeg.verify.streams import verify_error

SEGMENT_HEAD_BYTES = 256 * 1024  # a segment's boxes, and the beginning of its first picture
SIDE = 32  # pixels of the small grey pictures that are compared
_FAR = 16  # grey levels (0 to 255) on average: another picture, and not another encoding of the same one
_END_S = 0.5  # before the end: the last picture is looked for from here
_IDR = 5  # NAL unit type (ITU-T H.264, table 7-1)
_SLICES = frozenset({1, 2, 3, 4, 5})


def verify_copied_frames(rung: Rung, recipe: Recipe, timeline: Timeline) -> None:
    """As many pictures as the original has. MediaError(verify_failed)."""
    if recipe.copied_frames and timeline.packets != recipe.copied_frames:
        raise verify_error(rung.name, f"{timeline.packets} pictures were copied of {recipe.copied_frames}")


def begins_with_idr(head: bytes) -> bool:
    """Whether a segment of fragmented MP4, of which `head` are the first bytes, decodes by itself."""
    place = 0
    while place + 8 <= len(head):
        size, kind = int.from_bytes(head[place : place + 4]), head[place + 4 : place + 8]
        if kind == b"mdat":
            return next((unit == _IDR for unit in _nal_units(head[place + 8 :]) if unit in _SLICES), False)
        if size < 8:
            return False
        place += size
    return False


def _nal_units(sample: bytes) -> Iterator[int]:
    """Types of the NAL units of samples, each behind its length in four bytes."""
    place = 0
    while place + 5 <= len(sample):
        yield sample[place + 4] & 0x1F
        place += 4 + int.from_bytes(sample[place : place + 4])


def ends_command(toolchain: Toolchain, copied: Path, encoded: Path, duration_s: float) -> ProcessCommand:
    """Print the first and the last picture of both files, small and grey: `compare_ends` reads them."""
    opened = [part for name, value in OWN_FILE.items() for part in (f"-{name}", value)]
    late = ("-ss", f"{max(0.0, duration_s - _END_S):.3f}")
    inputs = [part for start in ((), late) for place in range(2) for part in (*start, *opened, "-i", input_name(place))]
    small = f"scale={SIDE}:{SIDE}:flags=area,format=gray"
    chains = [
        *(f"[{place}:v]trim=end_frame=1,{small}[p{place}]" for place in (0, 1)),
        *(f"[{place}:v]{small},reverse,trim=end_frame=1[p{place}]" for place in (2, 3)),
        "[p0][p1][p2][p3]vstack=inputs=4:shortest=0",
    ]
    argv = [
        *(str(toolchain.ffmpeg), *FFMPEG_OPTIONS, *inputs),
        *("-filter_complex", ";".join(chains), "-frames:v", "1", "-f", "rawvideo", "pipe:1"),
    ]
    limits = ProcessLimits(wall_s=120, cpu_s=120)
    return ProcessCommand(tuple(argv), inputs=(copied, encoded), limits=limits, failure=None)


def compare_ends(rung: Rung, output: bytes) -> None:
    """The same pictures at both ends. MediaError(verify_failed)."""
    size = SIDE * SIDE
    pictures = [output[place * size : (place + 1) * size] for place in range(4)]
    if len(output) != 4 * size:
        raise verify_error(rung.name, "its first or last picture could not be decoded")
    for which, place in (("first", 0), ("last", 2)):
        if sum(abs(a - b) for a, b in zip(pictures[place], pictures[place + 1], strict=True)) > _FAR * size:
            raise verify_error(rung.name, f"its {which} picture is not that of the encoded rungs")
