"""Data: real sets come from installed packages without network, synthetic ones from a seed."""

import socket
import subprocess
import sys

import numpy as np
import pytest

from lossbook import data
from lossbook.data import Dataset, standardise

REAL = {
    data.diabetes: (442, 10),
    data.stackloss: (21, 3),
    data.digits: (1797, 64),
    data.breast_cancer: (569, 30),
    data.engel: (235, 1),
}
each_real = pytest.mark.parametrize("load", REAL, ids=lambda load: load.__name__)
SYNTHETIC = [data.noisy_line, data.line_with_outliers, data.blobs, data.card_payments]
each_synthetic = pytest.mark.parametrize("draw", SYNTHETIC, ids=lambda draw: draw.__name__)


@pytest.fixture
def no_network(monkeypatch):
    def refuse(*args, **kwargs):
        raise AssertionError("the network was asked")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


@each_real
def test_real_data_come_whole_and_without_network(load, no_network):
    found = load()
    assert found.X.shape == REAL[load]
    assert found.y.shape == (len(found.X),)
    assert found.X.dtype == np.float64
    assert np.isfinite(found.X).all()
    assert np.isfinite(found.y).all()


@each_real
def test_real_data_say_what_they_are(load):
    found = load()
    assert len(found.feature_names) == found.X.shape[1]
    assert len(set(found.feature_names)) == found.X.shape[1]
    assert all(type(name) is str for name in (*found.feature_names, *found.classes))
    assert set(found.units) <= {*found.feature_names, found.target_name}
    assert any(year in found.source for year in ("1857", "1965", "1995", "1998", "2004"))
    assert len(found.description) > 40
    assert found.target_name in repr(found)


@pytest.mark.parametrize("load", [data.digits, data.breast_cancer])
def test_classes_are_numbered_by_their_names(load):
    found = load()
    assert sorted(set(found.y)) == list(range(len(found.classes)))


def test_known_facts_of_the_real_data():
    assert data.breast_cancer().y.sum() == 357  # benign
    assert data.digits().X.max() == 16
    assert data.diabetes().X[:, 0].max() == 79  # years, not standardised
    assert data.stackloss().y[:4].tolist() == [42, 37, 37, 28]


@pytest.mark.parametrize(
    ("load", "package", "pip"),
    [(data.digits, "sklearn", "scikit-learn"), (data.engel, "statsmodels", "statsmodels")],
)
def test_a_missing_package_is_named(monkeypatch, load, package, pip):
    monkeypatch.setitem(sys.modules, package, None)
    monkeypatch.setitem(sys.modules, f"{package}.datasets", None)
    with pytest.raises(ImportError, match=f"pip install {pip}"):
        load()


def test_docstrings_are_read_in_a_fixed_order_without_importing(no_network):
    corpus = data.docstrings()
    assert corpus.records == data.docstrings("matplotlib", "numpy", "sympy").records
    places = [(d.library, d.module) for d in corpus]
    assert places == sorted(places)
    assert len({d[:3] for d in corpus}) == len(corpus)
    assert {d.library for d in corpus} == set(corpus.versions) == {"matplotlib", "numpy", "sympy"}
    assert all(d.text.strip() and d.module.startswith(d.library) for d in corpus)
    assert not any(part in d.module for d in corpus for part in (".tests", "benchmark"))
    assert corpus[0] == next(iter(corpus))
    assert f"numpy {np.__version__}" in repr(corpus)
    program = "import lossbook as lb, sys; lb.data.docstrings(); print('sympy' in sys.modules)"
    out = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert out.stdout.strip() == "False", out.stderr


def test_docstrings_are_those_that_python_shows():
    import inspect

    from numpy.lib import _histograms_impl as module

    found = {d.name: d.text for d in data.docstrings("numpy") if d.module == module.__name__}
    for name in ("histogram", "histogramdd"):
        assert found[name] == inspect.getdoc(getattr(module, name))
    assert found[""] == inspect.getdoc(module)


def test_docstrings_of_a_class_and_of_its_methods_but_of_no_function_inside():
    from lossbook.data.docstrings import _of_source

    source = '''
class A:
    "a class"
    def f(self):
        """a method,
            indented

        twice \\d"""
        def g():
            "nobody's"
async def h():
    "later"
def silent(): ...
'''
    found = dict(_of_source(source))
    assert found == {"A": "a class", "A.f": "a method,\n    indented\n\ntwice \\d", "h": "later"}


def test_docstrings_refuse_what_is_unknown_or_missing(monkeypatch):
    with pytest.raises(ValueError, match="'pandas' is not known: choose from matplotlib, numpy"):
        data.docstrings("numpy", "pandas")
    monkeypatch.setitem(sys.modules, "sympy", None)
    with pytest.raises(ImportError, match="pip install sympy"):
        data.docstrings("sympy")


@each_synthetic
def test_a_seed_decides_everything(draw):
    one, same, other = (draw(np.random.default_rng(seed)) for seed in (1, 1, 2))
    np.testing.assert_array_equal(one.X, same.X)
    np.testing.assert_array_equal(one.y, same.y)
    assert not np.array_equal(one.X, other.X)


@each_synthetic
@pytest.mark.parametrize("seed", [0, None])
def test_a_seed_in_place_of_a_generator_is_refused(draw, seed):
    with pytest.raises(TypeError, match=r"use np.random.default_rng\("):
        draw(seed)


def test_noisy_line_has_the_stated_truth():
    line = data.noisy_line(np.random.default_rng(0), n=10_000, slope=-1.0, intercept=4.0, noise=0.5)
    slope, intercept = np.polyfit(line.X[:, 0], line.y, 1)
    assert slope == pytest.approx(-1, abs=0.02)
    assert intercept == pytest.approx(4, abs=0.02)
    assert np.std(line.y - slope * line.X[:, 0] - intercept) == pytest.approx(0.5, abs=0.02)


def test_outliers_are_the_last_samples_and_nothing_else_changes():
    kwargs = {"n": 50, "slope": 1.0, "intercept": 0.0, "noise": 0.1}
    clean = data.noisy_line(np.random.default_rng(0), **kwargs)
    dirty = data.line_with_outliers(np.random.default_rng(0), **kwargs, fraction=0.1, shift=9)
    np.testing.assert_array_equal(dirty.X, clean.X)
    np.testing.assert_allclose(dirty.y - clean.y, [0] * 45 + [9] * 5, atol=1e-12)
    with pytest.raises(ValueError, match=r"fraction must be in \[0, 1\]"):
        data.line_with_outliers(np.random.default_rng(0), fraction=1.5)


def test_blobs_have_their_centres_on_a_circle():
    clouds = data.blobs(np.random.default_rng(0), n=4000, n_classes=4, radius=5.0, spread=0.3)
    assert np.bincount(clouds.y).tolist() == [1000] * 4
    centres = np.array([clouds.X[clouds.y == k].mean(axis=0) for k in range(4)])
    np.testing.assert_allclose(centres, [[5, 0], [0, 5], [-5, 0], [0, -5]], atol=0.05)
    with pytest.raises(ValueError, match=r"n must be a positive integer, got 2\.5"):
        data.noisy_line(np.random.default_rng(0), n=2.5)
    with pytest.raises(ValueError, match="n_classes must be from 2 to n, 3, got 5"):
        data.blobs(np.random.default_rng(0), n=3, n_classes=5)


def test_frauds_come_with_the_probabilities_that_are_stated():
    payments = data.card_payments(np.random.default_rng(0), n=200_000)
    assert 0.008 < payments.p.mean() < 0.012
    for part in np.array_split(np.argsort(payments.p), 10):  # calibrated, in every tenth
        expected, spread = payments.p[part].sum(), np.sqrt(payments.p[part].sum())
        assert abs(payments.y[part].sum() - expected) < 4 * spread
    fraud = payments.y == 1
    assert payments.amount[fraud].mean() > 2 * payments.amount[~fraud].mean()
    assert set(payments.X[:, 3]) == set(payments.X[:, 4]) == {0.0, 1.0}
    np.testing.assert_array_equal(payments.day, np.sort(payments.day))


def test_the_odds_of_a_fraud_are_the_sum_of_three_kinds():
    payments = data.card_payments(np.random.default_rng(0), n=1000, drift=5.0)
    amount, hour, distance, new, at_home, recent = payments.X.T
    night = np.cos(2 * np.pi * (hour - 3) / 24)
    stolen = np.exp(-7.1 + 1.3 * night) * (amount / 30) ** 0.9 * (distance / 6) ** 0.6
    tested = np.exp(-8.5 + 1.3 * recent + 1.8 * new) * (amount / 30) ** -0.9
    copied = np.exp(-6.7 + 3 * (at_home == 0) + 2 * new) * amount / 30
    odds = (stolen + tested + copied) * 5 ** (payments.day / 90 - 0.5)
    np.testing.assert_allclose(payments.p, odds / (1 + odds), rtol=1e-12)


def test_drift_multiplies_the_odds_and_touches_nothing_else():
    still, drifting = (
        data.card_payments(np.random.default_rng(0), n=1000, drift=c) for c in (1.0, 4.0)
    )
    np.testing.assert_array_equal(still.X, drifting.X)
    odds = [payments.p / (1 - payments.p) for payments in (still, drifting)]
    np.testing.assert_allclose(odds[1] / odds[0], 4 ** (still.day / 90 - 0.5))
    for drift in (0, -1.0, np.inf, np.nan, True, "2"):
        with pytest.raises(ValueError, match="drift must be positive and finite"):
            data.card_payments(np.random.default_rng(0), drift=drift)
    with pytest.raises(ValueError, match="n must be a positive integer, got 0"):
        data.card_payments(np.random.default_rng(0), n=0)


def test_parts_of_the_payments_keep_amount_day_and_truth():
    payments = data.card_payments(np.random.default_rng(0), n=100)
    some = payments.rows([3, 50])
    assert some.p.tolist() == payments.p[[3, 50]].tolist()
    assert some.day.tolist() == payments.day[[3, 50]].tolist()
    train, test = payments.split(0.3, np.random.default_rng(1))
    assert (len(train.p), len(test.day)) == (70, 30)
    np.testing.assert_array_equal(train.amount, train.X[:, 0])
    np.testing.assert_array_equal(standardise(train, test)[1].amount, test.amount)
    with pytest.raises(ValueError, match="read-only"):
        payments.p[0] = 1


def test_split_gives_every_sample_to_one_side():
    whole = data.noisy_line(np.random.default_rng(0), n=101)
    train, test = whole.split(0.25, np.random.default_rng(1))
    assert (len(train), len(test)) == (76, 25)
    both = np.concatenate([train.y, test.y])
    assert not np.array_equal(both, whole.y)
    np.testing.assert_array_equal(np.sort(both), np.sort(whole.y))
    for part in (train, test):  # rows stay together
        positions = [int(np.flatnonzero(whole.y == v)[0]) for v in part.y]
        np.testing.assert_array_equal(part.X, whole.X[positions])


def test_split_leaves_no_side_empty_and_refuses_nonsense():
    few = data.noisy_line(np.random.default_rng(0), n=3)
    assert [len(p) for p in few.split(0.01, np.random.default_rng(0))] == [2, 1]
    assert [len(p) for p in few.split(0.99, np.random.default_rng(0))] == [1, 2]
    for fraction in (0, 1, -0.1, 30):
        with pytest.raises(ValueError, match=r"fraction must be in \(0, 1\)"):
            few.split(fraction, np.random.default_rng(0))
    with pytest.raises(TypeError, match="numpy Generator"):
        few.split(0.5, 0)


def test_standardise_uses_the_training_part_alone():
    rng = np.random.default_rng(0)
    train, test = data.diabetes().split(0.3, rng)
    scaled, other = standardise(train, test)
    np.testing.assert_allclose(scaled.X.mean(axis=0), 0, atol=1e-12)
    np.testing.assert_allclose(scaled.X.std(axis=0), 1)
    mean, deviation = train.X.mean(axis=0), train.X.std(axis=0)
    np.testing.assert_allclose(other.X, (test.X - mean) / deviation)
    np.testing.assert_array_equal(other.y, test.y)
    assert scaled.units == {}
    np.testing.assert_array_equal(standardise(train).X, scaled.X)


def test_standardise_survives_constant_columns_and_takes_arrays():
    X = np.column_stack([np.full(7, 0.1), np.arange(7)])
    scaled, other = standardise(X, X + 1)
    assert np.abs(scaled[:, 0]).max() < 1e-15
    assert other[0, 0] == pytest.approx(1)
    assert scaled[:, 1].std() == pytest.approx(1)
    with pytest.raises(ValueError, match=r"others\[0\] has shape \(7, 1\)"):
        standardise(X, X[:, :1])
    with pytest.raises(ValueError, match=r"X.reshape\(-1, 1\)"):
        standardise(X[:, 0])


def test_data_cannot_be_changed_by_accident():
    source = np.ones((2, 1))
    frozen = Dataset(source, np.zeros(2), ("x",), "y", "here", "ones")
    with pytest.raises(ValueError, match="read-only"):
        frozen.X[0] = 5
    with pytest.raises(AttributeError):
        frozen.y = 3
    source[0] = 5  # and neither through the array it was made of
    assert frozen.X[0, 0] == 1


def test_importing_the_package_imports_nothing_heavy():
    heavy = ["scipy", "sklearn", "statsmodels", "matplotlib", "pandas", "tqdm", "sympy"]
    modules = "data, divergence, history, models, objectives, optimizers, penalties, training"
    program = (
        f"import sys; from lossbook import {modules}; "
        f"print([m for m in {heavy} if m in sys.modules])"
    )
    out = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert out.stdout.strip() == "[]", out.stderr
