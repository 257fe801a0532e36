"""The table shows the records, and says clearly what it cannot find."""

import subprocess
import sys

import pytest

import lossbook as lb
from lossbook.conventions import LIBRARIES, RECORDS, conventions

COLUMNS = ["loss", "library", "call", "order", "scale", "reduction", "takes", "note"]


def test_one_row_for_every_record():
    table = conventions()
    assert list(table.columns) == COLUMNS
    assert len(table) == len(RECORDS)
    assert list(table.library.unique()) == [
        name for name in LIBRARIES if any(r.library == name for r in RECORDS)
    ]


def test_a_library_or_a_loss_alone():
    assert set(conventions("pytorch").library) == {"PyTorch"}
    for loss in ("Huber", lb.Huber, lb.Huber(3.0), "Huber(1.0)"):
        table = conventions(loss=loss)
        assert set(table.library) > {"PyTorch", "SciPy"}
        assert table.loss.str.startswith("Huber(").all()


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("torch", "PyTorch"),
        ("PYTORCH", "PyTorch"),
        ("sklearn", "scikit-learn"),
        ("Scikit Learn", "scikit-learn"),
        ("tf", "Keras"),
        ("tensorflow", "Keras"),
        ("scipy", "SciPy"),
    ],
)
def test_a_library_by_the_name_it_is_called(said, meant):
    assert set(conventions(said).library) == {meant}


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("huber", {"Huber"}),
        ("MSE", {"SquaredError"}),
        ("mae", {"AbsoluteError"}),
        ("Pinball loss", {"Quantile"}),
        ("cross-entropy", {"SoftmaxCrossEntropy"}),
        ("MarginRanking", {"PairwiseHinge"}),
        ("L2 loss", {"SquaredError", "HalfSquaredError"}),
    ],
)
def test_a_loss_by_another_of_its_names(said, meant):
    assert set(conventions(loss=said).loss.str.partition("(")[0]) == meant


def test_every_alias_of_a_loss_that_is_there_finds_it():
    there = {record.name for record in RECORDS}
    for loss in lb.all_losses():
        for alias in loss._facts().get("aliases", ()) if type(loss).__name__ in there else ():
            table = conventions(loss=alias.upper())
            assert type(loss).__name__ in set(table.loss.str.partition("(")[0]), alias


def test_the_package_has_it_too():
    assert lb.conventions is conventions


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ({"library": "Theano"}, "library is 'Theano', but must be one of scikit-learn, SciPy"),
        ({"library": "pytroch"}, "library is 'pytroch'.*JAX: did you mean PyTorch\\?"),
        ({"library": "skleran"}, "did you mean scikit-learn\\?"),
        ({"loss": "Hubert"}, "loss is 'Hubert', which none of these libraries has; they have Abs"),
        ({"loss": "hubert"}, "ZeroOne: did you mean Huber\\?"),
        ({"loss": "focl"}, "did you mean FocalLoss\\?"),
        ({"library": "SciPy", "loss": lb.Hinge}, "loss is 'Hinge', which none"),
    ],
)
def test_what_is_not_there_is_named(arguments, says):
    with pytest.raises(ValueError, match=says):
        conventions(**arguments)


def test_without_pandas_it_says_what_to_do(monkeypatch):
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(ImportError, match="pandas is not installed: install it, or read"):
        conventions()


def test_no_library_is_loaded_with_the_package():
    code = (
        "import sys, lossbook\n"
        "names = 'pandas scipy sklearn statsmodels torch keras tensorflow jax optax'.split()\n"
        "print([name for name in names if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
