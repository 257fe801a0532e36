"""`recommend` says what it cannot know, depends on nothing it must not, and refuses the rest."""

import numpy as np
import pytest
from advice import losses, rng, says

import lossbook as lb
from lossbook.choosing import GUIDE

REGRESSION_DATA = ("diabetes", "engel", "stackloss")


def test_without_residuals_it_says_that_y_is_not_the_noise():
    y = rng().normal(size=100)
    assert says(lb.recommend(y).cannot_know, "y also varies with the features")
    assert not says(lb.recommend(y, np.zeros(100)).cannot_know, "y also varies")


def test_predictions_that_are_none_are_pointed_out():
    y = rng().normal(50, 5, 200)
    p = y + rng(1).normal(size=200)
    assert says(lb.recommend(y, p).seen, "The median residual, y_pred less y, is 0.0")
    for wrong in (y - p, p + 100, -p):
        assert says(lb.recommend(y, wrong).seen, "look whether y_pred holds predictions")
    assert not says(lb.recommend(y, p).seen, "look whether")
    same = lb.recommend(y, y)
    assert says(same.seen, "y_pred is equal to y")
    assert same.proposals == lb.recommend(y).proposals
    assert same.cannot_know == lb.recommend(y).cannot_know


def test_years_stay_years_and_halves_are_halves():
    assert says(lb.recommend(rng().integers(1950, 2021, 400)).seen, "from 1950 to 2020")
    assert says(lb.recommend([True, False] * 30).seen, "half of them False and half True")


def test_few_samples_tell_nothing_of_tails():
    y = np.r_[rng().normal(size=10), 1e6]
    advice = lb.recommend(y, np.zeros(11))
    assert says(advice.seen, "too few to tell")
    assert losses(advice)[0] == "SquaredError"


@pytest.mark.parametrize("y", [np.full(30, 2.5), np.zeros(30), ["a"] * 9, [True] * 9, [7]])
def test_a_constant_gets_no_loss(y):
    advice = lb.recommend(y)
    assert advice.proposals == ()
    assert says(advice.seen, "nothing to predict")
    assert "nothing" in repr(advice)


def test_what_is_missing_is_counted_and_set_aside():
    y = rng().normal(size=50)
    holes = np.r_[y, np.nan, np.inf]
    advice = lb.recommend(holes)
    assert says(advice.seen, "2 of 52 rows hold NaN, None or infinity")
    assert says(advice.seen, "y[50] first")
    assert advice.proposals == lb.recommend(y).proposals
    assert lb.recommend(["a", None, "b", float("nan")] * 9).kind == "two"


@pytest.mark.parametrize("name", REGRESSION_DATA)
def test_every_proposal_has_its_chapter_and_a_snippet_that_runs(name):
    data = getattr(lb.data, name)()
    for one in lb.recommend(data.y, wants="mean").proposals:
        assert one.chapter.startswith(GUIDE[one.proposal].chapter)
        exec(one.snippet, {"X": data.X, "y": data.y})
        assert repr(one.loss) in one.snippet


@pytest.mark.parametrize(
    "y", [lb.data.breast_cancer().y, lb.data.digits().y[:300], [0, 1, 2, 0, 5, 9] * 20]
)
def test_snippets_run_on_classes_and_counts(y):
    X = rng().normal(size=(len(y), 2))
    for one in lb.recommend(y).proposals:
        exec(one.snippet, {"X": X, "y": y})


def test_the_page_shows_what_the_text_says():
    advice = lb.recommend(["<b>", "c"] * 9)
    html = advice._repr_html_()
    assert "<b>" not in html
    assert html.count("<li>") == sum(map(len, (advice.seen, advice.proposals, advice.cannot_know)))


# --- what it must not depend on -------------------------------------------------------------


def samples():
    """Yield targets of every kind, with predictions where they are looked at."""
    for seed in range(5):
        r = rng(seed)
        n = int(r.integers(5, 300))
        yield r.normal(3, 2, n), r.normal(3, 1, n)
        yield r.standard_t(2, n), None
        yield r.gamma(1, 5, n), r.gamma(9, 1, n)
        yield r.poisson(3, n), r.gamma(9, 1, n)
        yield r.integers(0, 2, n), r.random(n)
        yield r.integers(0, 4, n), None
        yield r.choice(["a", "b", "c"], n), None
        yield r.dirichlet(np.ones(3), n), None
        yield r.normal(size=(n, 2)), None


@pytest.mark.parametrize("i", range(45))
def test_the_order_of_the_rows_does_not_matter(i):
    y, y_pred = list(samples())[i]
    order = rng(i).permutation(len(y))
    assert lb.recommend(y, y_pred) == lb.recommend(
        y[order], None if y_pred is None else y_pred[order]
    )


@pytest.mark.parametrize("factor", [1e-6, 0.3048, 1000.0, 1e9])
@pytest.mark.parametrize("seed", range(5))
def test_the_unit_does_not_matter(factor, seed):
    y = rng(seed).standard_t(3, 80)
    y_pred = y + rng(seed + 50).standard_t(2, 80)
    for p in (None, y_pred):
        one = lb.recommend(y, p)
        other = lb.recommend(factor * y, None if p is None else factor * p)
        assert losses(one) == losses(other)
        assert one.cannot_know == other.cannot_know
        deltas = [
            [x.loss.delta for x in a.proposals if isinstance(x.loss, lb.Huber)]
            for a in (one, other)
        ]
        assert np.allclose(factor * np.array(deltas[0]), deltas[1], rtol=0.01, atol=0)


@pytest.mark.parametrize("factor", [10.0, 1e4])
def test_the_unit_of_an_amount_does_not_matter(factor):
    y = rng().gamma(1, 5, 200)
    assert losses(lb.recommend(y)) == losses(lb.recommend(factor * y))


def test_y_is_left_as_it_is():
    y = rng().normal(size=30)
    kept = y.copy()
    lb.recommend(y, y)
    assert (y == kept).all()


# --- bad input ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"y": [np.nan] * 4}, r"y\[0\] is nan, and none of its 4 rows is free of NaN"),
        ({"y": []}, r"y is empty, of shape \(0,\)"),
        ({"y": 3.0}, r"y is 3.0: give one target for each sample"),
        ({"y": None}, "y is None: give one target"),
        ({"y": "hello"}, "y is the text 'hello'"),
        ({"y": {1, 2}}, "y is a set, which has no order"),
        ({"y": {"a": 1}}, r"y is of type dict, .* perhaps list\(y.values\(\)\) is meant"),
        ({"y": (i for i in range(3))}, r"of type generator, .* list\(y\) is meant"),
        ({"y": [30, 100], "kind": "share"}, r"y\[0\] is 30.*: divide per cent by 100"),
        ({"y": np.zeros((2, 2, 2))}, r"y has shape \(2, 2, 2\)"),
        ({"y": [1.0, 2.5], "kind": "counts"}, "kind is 'counts': say one of real"),
        ({"y": [3, 1.5], "kind": "count"}, r"y\[1\] is 1.5, but a count is not negative and whole"),
        ({"y": [3.0, -1], "kind": "amount"}, r"y\[1\] is -1.0, but a positive amount is not neg"),
        ({"y": [np.nan, 0.5, 3], "kind": "share"}, r"y\[2\] is 3.0, but a share"),
        ({"y": [1, 2, 3], "kind": "two"}, "y holds 3 values"),
        ({"y": ["a", "b"], "kind": "real"}, r"y\[0\] is 'a', which is no number"),
        ({"y": [1.5, 2], "kind": "labels"}, "y has one column"),
        ({"y": [[1.5, 2], [3, 4]], "kind": "real"}, "y has 2 columns"),
        ({"y": [[0.5, 0.5], [3, 4]], "kind": "distribution"}, r"y\[1\] does not sum to 1"),
        ({"y": [[0, 1], [3, 4]], "kind": "labels"}, r"y holds 3.0, and labels in columns are 0"),
        ({"y": [1.5, -2, 3], "y_pred": [1, 2]}, r"y_pred has shape \(2,\) but y has 3 rows"),
        ({"y": [1.5, -2, 3], "y_pred": [1, np.nan, 2]}, r"y_pred\[1\] is nan"),
        ({"y": [0, 3, 1], "y_pred": [1, -2, 1], "kind": "count"}, r"y_pred\[1\] is -2: the mean"),
        ({"y": [0, 1, 1], "y_pred": [1, 2, 1]}, r"y_pred\[1\] is 2: give the probability"),
        ({"y": ["a", "b", "c"], "y_pred": [1, 2, 3]}, "y_pred says nothing here about one of sev"),
        ({"y": [1.5, -2], "wants": "mode"}, "wants is 'mode': of a number say mean"),
        ({"y": [1.5, -2], "wants": 1.5}, "wants is 1.5: of a number say"),
        ({"y": ["a", "b", "c"], "wants": "class"}, "of one of several classes say nothing"),
        ({"y": [1.5, -2], "costs": (1, 2)}, r"costs is \(1, 2\): of a number give"),
        ({"y": [1.5, -2], "costs": {"miss": 1, "alarm": 2}}, "of a number give"),
        (
            {"y": [0, 1], "costs": {"miss": 0, "alarm": 2}},
            r"costs\['miss'\] is 0: a cost is a numb",
        ),
        ({"y": [0, 1], "costs": {"miss": True, "alarm": 2}}, r"costs\['miss'\] is True"),
        ({"y": [1e200, 2.5]}, r"the largest of y is 1e\+200: give it in another unit"),
        ({"y": [1.5, -2.5], "y_pred": [1e-200, 0]}, "the largest of y_pred is 1e-200"),
        ({"y": ["a", "b", "c"], "costs": {"miss": 1}}, "costs say nothing here about one of"),
    ],
)
def test_bad_input_is_refused_with_the_cure(arguments, message):
    with pytest.raises(ValueError, match=message):
        lb.recommend(**arguments)


@pytest.mark.parametrize(
    "y", [np.array(["2020-01-01"], dtype="M8[D]"), [1 + 2j], np.ma.array([1.0, 2.0], mask=[0, 1])]
)
def test_times_complex_numbers_and_masks_are_refused(y):
    with pytest.raises(TypeError, match=r"y (must hold real numbers|is a masked array)"):
        lb.recommend(y)
