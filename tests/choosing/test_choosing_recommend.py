"""`recommend` on data whose answer is known, and with what is wanted and what it costs."""

import re

import numpy as np
import pytest
from advice import losses, rng, says
from scipy.stats import nbinom

import lossbook as lb
from lossbook.choosing.measures import far


def doctor_visits():
    from statsmodels.datasets import randhie

    return randhie.load_pandas().data["mdvis"].to_numpy(float)


def median_fit(data):
    return lb.LossRegressor(lb.AbsoluteError()).fit(data.X, data.y).predict(data.X)


def test_engel_spends_more_variably_the_richer_it_is():
    data = lb.data.engel()
    advice = lb.recommend(data.y, median_fit(data))
    assert advice.kind == "real"
    assert losses(advice)[:2] == ["Quantile", "GaussianNLL"]
    assert says(advice.seen, "Residuals grow with the prediction")


def test_the_plant_has_days_that_disagree_and_nobody_knows_whether_they_are_wrong():
    data = lb.data.stackloss()
    advice = lb.recommend(data.y, median_fit(data))
    assert losses(advice) == ["Huber", "AbsoluteError", "SquaredError"]
    assert advice.proposals[0].loss.delta == pytest.approx(2.35, abs=0.1)
    assert says(advice.cannot_know, "an error or the truth")


def test_diabetes_has_ordinary_residuals():
    data = lb.data.diabetes()
    advice = lb.recommend(data.y, median_fit(data), kind="real")
    assert "GemanMcClure" not in losses(advice)
    assert says(advice.seen, "0 lie over 3 robust spreads below the median and 0 above")
    assert not says(advice.cannot_know, "an error or the truth")
    assert says(lb.recommend(data.y).cannot_know, "kind='count'")


def test_doctor_visits_are_counts_that_scatter():
    advice = lb.recommend(doctor_visits())
    assert advice.kind == "count"
    assert losses(advice) == ["Poisson", "NegativeBinomial"]
    assert advice.proposals[1].loss.dispersion == pytest.approx(2.13, abs=0.01)
    assert says(advice.seen, "31 % are 0; a Poisson law with this mean has 5.7 %")
    size = 1 / 2.13  # the law's share of zeros, worked out by SciPy
    zeros = nbinom(size, size / (size + doctor_visits().mean())).pmf(0)
    assert f"by its law {zeros:.0%} are 0".replace("%", " %") in advice.proposals[1].reason


def test_breast_cancer_is_two_classes_and_costs_make_the_threshold():
    y = lb.data.breast_cancer().y
    plain, priced = lb.recommend(y), lb.recommend(y, costs={"miss": 20, "alarm": 1})
    assert plain.kind == "two"
    assert losses(plain) == ["SigmoidCrossEntropy", "Hinge"]
    assert says(plain.cannot_know, "say costs")
    assert "above 0.0476" in priced.proposals[0].reason
    assert not says(priced.cannot_know, "say costs")


def test_digits_may_be_classes_grades_or_counts_and_it_says_so():
    y = lb.data.digits().y
    advice = lb.recommend(y)
    assert losses(advice) == ["SoftmaxCrossEntropy", "OrdinalLogistic"]
    assert says(advice.cannot_know, "kind='ordered'")
    assert says(advice.cannot_know, "kind='count'")
    assert losses(lb.recommend(y, kind="ordered"))[0] == "OrdinalLogistic"
    assert losses(lb.recommend(y, kind="count"))[0] == "Poisson"


def test_card_payments_are_rare_frauds_and_need_no_other_loss():
    payments = lb.data.card_payments(rng())
    advice = lb.recommend(payments.y, payments.p)
    assert losses(advice) == ["SigmoidCrossEntropy", "Hinge"]
    assert "another threshold" in advice.proposals[0].reason
    assert says(advice.seen, "1.1 % of them 1")


def test_cauchy_noise_is_heavy_and_normal_noise_is_not():
    zero = np.zeros(500)
    assert losses(lb.recommend(rng().standard_cauchy(500), zero))[0] == "Huber"
    assert losses(lb.recommend(rng().normal(size=500), zero))[0] == "SquaredError"
    assert losses(lb.recommend(rng().uniform(-1, 1, 500), zero))[0] == "SquaredError"


def test_normal_noise_is_seldom_taken_for_heavy():
    found = [losses(lb.recommend(rng(i).normal(size=60), np.zeros(60)))[0] for i in range(200)]
    assert found.count("Huber") + found.count("AbsoluteError") <= 20


@pytest.mark.parametrize("n", [20, 21, 60, 500, 2000])
def test_what_is_said_of_normal_samples_is_true(n):
    seen = lb.recommend(rng().normal(size=n), np.zeros(n)).seen[2]
    limit = int(re.search(r"this large, fewer than one in ten has (\d+) or more", seen)[1])
    drawn = rng(1).normal(size=(1000, n))
    assert np.mean([sum(far(x)[:2]) >= limit for x in drawn]) < 0.1


def test_skewed_heavy_noise_asks_for_the_median_first():
    y = rng().exponential(size=1000) - 1
    assert losses(lb.recommend(y, np.zeros(1000)))[0] == "AbsoluteError"


def test_counts_by_poisson_and_counts_that_scatter_more():
    mean = np.exp(rng().uniform(0, 2, 2000))
    poisson = rng(1).poisson(mean)
    assert losses(lb.recommend(poisson, mean)) == ["Poisson"]
    # The marginal distribution alone mixes the spread of the means with that of the counts.
    assert losses(lb.recommend(poisson)) == ["Poisson", "NegativeBinomial"]
    wide = rng(2).negative_binomial(2, 2 / (2 + mean))  # of dispersion one half
    advice = lb.recommend(wide, mean)
    assert losses(advice) == ["NegativeBinomial", "Poisson"]
    assert advice.proposals[0].loss.dispersion == pytest.approx(0.5, abs=0.1)
    assert losses(lb.recommend(wide, mean, wants="mean"))[0] == "Poisson"


def test_amounts_that_spread_with_their_size():
    mean = np.exp(rng().uniform(0, 3, 1000))
    y = mean * rng(1).gamma(4, 1 / 4, 1000)
    assert lb.recommend(y).kind == "amount"
    assert losses(lb.recommend(y, mean))[0] == "Gamma"


def test_amounts_that_are_often_zero():
    y = np.where(rng().random(500) < 0.5, 0, rng(1).gamma(2, 1, 500))
    advice = lb.recommend(y)
    assert losses(advice)[0] == "Tweedie"
    assert "Gamma" not in losses(advice)
    assert says(advice.seen, "are exactly 0")


def test_labels_that_contradict_sure_forecasts():
    p = np.repeat([0.001, 0.999], 500)
    y = (rng().random(1000) < 0.5 + 0.4 * np.sign(p - 0.5)).astype(int)
    assert losses(lb.recommend(y, p))[-1] == "SigmoidLoss"
    assert "SigmoidLoss" not in losses(lb.recommend((p > 0.5).astype(int), p))


@pytest.mark.parametrize(
    ("y", "kind", "first"),
    [
        (["cat", "dog", "cat", "cow"] * 9, "classes", "SoftmaxCrossEntropy"),
        ([True, False] * 9, "two", "SigmoidCrossEntropy"),
        ([-1, 1] * 9, "two", "SigmoidCrossEntropy"),
        (["no", "yes"] * 9, "two", "SigmoidCrossEntropy"),
        (np.eye(3)[[0, 1, 2] * 9], "classes", "SoftmaxCrossEntropy"),
        (np.eye(2)[[0, 1] * 9], "two", "SigmoidCrossEntropy"),
        ([[0.2, 0.8], [0.5, 0.5]], "distribution", "SoftmaxCrossEntropy"),
        ([[1, 1, 0], [0, 0, 0]] * 9, "labels", "SigmoidCrossEntropy"),
        ([[1.5, -200.0], [2.5, 90.0]], "numbers", "SquaredError"),
        ([[1.5], [-2.5], [0.5]], "real", "SquaredError"),
        ([1, 2, 3, 4, 5] * 30, "classes", "SoftmaxCrossEntropy"),
        ([-3, -1, 2, 5] * 9, "real", "SquaredError"),
    ],
)
def test_what_a_target_is_read_as(y, kind, first):
    advice = lb.recommend(y)
    assert advice.kind == kind
    assert losses(advice)[0] == first


def test_numbers_from_0_to_1_may_be_shares():
    y = rng().random(100)
    assert says(lb.recommend(y).cannot_know, "kind='share'")
    assert losses(lb.recommend(y, kind="share"))[0] == "SigmoidCrossEntropy"
    assert not says(lb.recommend(2 * y).cannot_know, "kind='share'")
    assert lb.recommend([0, 0.5, 1, 0.25] * 9).kind == "share"


def test_whole_numbers_may_be_per_cent_or_stars():
    percent = rng().integers(0, 101, 300)
    assert says(lb.recommend(percent).cannot_know, "per cent: then divide them by 100")
    assert not says(lb.recommend(rng().poisson(3, 300)).cannot_know, "per cent")
    assert not says(lb.recommend(5 * percent + 7).cannot_know, "per cent")
    stars = rng().choice(5, 200, p=[0.1, 0.05, 0.1, 0.25, 0.5]) + 1
    assert says(lb.recommend(stars).cannot_know, "kind='ordered'")


def test_two_values_may_be_measured():
    y = np.r_[np.zeros(99), 123.45]
    assert says(lb.recommend(y).cannot_know, "measured: then say kind='amount'")
    assert lb.recommend(y, kind="amount").kind == "amount"
    assert says(lb.recommend(-y).cannot_know, "measured: then say kind='real'")


@pytest.mark.parametrize("pair", [("a", "b"), (-1, 1), (0, 1), (1, 2), (False, True), (0.0, 1.0)])
def test_each_loss_of_two_classes_comes_with_its_coding(pair):
    y = [*pair, pair[1]] * 9
    for one in lb.recommend(y).proposals:
        code = one.reason.partition("labels of ")[2].partition(": ")[2].rstrip(".")
        coded = eval(code, {"np": np, "y": y}) if code else y
        worth = one.loss(coded, np.where(np.equal(y, y[1]), 5.0, -5.0))
        assert worth < 0.01, "the second class is the one that is found"


@pytest.mark.parametrize("y", [["a", "b", "c"] * 9, [1, 2, 3] * 9, [0, 1, 2] * 9])
def test_each_loss_of_several_classes_comes_with_its_coding(y):
    for one in lb.recommend(y).proposals:
        code = "np.unique(y, return_inverse=True)[1]"
        assert (code in one.reason) == (y[0] != 0)
        coded = eval(code, {"np": np, "y": y}) if code in one.reason else y
        columns = 3 if isinstance(one.loss, lb.SoftmaxCrossEntropy) else 2
        assert one.loss(coded, np.zeros((27, columns)) + np.arange(columns)) < 2


def test_text_that_reads_as_numbers_is_pointed_out():
    assert says(lb.recommend(["3", "10", "7"] * 9).cannot_know, "give it as numbers")
    assert says(lb.recommend(["12 %", "4 %", "7 %"] * 9).cannot_know, "give it as numbers")
    assert says(lb.recommend(["€1,200", "€3", "€7.5"] * 9).cannot_know, "give it as numbers")
    assert not says(lb.recommend(["a", "b", "c"] * 9).cannot_know, "give it as numbers")


def test_text_that_is_missing_or_spelled_twice_or_a_name_is_pointed_out():
    plain = lb.recommend(["yes", "no"] * 9).cannot_know
    assert not says(plain, "missing")
    assert not says(plain, "alike")
    assert not says(plain, "come once")
    assert says(lb.recommend(["a", "b", ""] * 9).cannot_know, "'' is a class or stands for")
    assert says(lb.recommend(["a", "b", "nan"] * 9).cannot_know, "'nan' is a class or stands for")
    assert says(lb.recommend(["Yes", "yes ", "no"] * 9).cannot_know, "'Yes' and 'yes ' are one")
    assert says(lb.recommend([f"id{i}" for i in range(20)]).cannot_know, "come once")


# --- what is wanted, and what it costs ------------------------------------------------------


@pytest.mark.parametrize(
    ("wants", "first"),
    [
        ("mean", "SquaredError"),
        ("median", "AbsoluteError"),
        ("bulk", "Huber"),
        ("spread", "GaussianNLL"),
        (0.9, "Quantile"),
    ],
)
def test_what_is_wanted_comes_first(wants, first):
    advice = lb.recommend(rng().normal(size=100), wants=wants)
    assert losses(advice)[0] == first
    assert not says(advice.cannot_know, "Which number is wanted")


def test_costs_of_a_unit_make_a_quantile():
    advice = lb.recommend(rng().normal(size=100), costs={"too_low": 3, "too_high": 1})
    assert advice.proposals[0].loss == lb.Quantile(0.75)


def test_of_two_classes_the_class_alone_may_be_wanted():
    assert losses(lb.recommend([0, 1] * 30, wants="class"))[0] == "Hinge"
