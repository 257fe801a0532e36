"""`check_loss` catches a card that says what is not so, and says what is."""

import math
from dataclasses import dataclass
from functools import partial

import numpy as np
import pytest
from planted import Right, assert_found, claims

import lossbook as lb


class NoDataclass(lb.ResidualLoss):
    def _value(self, r):
        return np.abs(r)

    def _grad(self, r):
        return np.sign(r)

    @staticmethod
    def _formula(sp, r):
        return sp.Abs(r)


@dataclass(frozen=True)
class OnlyAFormula(NoDataclass):
    pass


@dataclass(frozen=True)
class LooseCurvature(lb.MarginLoss):
    hides_infinity = True

    def _value(self, m):
        return np.maximum(1 - m, 0) ** 2 / 2

    def _grad(self, m):
        return np.minimum(m - 1, 0)

    @staticmethod
    def _formula(sp, m):
        return sp.Piecewise(((1 - m) ** 2 / 2, m <= 1), (0, True))

    def _facts(self):
        return {"convex": True, "smoothness": 2.0}


class TightCurvature(LooseCurvature):
    def _facts(self):
        return {"convex": True, "smoothness": 0.5}


class HidesInfinity(LooseCurvature):
    hides_infinity = False


@dataclass
class NotFrozen(NoDataclass):
    pass


class FactsReturnNothing(Right):
    def _facts(self): ...


class FactsRaise(Right):
    def _facts(self):
        return {"lipschitz": self.slope}


FALSE_CLAIMS = [
    (
        claims(lb.AbsoluteError, smoothness=0.0),
        "smoothness",
        "claims curvature ≤ 0, but at a kink, here at 0, there",
    ),
    (
        claims(lb.AbsoluteError, smoothness=0.0, kinks=None),
        "smoothness",
        "claims curvature ≤ 0, but at a kink, here at 0, there",
    ),
    (NotFrozen, "card", "write @dataclass(frozen=True) above its class"),
    (
        claims(lb.AbsoluteError, kinks=0.0),
        "card",
        "kinks is a tuple of places, such as (0.0,), and not 0.0",
    ),
    (
        claims(lb.AbsoluteError, kinks=True),
        "card",
        "kinks is a tuple of places, such as (0.0,), and not True",
    ),
    (
        claims(lb.AbsoluteError, kinks=("0",)),
        "card",
        "kinks is a tuple of places, such as (0.0,), and not ('0',)",
    ),
    (FactsReturnNothing, "card", "_facts returns None"),
    (FactsRaise, "card", "_facts raised AttributeError"),
    (HidesInfinity, "bad values", "say hides_infinity = True in the class"),
    (NoDataclass, "card", "write @dataclass(frozen=True) above its class"),
    (
        claims(Right, lipshitz=math.inf),
        "card",
        "'lipshitz', which is no field of a card that it fills: did you mean 'lip",
    ),
    (
        claims(Right, colour="red"),
        "card",
        "'colour', which is no field of a card that it fills: they are est",
    ),
    (
        claims(Right, range=(-0.05, math.inf)),
        "range",
        "values down to -0.05, but 0 is the nearest seen",
    ),
    (claims(Right, range=(1e-6, math.inf)), "range", "values from 1e-06 to inf, but 0 was seen"),
    (
        claims(Right, range=(-math.inf, math.inf)),
        "range",
        "values down to -inf, but 0 is the nearest seen",
    ),
    (claims(lb.Brier, range=(-0.5, 1.0)), "range", "values down to -0.5"),
    (LooseCurvature, "smoothness", "claims curvature ≤ 2, but no more than 1"),
    (TightCurvature, "smoothness", "claims curvature ≤ 0.5, but 1"),
    (claims(lb.Hinge, kinks=(0.0,)), "kinks", "claims kinks at 0, but the slope jumps at 1"),
    (claims(lb.Cauchy, convex=True), "convexity", "chord lies below"),
    (claims(Right, convex=False), "convexity", "no chord"),
    (claims(Right, lipschitz=1.0), "Lipschitz constant", "claims slope ≤ 1"),
    (claims(lb.AbsoluteError, lipschitz=5.0), "Lipschitz constant", "no more than 1"),
    (claims(Right, smoothness=0.5), "smoothness", "claims curvature ≤ 0.5"),
    (claims(lb.AbsoluteError, estimate=np.mean), "estimate", "has less loss"),
    (claims(lb.Welsch, range=(0.0, 1.0)), "range", "was seen"),
    (claims(lb.Welsch, range=(0.0, math.inf)), "range", "is the nearest seen"),
    (
        claims(lb.AbsoluteError, kinks=()),
        "kinks",
        "claims kinks at no place, but the slope jumps at 0",
    ),
    (claims(Right, kinks=(1.0,)), "kinks", "but the slope jumps at no place"),
    (
        claims(lb.GeneralizedCrossEntropy, proper=True, inverse_link=lb.numerics.softmax),
        "proper",
        "claims to be proper, but",
    ),
    (claims(lb.BinaryCrossEntropy, proper=False), "proper", "claims not to be proper, but"),
    (
        claims(lb.SigmoidCrossEntropy, inverse_link=lambda z: lb.numerics.sigmoid(2 * z)),
        "estimate",
        "the best constant stands for",
    ),
    (
        partial(claims(lb.SigmoidCrossEntropy, calibrated=True), pos_weight=3.0),
        "calibrated",
        "claims to be calibrated, but",
    ),
    (claims(lb.Hinge, calibrated=False), "calibrated", "claims not to be calibrated, but"),
]


@pytest.mark.parametrize(("spoiled", "name", "says"), FALSE_CLAIMS)
def test_a_false_claim_is_found_and_named(spoiled, name, says):
    assert_found(spoiled, name, says)


def test_a_loss_that_claims_nothing_is_examined():
    report = lb.check_loss(OnlyAFormula())
    assert report, repr(report)
    names = {finding.name for finding in report.findings}
    assert {"gradient", "formula", "card", "bad values"} <= names
    assert not {"convexity", "Lipschitz constant", "smoothness", "range", "kinks"} & names
    rows = dict(OnlyAFormula().card().rows())
    for claim in ("range", "estimates", "convex", "steepest slope", "choose it when"):
        assert rows[claim] == "not stated"


def test_a_claim_that_cannot_be_examined_is_listed_as_such():
    report = lb.check_loss(claims(Right, proper=True, calibrated=True)())
    assert report
    assert repr(report).splitlines()[0].endswith("properties hold, 2 not examined")
    findings = {finding.name: finding for finding in report.findings}
    for name in ("proper", "calibrated"):
        assert findings[name].passed is None
        assert str(findings[name]).startswith(f"?    {name}: not examined: ")
    assert report._repr_html_().count("<td>?</td>") == 2


def test_where_the_claims_cannot_be_read_nothing_else_is_said():
    (finding,) = lb.check_loss(claims(lb.AbsoluteError, kinks=0.0)()).findings
    assert finding.name == "card"
