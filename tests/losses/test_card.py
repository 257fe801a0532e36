"""A card says what is known, and says so where nothing is stated."""

import math

import lossbook as lb


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
