"""A run that was cut short ends as one that was not; a crash while writing loses nothing."""

import os
import signal
import subprocess
import sys
import textwrap
from dataclasses import asdict

import numpy as np
import pytest

import lossbook as lb
from lossbook import checkpoints

X, Y = np.random.default_rng(0).normal(size=(40, 3)), np.random.default_rng(1).normal(size=40)
HELD_OUT = X[:10] + 1, Y[:10]


def train(epochs, checkpoint=None, **changes):
    arguments = {
        "optimizer": lb.Adam(lb.warmup(5, lb.cosine(0.1, 100))),
        "batch_size": 7,
        "rng": np.random.default_rng(3),
        "penalty": lb.L2(0.01),
        "validation": HELD_OUT,
        "clip_norm": 3.0,
        "metrics": {"mae": lb.mae},
    }
    arguments |= changes
    model = arguments.pop("model", lb.MLP(3, (5,), activation="tanh", dropout=0.2))
    data = arguments.pop("data", (X, Y))
    return lb.fit(model, lb.Huber(1.0), data, epochs=epochs, checkpoint=checkpoint, **arguments)


def same(a, b):
    """Tell whether two histories agree to the last bit."""
    a, b = asdict(a), asdict(b)
    np.testing.assert_equal(a, b)
    return a.keys() == b.keys()


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"optimizer": lb.NAdam(0.01), "batch_size": None},
        {"optimizer": lb.Momentum(0.01), "keep_path": True},
        {"optimizer": lb.Adam(lb.reduce_on_plateau(0.1, patience=1))},
        {"optimizer": lb.ProximalGradient(0.01, accelerated=True), "penalty": lb.L1(0.1)},
        {"rng": np.random.Generator(np.random.MT19937(5))},
        {"rng": np.random.Generator(np.random.Philox(5))},
        {"patience": 2},
    ],
    ids=lambda changes: ", ".join(changes) or "all",
)
def test_a_resumed_run_equals_an_uninterrupted_one(tmp_path, changes):
    kind = type(changes["rng"].bit_generator) if "rng" in changes else np.random.PCG64

    def fresh():
        return changes | {"rng": np.random.Generator(kind(5))}

    file = tmp_path / "run.npz"
    whole = train(9, **fresh())
    train(4, file, **fresh())
    resumed = train(9, file, **fresh())
    assert same(resumed, whole)
    np.testing.assert_array_equal(resumed.w, whole.w)


def test_a_finished_run_is_not_run_again(tmp_path):
    file = tmp_path / "run.npz"
    first = train(4, file)
    before = file.stat().st_mtime_ns
    assert same(train(4, file), first)
    assert file.stat().st_mtime_ns == before


@pytest.mark.parametrize(
    ("changes", "name"),
    [
        ({"model": lb.LinearModel(3)}, "model"),
        ({"optimizer": lb.Adam(0.2)}, "optimizer"),
        ({"penalty": None}, "penalty"),
        ({"batch_size": 8}, "batch_size"),
        ({"data": (X, Y + 1)}, "y"),
        ({"data": (2 * X, Y)}, "X"),
        ({"validation": (X[:9], Y[:9])}, "validation X"),
        ({"rng": np.random.Generator(np.random.Philox(3))}, "rng"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_another_training_is_refused_and_the_file_kept(tmp_path, changes, name):
    file = tmp_path / "run.npz"
    train(2, file)
    content = file.read_bytes()
    with pytest.raises(ValueError, match=f"of another training: there {name} was .*, here it is"):
        train(4, file, **changes)
    assert file.read_bytes() == content


@pytest.mark.parametrize("content", [b"", b"no archive at all", b"PK\x03\x04 cut short"])
def test_a_file_that_is_no_checkpoint_is_refused_and_kept(tmp_path, content):
    file = tmp_path / "run.npz"
    file.write_bytes(content)
    with pytest.raises(ValueError, match="is not a checkpoint of lossbook"):
        train(2, file)
    assert file.read_bytes() == content


def test_an_archive_of_something_else_is_refused(tmp_path):
    file = tmp_path / "run.npz"
    np.savez(file, w=np.ones(3))
    with pytest.raises(ValueError, match="is not a checkpoint of lossbook"):
        train(2, file)


def test_nothing_in_a_checkpoint_is_code(tmp_path):
    file = tmp_path / "run.npz"
    np.savez(file, facts=np.array([lb.mse], dtype=object))
    with pytest.raises(ValueError, match="is not a checkpoint"):
        train(2, file)


def test_another_version_is_named(tmp_path, monkeypatch):
    file = tmp_path / "run.npz"
    monkeypatch.setattr(checkpoints, "FORMAT", 99)
    train(2, file)
    monkeypatch.undo()
    with pytest.raises(ValueError, match="has format 99, and this lossbook reads 1"):
        train(4, file)


def test_a_failing_disk_keeps_the_last_checkpoint(tmp_path, monkeypatch):
    file = tmp_path / "run.npz"
    train(2, file)
    content = file.read_bytes()

    def full(handle):
        raise OSError("no space left on device")

    monkeypatch.setattr(checkpoints.os, "fsync", full)
    with pytest.raises(OSError, match="no space"):
        train(4, file)
    assert file.read_bytes() == content
    assert os.listdir(tmp_path) == ["run.npz"]


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs a signal that cannot be caught")
def test_a_run_killed_while_it_writes_goes_on(tmp_path):
    """Kill the third save in mid-write, as a power cut would; take up the run again."""
    file = tmp_path / "run.npz"
    program = f"""
        import os, signal, sys
        sys.path.insert(0, {os.path.dirname(__file__)!r})
        from lossbook import checkpoints
        from test_checkpoints import train
        saves = []
        def kill_the_third(handle, sync=os.fsync):
            saves.append(handle)
            if len(saves) == 3:
                os.ftruncate(handle, 100)
                os.kill(os.getpid(), signal.SIGKILL)
        checkpoints.os.fsync = kill_the_third
        train(9, {str(file)!r})
    """
    done = subprocess.run([sys.executable, "-c", textwrap.dedent(program)], cwd=os.getcwd())
    assert done.returncode == -signal.SIGKILL
    resumed = train(9, file)
    assert same(resumed, train(9))
