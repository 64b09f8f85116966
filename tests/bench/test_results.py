"""The shape of ``results.json``, and what is run by which option."""

import json
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.bench import __main__ as bench
from tests.bench import measure, report
from tests.bench.command_line import read_arguments
from tests.bench.figures import FIGURES
from tests.bench.measure import BenchError, Cost
from tests.bench.report import Outcome, Row


def test_every_figure_is_there_and_says_why_when_it_is_not_known() -> None:
    outcome = Outcome(
        ratios={"cpu_vs_medium_per_rung": 0.25, "films_at_target": None},
        reasons={"films_at_target": "no libvmaf"},
    )
    content = report.as_json(outcome, {})
    assert set(content["ratios"]) == {figure.name for figure in FIGURES}
    assert content["ratios"]["cpu_vs_medium_per_rung"] == 0.25
    assert content["holds"]["cpu_vs_medium_per_rung"] is True
    assert content["reasons"]["films_at_target"] == "no libvmaf"
    assert content["reasons"]["workers_efficiency"] == report.NOT_RUN
    assert set(content["reasons"]) == {name for name, value in content["ratios"].items() if value is None}


def test_results_are_written_and_shown(tmp_path: Path) -> None:
    outcome = Outcome(
        rows=[Row("real", "ours", Cost(1.5, 3.0, 1 << 20, 2_000_000))], ratios={"workers_efficiency": 0.8}
    )
    content = report.as_json(outcome, {"cores": 2})
    report.write(tmp_path / "bench" / "results.json", content)
    assert json.loads((tmp_path / "bench" / "results.json").read_text(encoding="utf-8")) == content
    assert report.table(outcome.rows).splitlines()[-1] == "| real | ours | 3.0 | 1.5 | 1 | 2.00 |  |"
    assert "| 0.8 | at least 0.9 | missed |" in report.verdicts(content)


def test_options() -> None:
    def read(*arguments: str) -> dict[str, Any]:
        return vars(read_arguments([*arguments], "make bench", bench.__doc__, "one round", bench.PARTS))

    assert read() == {"quick": False, "only": list(bench.PARTS)}
    assert read("--quick", "--only", "hevc") == {"quick": True, "only": ["hevc"]}
    with pytest.raises(SystemExit):
        read("--only", "nothing")


def test_children_of_children_are_counted(tmp_path: Path) -> None:
    burn = "import time\nwhile time.process_time() < 0.3: pass"
    argv = (sys.executable, "-c", f"import subprocess, sys; subprocess.run([sys.executable, '-c', {burn!r}])")
    assert measure.run(argv, tmp_path).cpu_s >= 0.3


def test_what_fails_is_said(tmp_path: Path) -> None:
    with pytest.raises(BenchError, match="out of ideas"):
        measure.run((sys.executable, "-c", "raise SystemExit('out of ideas')"), tmp_path)


def test_bytes_are_those_that_were_added(tmp_path: Path) -> None:
    (tmp_path / "before").write_bytes(b"12345")
    write = (sys.executable, "-c", "open('after', 'w').write('123')")
    assert measure.run_all([write], tmp_path).written_bytes == 3
