"""The benchmarks compare the same functions, print ratios alone, and count digits rightly."""

import csv
import json
import re

import mpmath
import numpy as np
import pytest

from benchmarks import __main__ as bench
from benchmarks import accuracy, contests, libraries, losses, optimizers, timing

FOUND = libraries.installed()
CASES = [*losses.CASES, losses.WIDE]


@pytest.fixture(autouse=True)
def _threads(monkeypatch):
    """Undo what the benchmarks set."""
    monkeypatch.setenv("LOSSBOOK_THREADS", "1")


def test_prints_ratios_alone_and_writes_them(capsys, tmp_path, monkeypatch):
    monkeypatch.setattr(bench, "WIDE_ROWS", 2)
    monkeypatch.setattr(bench, "PARAMETERS", (10,))
    monkeypatch.setattr(bench, "start", lambda *_: {"lossbook": 1.0})
    file = tmp_path / "ratios.json"
    assert bench.main(["--sizes", "40", "--pairs", "1", "--write", str(file)]) == 0
    printed = capsys.readouterr().out
    for case in losses.CASES:
        rows = re.findall(rf"^{re.escape(case.name)}  .*", printed, re.M)
        assert len(rows) == 4, f"three rows of times and one of memory for {case.name}"
        assert re.search(r"\d\.\d\d", rows[-1])
    assert not re.search(r"\d\s*(?:ns|µs|us|ms|s|seconds)\b", printed)
    written = json.loads(file.read_text(encoding="utf-8"))
    assert written["versions"].keys() >= {"lossbook", "NumPy", *FOUND}
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", written["measured"])
    for table in written["tables"]:
        assert table["rows"], table["title"]
        assert all(set(found) <= set(table["columns"]) for found in table["rows"].values())


@pytest.mark.parametrize("dtype", ["float64", "float32"])
@pytest.mark.parametrize("slopes", [True, False])
@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_peers_compute_the_same_function(case, slopes, dtype):
    y, p = case.data(np.random.default_rng(1), 2000, dtype)
    for library in set(FOUND) & set(case.peers):
        theirs = case.peers[library](y, p, slopes)
        if theirs is not None:
            bench.agree(case, library, case.ours(y, p, slopes), theirs, dtype)


def test_a_peer_that_computes_something_else_is_refused():
    case = losses.CASES[0]
    with pytest.raises(ValueError, match=r"our value and that of Elsewhere differ by 1"):
        bench.agree(case, "Elsewhere", lambda: (1.0, [0.0]), lambda: (2.0, [0.0]))


@pytest.mark.parametrize("step", optimizers.STEPS, ids=lambda step: step.name)
def test_peers_take_the_same_step(step):
    w, g = optimizers._parameters(7)
    ours = step.ours().step(w.copy(), g)
    for name, run in step.peers(7, FOUND).items():
        run()
        if name.startswith("PyTorch"):
            (theirs,) = run.__self__.param_groups[0]["params"]
            np.testing.assert_allclose(theirs.detach().numpy(), ours, rtol=1e-12)


def test_the_slower_function_has_the_larger_time():
    small, large = np.zeros(10), np.zeros(1_000_000)
    assert timing.ratio(small.sum, large.sum, pairs=3, least=1e-4) > 2


def test_peak_memory_counts_what_numpy_allocates():
    size = 8_000_000
    assert size <= timing.peak_bytes(lambda: np.zeros(size // 8)) < 1.1 * size


def test_lost_digits_are_counted_once_each():
    exact = [mpmath.mpf(x) for x in (1.0, 1.0, 1.0, 1.0, 0.0)] + [mpmath.mpf("1e400")]
    found = [1.0, np.nan, 0.0, 1 + 8 * accuracy.EPS, 0.0, np.inf]
    assert accuracy.count(found, exact) == {
        "points": 6,
        "not_finite": 1,
        "zero": 1,
        "off": 1,
        "worst_eps": 8.0,
    }


def test_ours_lose_no_digit_and_a_textbook_does():
    contest = contests.SOFTMAX
    counts = accuracy.contest_counts(contest, {})
    lost = {c.library: c.not_finite + c.zero + c.off for c in counts if c.quantity == "value"}
    assert lost["lossbook"] == 0
    assert lost["textbook"] > 0


def test_the_written_table_is_what_was_counted(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(accuracy, "CONTESTS", [contests.HUBER])
    assert accuracy.main(["--write", str(tmp_path)]) == 0
    assert "Huber: lossbook" in capsys.readouterr().out
    with (tmp_path / "accuracy.csv").open(encoding="utf-8") as file:
        first = next(csv.DictReader(file))
    assert (first["loss"], first["library"], first["quantity"]) == ("Huber", "lossbook", "value")
    assert json.loads((tmp_path / "accuracy.json").read_text())["versions"].keys() >= {"NumPy"}
