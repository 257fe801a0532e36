"""A card says what is known, and says so where nothing is stated."""

import copy
import math
import pickle
from pathlib import Path

import pytest
from catalogue import LOSSES

import lossbook as lb

ROOT = Path(__file__).parents[2]
WRITTEN = [
    path
    for folder in ("lossbook/losses", "tests/losses/catalogue")
    for path in sorted((ROOT / folder).glob("*.py"))
]


class SaysNoBound(lb.Huber):
    def _facts(self):
        return {**super()._facts(), "smoothness": math.inf}


def row(loss, name):
    return dict(loss.card().rows())[name]


def test_a_bound_that_is_not_derived_is_not_stated():
    card = lb.MMD().card()
    assert card.lipschitz is None
    assert row(lb.MMD(), "steepest slope") == "not stated"
    assert math.isnan(card.facts()["lipschitz"])
    assert math.isnan(card.facts()["smoothness"])


def test_a_bound_that_does_not_exist_is_unbounded():
    assert row(lb.SquaredError(), "steepest slope") == "unbounded"
    assert row(lb.AbsoluteError(), "strongest curvature") == "unbounded"
    assert lb.Exponential().card().smoothness == math.inf


def test_curvature_that_is_falsely_called_unbounded_is_found():
    failures = {finding.name: finding.detail for finding in lb.check_loss(SaysNoBound()).failures}
    assert list(failures) == ["smoothness"]
    assert "so a bound could be claimed" in failures["smoothness"]


def test_a_slope_by_one_entry_is_called_so():
    assert row(lb.Wasserstein1D(), "steepest slope") == "1, by one entry of the row"
    assert row(lb.SoftmaxCrossEntropy(), "steepest slope") == "1.414"
    assert lb.cards().loc["Wasserstein1D", "slope_norm"] == math.inf


def test_a_slope_that_depends_on_the_number_of_columns_is_given_for_two_numbers():
    loss = lb.MulticlassSphericalScore()
    bounds = [loss.card().lipschitz(columns) for columns in (2, 10)]
    assert row(loss, "steepest slope") == "{:.4g} with K = 2, {:.4g} with K = 10".format(*bounds)
    assert lb.cards().loc["MulticlassSphericalScore", "lipschitz"] == bounds[0]


def test_kinks_are_none_where_there_are_none_and_unlisted_where_nobody_looked():
    assert lb.Huber().card().kinks == ()
    assert lb.TotalVariation().card().kinks is None


def test_truth_and_prediction_of_a_row_have_their_shape():
    card = lb.CTC().card()
    assert card.truth.endswith("; shape (n, L)")
    assert card.prediction.endswith("; shape (n, T, K)")
    assert lb.GaussianNLL().card().truth == "any real number"
    assert lb.OrdinalLogistic().card().prediction.endswith("; shape (n, K−1)")
    assert lb.SoftmaxCrossEntropy().card().truth.endswith("or a row of K probabilities")


def test_what_is_left_out_is_not_stated_in_the_table_either():
    facts = lb.losses.Card(name="a", formula="r", truth="y", prediction="p", range=None).facts()
    assert facts["range"] == facts["choose"] == facts["estimates"] == "not stated"
    assert facts["kinks"] == "not listed"
    assert facts["proper"] == facts["calibrated"] == facts["aliases"] == ""


@pytest.mark.parametrize("loss", LOSSES, ids=repr)
def test_a_card_is_a_value(loss):
    card = loss.card()
    for other in (loss.card(), pickle.loads(pickle.dumps(card)), copy.deepcopy(card)):
        assert other == card
        assert hash(other) == hash(card)
        assert repr(other) == repr(card)
        assert (other.estimate is None) == (card.estimate is None)


def test_cards_of_unlike_losses_differ():
    assert lb.Huber(1.0).card() != lb.Huber(2.0).card()
    assert lb.Huber(1.0).card() != lb.SmoothL1(1.0).card()


def test_the_table_of_cards_holds_numbers_and_words():
    table = lb.cards()
    for name in table.columns:
        assert {type(value) for value in table[name]} <= {str, float, bool}, name
    assert table.loc["Hinge", ["kinks", "range", "calibrated", "proper"]].tolist() == [
        "1", "0 to ∞", "yes", "",
    ]  # fmt: skip
    assert table.loc["Huber", "kinks"] == "none"
    assert "pinball loss" in table.loc["Quantile", "aliases"]
    assert set(table["proper"]) == set(table["calibrated"]) == {"yes", "no", ""}


def test_the_table_of_cards_shows_on_a_narrow_screen_what_one_filters_by():
    import pandas as pd

    with pd.option_context("display.width", 80):
        lines = repr(lb.cards()).splitlines()
    assert max(map(len, lines)) <= 80
    assert lines[0].split() == ["family", "convex", "...", "calibrated", "proper"]


@pytest.mark.parametrize("path", WRITTEN, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_nothing_is_left_to_do(path):
    lines = enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
    left = [f"{path.name}, line {at}: {line.strip()}" for at, line in lines if "TODO" in line]
    assert not left, "\n".join(["Replace what the stand-in left to you:", *left])
