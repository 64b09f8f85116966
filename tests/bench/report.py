"""What the bench says: a table for people, and ``results.json`` for those who keep figures."""

import json
import os
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from media_pipeline.ffmpeg.run.toolchain import Toolchain
from tests.bench.figures import FIGURES, Figure
from tests.bench.measure import Cost
from tests.bench.ratios import Ratios
from tests.bench.vmaf import Quality

MIB = 1 << 20
NOT_RUN = "this part was not asked for"


@dataclass(frozen=True)
class Row:
    """One way on one video: medians, and where it was judged the quality of its 1080 rung."""

    video: str
    way: str
    cost: Cost
    quality: Quality | None = None


@dataclass
class Outcome:
    """What one part of the bench, or all of it, found. ``reasons`` says of a ratio that is None why."""

    rows: list[Row] = field(default_factory=list)
    ratios: Ratios = field(default_factory=dict)
    reasons: dict[str, str] = field(default_factory=dict)
    facts: dict[str, Any] = field(default_factory=dict)

    def add(self, other: "Outcome") -> None:
        """Add the outcome of another part."""
        self.rows += other.rows
        self.ratios |= other.ratios
        self.reasons |= other.reasons
        self.facts |= other.facts


def as_json(outcome: Outcome, machine: dict[str, Any], figures: Sequence[Figure] = FIGURES) -> dict[str, Any]:
    """Every figure by name under ``ratios``, null where it was not measured, with the reason beside it."""
    names = [figure.name for figure in figures]
    ratios = dict.fromkeys(names) | outcome.ratios
    missing = [name for name, value in ratios.items() if value is None]
    return {
        "ratios": {name: None if value is None else round(value, 4) for name, value in ratios.items()},
        "reasons": {name: outcome.reasons.get(name, NOT_RUN) for name in missing},
        "holds": {figure.name: figure.holds(ratios) for figure in figures},
        "rows": [asdict(row) for row in outcome.rows],
        "facts": outcome.facts,
        "machine": machine,
    }


def write(path: Path, content: dict[str, Any]) -> None:
    """Put the results in their place, whole."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_suffix(".part")
    draft.write_text(json.dumps(content, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    draft.replace(path)


def machine(tools: Toolchain) -> dict[str, Any]:
    """What the numbers depend on."""
    return {"cores": os.cpu_count(), "ffmpeg": tools.version, "svt_av1": tools.svt_av1, "load": os.getloadavg()[0]}


def table(rows: Iterable[Row]) -> str:
    """The ways with what they cost, in Markdown."""
    head = "| video | way | CPU s | wall s | MiB memory | MB written | VMAF mean / p5 |\n|---|---|---|---|---|---|---|"
    return "\n".join([head, *map(_line, rows)])


def _line(row: Row) -> str:
    cost, seen = row.cost, row.quality
    judged = f"{seen.mean:.1f} / {seen.p5:.1f}" if seen else ""
    numbers = f"{cost.cpu_s:.1f} | {cost.wall_s:.1f} | {cost.memory_bytes / MIB:.0f} | {cost.written_bytes / 1e6:.2f}"
    return f"| {row.video} | {row.way} | {numbers} | {judged} |"


def verdicts(content: dict[str, Any], figures: Sequence[Figure] = FIGURES) -> str:
    """The figures with their limits, in Markdown."""
    lines = ["| figure | measured | limit | |", "|---|---|---|---|"]
    for figure in figures:
        value, holds = content["ratios"][figure.name], content["holds"][figure.name]
        shown = "not measured" if value is None else f"{value:.3g}" if abs(value) < MIB else f"{value / MIB:.0f} MiB"
        bound = figure.bound(content["ratios"])
        limit = f"{'at least' if figure.at_least else 'at most'} "
        limit += f"{bound:.3g}" if abs(bound) < MIB else f"{bound / MIB:.0f} MiB"
        word = {True: "holds", False: "missed", None: content["reasons"].get(figure.name, "")}[holds]
        lines.append(f"| {figure.name}: {figure.says} | {shown} | {limit} | {word} |")
    return "\n".join(lines)
