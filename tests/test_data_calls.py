"""Which files of installed libraries call which functions of NumPy."""

import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest

from lossbook.data import calls as module
from lossbook.data import function_calls


@pytest.fixture(scope="module")
def calls():
    return function_calls()


def test_the_table_is_in_a_fixed_order_and_says_what_was_read(calls):
    again = function_calls()
    np.testing.assert_array_equal(calls.used, again.used)
    assert (calls.files, calls.functions) == (again.files, again.functions)
    assert list(calls.files) == sorted(set(calls.files))
    assert list(calls.functions) == sorted(set(calls.functions))
    assert calls.used.shape == (len(calls.files), len(calls.functions))
    assert set(calls.versions) == {file.split("/")[0] for file in calls.files}
    assert f"scipy {calls.versions['scipy']}" in repr(calls)
    assert str(calls.used.sum()) in repr(calls)


def test_no_row_is_too_short_to_learn_from_and_the_table_is_read_only(calls):
    assert calls.used.sum(axis=1).min() >= module.FEWEST_FUNCTIONS
    assert {"array", "sqrt", "where"} < set(calls.functions)
    with pytest.raises(ValueError, match="read-only"):
        calls.used[0, 0] = True


def test_a_one_stands_for_a_call_in_the_source(calls):
    root = Path(find_spec("scipy").origin).parent.parent
    for row in range(0, len(calls.files), 40):
        if calls.files[row].startswith("scipy"):
            source = (root / calls.files[row]).read_text(encoding="utf-8")
            there = [f"np.{name}(" in source for name in calls.functions]
            np.testing.assert_array_equal(calls.used[row], there)


def test_tests_and_the_copies_of_other_projects_are_passed_over(calls):
    parts = {part for file in calls.files for part in file.split("/")}
    assert not parts & module.PASSED_OVER
    assert all(file.startswith(p) for file, p in zip(calls.files, calls.packages, strict=True))
    assert {"scipy/stats", "sklearn/cluster", "matplotlib"} < set(calls.packages)


def test_only_calls_of_numpy_are_found(monkeypatch, tmp_path):
    source = "np.sqrt(np.abs(x)); my_np.exp(1); np.linalg.solve(A, b); np.pi; jnp.log(2)"
    (tmp_path / "lib" / "tests").mkdir(parents=True)
    for name in ("lib/a.py", "lib/tests/b.py", "lib/c.pyi"):
        (tmp_path / name).write_text(source)
    (tmp_path / "lib/__init__.py").write_text("")
    monkeypatch.syspath_prepend(tmp_path)
    assert dict(module._library("lib")) == {"lib/__init__.py": set(), "lib/a.py": {"sqrt", "abs"}}


def test_nothing_is_imported_and_a_missing_library_is_named(monkeypatch):
    program = "import lossbook as lb, sys; lb.data.function_calls(); print(*sys.modules)"
    out = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    loaded = set(out.stdout.split())
    assert "lossbook.data.calls" in loaded, out.stderr
    assert not loaded & {"matplotlib", "scipy", "sklearn", "statsmodels"}
    monkeypatch.setitem(sys.modules, "sklearn", None)
    with pytest.raises(ImportError, match="pip install scikit-learn"):
        function_calls()
