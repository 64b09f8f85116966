"""Films in the sizes of television, as whole pictures and as fields, whatever their header says of them."""

from itertools import product
from pathlib import Path

import pytest

from media_pipeline.ffmpeg.run.toolchain import Toolchain
from tests.media_pipeline.ffmpeg import chain
from tests.media_pipeline.ffmpeg.relatives import ffmpeg
from tests.sampling import sampled

pytestmark = pytest.mark.slow
REST = "fields of both orders in all sizes of television"
PATTERNS = ("gradients=speed=0.2:seed=1", "testsrc2")
ORDERS = {"": "", "tff": "tinterlace=interleave_top,setfield=tff,", "bff": "tinterlace=interleave_bottom,setfield=bff,"}
CASES = [
    (pattern, height, order, declared)
    for pattern, height, order, declared in product(PATTERNS, (480, 576, 1080), ORDERS, (False, True))
    if order or pattern != "testsrc2"  # fine lines that move sideways are taken for fields
]
QUICK = {(PATTERNS[0], 576, "", True), (PATTERNS[0], 480, "tff", False), (PATTERNS[1], 576, "bff", False)}


def draw(path: Path, pattern: str, height: int, order: str, *, declared: bool) -> Path:
    """One second of a pattern; `declared` is what its header says of fields, and "" as order means that it has none."""
    shape = f"{pattern}{':' if '=' in pattern else '='}s=192x{height}:r={50 if order else 25}:d=1"
    said = f"setfield={order or 'tff'}" if declared else "setfield=prog"
    fields = ("-flags", "+ildct+ilme") if declared else ()
    graph = f"{shape},{ORDERS[order]}{said},format=yuv420p"
    ffmpeg("-f", "lavfi", "-i", graph, "-c:v", "mpeg2video", "-q:v", "2", *fields, "-f", "mpegts", path)
    return path


@pytest.mark.parametrize(
    "case",
    sampled(CASES, QUICK.__contains__, REST, name=lambda case: " ".join(map(str, case[:3])) + " declared" * case[3]),
)
def test_fields_are_found(tools: Toolchain, tmp_path: Path, case: tuple[str, int, str, bool]) -> None:
    pattern, height, order, declared = case
    found = chain.look(tools, draw(tmp_path / "drawn.ts", pattern, height, order, declared=declared)).video
    assert found is not None
    assert (found.interlaced, found.field_order) == (bool(order), order)
