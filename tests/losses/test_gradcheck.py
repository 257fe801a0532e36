"""`check_loss` catches a loss that is wrong, whatever is wrong with it, and says so."""

import math
from dataclasses import dataclass

import numpy as np
import pytest

import lossbook as lb
from lossbook.losses.base import Loss


class Right(lb.HalfSquaredError):
    """A correct loss to spoil."""

    def _facts(self):
        return {**super()._facts(), "estimate": np.mean}


class ReversedSign(Right):
    def _grad(self, r):
        return -r


class TwiceTheGradient(Right):
    def _grad(self, r):
        return 2 * r


class WrongHessian(Right):
    def _hess(self, r):
        return 2 * np.ones_like(r)


class OtherFormula(Right):
    @staticmethod
    def _formula(sp, r):
        return r**2


class FalseConvexity(lb.Cauchy):
    def _facts(self):
        return {**super()._facts(), "convex": True}


class FalseConcavity(Right):
    def _facts(self):
        return {**super()._facts(), "convex": False}


class FalseLipschitz(Right):
    def _facts(self):
        return {**super()._facts(), "lipschitz": 1.0}


class LooseLipschitz(lb.AbsoluteError):
    def _facts(self):
        return {**super()._facts(), "lipschitz": 5.0}


class FalseSmoothness(Right):
    def _facts(self):
        return {**super()._facts(), "smoothness": 0.5}


class FalseEstimate(lb.AbsoluteError):
    def _facts(self):
        return {**super()._facts(), "estimate": np.mean}


class Broadcasts(Right):
    def _read(self, y_true, y_pred, sample_weight=None):
        y, p = np.broadcast_arrays(np.asarray(y_true, float), np.asarray(y_pred, float))
        return y, p.copy(), None


class IgnoresWeights(Right):
    def _weigh(self, y, weights):
        return None


class ForgetsTheMean(Right):
    def _measure(self, p, weights):
        return 1.0


class SwallowsNaN(Right):
    def _value(self, r):
        return np.nan_to_num(r * r / 2)

    def _grad(self, r):
        return np.nan_to_num(r)


class AlwaysDouble(Right):
    def _read(self, y_true, y_pred, sample_weight=None):
        y, p, w = super()._read(y_true, y_pred, sample_weight)
        return y.astype(float), p.astype(float), w


class Overflows(Right):
    def _value(self, r):
        return np.sqrt(r**4) / 2


class WrongProx(Right):
    def _prox(self, r, step):
        return r / (1 + 2 * step)


class WritesIntoItsInput(Right):
    def _args(self, y, p):
        p -= y
        return (p,)


class FalseRange(lb.Welsch):
    def _facts(self):
        return {**super()._facts(), "range": (0.0, 1.0)}


class LooseRange(lb.Welsch):
    def _facts(self):
        return {**super()._facts(), "range": (0.0, math.inf)}


class MissingKink(lb.AbsoluteError):
    def _facts(self):
        return {**super()._facts(), "kinks": ()}


class FalseKink(Right):
    def _facts(self):
        return {**super()._facts(), "kinks": (1.0,)}


class OutsideTheKink(lb.Hinge):
    def _grad(self, m):
        return np.where(m == 1, 0.5, super()._grad(m))


class FalselyProper(lb.GeneralizedCrossEntropy):
    def _facts(self):
        return {**super()._facts(), "proper": True, "inverse_link": lb.numerics.softmax}


class FalselyImproper(lb.BinaryCrossEntropy):
    def _facts(self):
        return {**super()._facts(), "proper": False}


class WrongLink(lb.SigmoidCrossEntropy):
    def _facts(self):
        return {**super()._facts(), "inverse_link": lambda z: lb.numerics.sigmoid(2 * z)}


class FalselyCalibrated(lb.SigmoidCrossEntropy):
    def _facts(self):
        return {**super()._facts(), "calibrated": True}


class FalselyUncalibrated(lb.Hinge):
    def _facts(self):
        return {**super()._facts(), "calibrated": False}


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


class WrongKey(Right):
    def _facts(self):
        return {**super()._facts(), "lipshitz": math.inf}


class UnknownKey(Right):
    def _facts(self):
        return {**super()._facts(), "colour": "red"}


class RangeFromBelow(Right):
    def _facts(self):
        return {**super()._facts(), "range": (-0.05, math.inf)}


class RangeFromAbove(Right):
    def _facts(self):
        return {**super()._facts(), "range": (1e-6, math.inf)}


class RangeFromNowhere(Right):
    def _facts(self):
        return {**super()._facts(), "range": (-math.inf, math.inf)}


class RangeBelowOfRows(lb.Brier):
    def _facts(self):
        return {**super()._facts(), "range": (-0.5, 1.0)}


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


class ShiftedKink(lb.Hinge):
    def _facts(self):
        return {**super()._facts(), "kinks": (0.0,)}


class ValueChangesItsInput(Right):
    def _value(self, r):
        r *= r
        return r / 2


class GradientChangesItsInput(lb.Brier):
    def _grad(self, y, p):
        p -= y
        return 2 * p


class CurvedAtAKink(lb.AbsoluteError):
    def _facts(self):
        return {**super()._facts(), "smoothness": 0.0}


class CurvedAtAKinkNotListed(lb.AbsoluteError):
    def _facts(self):
        return {**super()._facts(), "smoothness": 0.0, "kinks": None}


@dataclass
class NotFrozen(NoDataclass):
    pass


class KinkInNoTuple(lb.AbsoluteError):
    place = 0.0

    def _facts(self):
        return {**super()._facts(), "kinks": self.place}


class KinkIsTrue(KinkInNoTuple):
    place = True


class KinkIsAWord(KinkInNoTuple):
    place = ("0",)


class FactsReturnNothing(Right):
    def _facts(self): ...


class FactsRaise(Right):
    def _facts(self):
        return {"lipschitz": self.slope}


class SlopeReturnsNothing(Right):
    def _grad(self, r): ...


class SlopeIsDots(Right):
    def _grad(self, r):
        return ...


class Rounds(Right):
    def _value(self, r):
        return (r * r / 2).astype(np.float32)


class RoundsAndWidens(lb.AbsoluteError):
    def _value(self, r):
        return np.abs(r).astype(np.float32).astype(r.dtype)


class FormulaWithMax(Right):
    @staticmethod
    def _formula(sp, r):
        return max(r, -r)


class FormulaInNumPy(Right):
    @staticmethod
    def _formula(sp, r):
        return np.exp(r)


class FormulaReturnsNothing(Right):
    @staticmethod
    def _formula(sp, r): ...


PLANTED = [
    (CurvedAtAKink, "smoothness", "claims curvature ≤ 0, but at a kink, here at 0, there"),
    (CurvedAtAKinkNotListed, "smoothness", "claims curvature ≤ 0, but at a kink, here at 0, there"),
    (NotFrozen, "card", "write @dataclass(frozen=True) above its class"),
    (KinkInNoTuple, "card", "kinks is a tuple of places, such as (0.0,), and not 0.0"),
    (KinkIsTrue, "card", "kinks is a tuple of places, such as (0.0,), and not True"),
    (KinkIsAWord, "card", "kinks is a tuple of places, such as (0.0,), and not ('0',)"),
    (FactsReturnNothing, "card", "_facts returns None"),
    (FactsRaise, "card", "_facts raised AttributeError"),
    (SlopeReturnsNothing, "values", "_grad returns None: is a return missing?"),
    (SlopeIsDots, "values", "_grad returns Ellipsis: is a return missing?"),
    (Rounds, "values", "_value rounds: it gives float32 where it was given float64"),
    (RoundsAndWidens, "convexity", "by less than a millionth: is the value rounded"),
    (FormulaWithMax, "formula", "FormulaWithMax._formula is given symbols"),
    (FormulaInNumPy, "formula", "use sp.Max, sp.Abs, sp.log"),
    (FormulaReturnsNothing, "formula", "FormulaReturnsNothing._formula returns None"),
    (HidesInfinity, "bad values", "say hides_infinity = True in the class"),
    (NoDataclass, "card", "write @dataclass(frozen=True) above its class"),
    (WrongKey, "card", "'lipshitz', which is no field of a card that it fills: did you mean 'lip"),
    (UnknownKey, "card", "'colour', which is no field of a card that it fills: they are est"),
    (RangeFromBelow, "range", "values down to -0.05, but 0 is the nearest seen"),
    (RangeFromAbove, "range", "values from 1e-06 to inf, but 0 was seen"),
    (RangeFromNowhere, "range", "values down to -inf, but 0 is the nearest seen"),
    (RangeBelowOfRows, "range", "values down to -0.5"),
    (LooseCurvature, "smoothness", "claims curvature ≤ 2, but no more than 1"),
    (TightCurvature, "smoothness", "claims curvature ≤ 0.5, but 1"),
    (ShiftedKink, "kinks", "claims kinks at 0, but the slope jumps at 1"),
    (ValueChangesItsInput, "values", "_value changes an array that it was given"),
    (GradientChangesItsInput, "values", "_grad changes an array that it was given"),
    (WritesIntoItsInput, "values", "_args changes an array that it was given"),
    (ReversedSign, "gradient", "sign is reversed"),
    (TwiceTheGradient, "gradient", "2 times the right value"),
    (WrongHessian, "Hessian", "2 times the right value"),
    (OtherFormula, "formula", "0.5 times"),
    (FalseConvexity, "convexity", "chord lies below"),
    (FalseConcavity, "convexity", "no chord"),
    (FalseLipschitz, "Lipschitz constant", "claims slope ≤ 1"),
    (LooseLipschitz, "Lipschitz constant", "no more than 1"),
    (FalseSmoothness, "smoothness", "claims curvature ≤ 0.5"),
    (FalseEstimate, "estimate", "has less loss"),
    (FalseRange, "range", "was seen"),
    (LooseRange, "range", "is the nearest seen"),
    (MissingKink, "kinks", "claims kinks at no place, but the slope jumps at 0"),
    (FalseKink, "kinks", "but the slope jumps at no place"),
    (OutsideTheKink, "kinks", "its slope is 0.5"),
    (FalselyProper, "proper", "claims to be proper, but"),
    (FalselyImproper, "proper", "claims not to be proper, but"),
    (WrongLink, "estimate", "the best constant stands for"),
    (lambda: FalselyCalibrated(pos_weight=3.0), "calibrated", "claims to be calibrated, but"),
    (FalselyUncalibrated, "calibrated", "claims not to be calibrated, but"),
    (Broadcasts, "shapes", "accepts"),
    (IgnoresWeights, "weights", "repeating the samples"),
    (ForgetsTheMean, "mean", "average"),
    (SwallowsNaN, "bad values", "accepts a prediction that is nan"),
    (AlwaysDouble, "float32", "float64 gradient"),
    (Overflows, "extremes", "overflow"),
    (WrongProx, "proximal operator", "lowers the objective"),
    (WritesIntoItsInput, "float32", "changes the predictions"),
]


def test_the_unspoiled_loss_passes():
    assert lb.check_loss(Right())


@pytest.mark.parametrize(("spoiled", "name", "says"), PLANTED)
def test_a_planted_fault_is_found_and_named(spoiled, name, says):
    report = lb.check_loss(spoiled())
    assert not report
    found = {finding.name: finding.detail for finding in report.failures}
    assert name in found, repr(report)
    assert says in found[name]


def test_a_loss_that_claims_nothing_is_examined():
    report = lb.check_loss(OnlyAFormula())
    assert report, repr(report)
    names = {finding.name for finding in report.findings}
    assert {"gradient", "formula", "card", "bad values"} <= names
    assert not {"convexity", "Lipschitz constant", "smoothness", "range", "kinks"} & names
    rows = dict(OnlyAFormula().card().rows())
    for claim in ("range", "estimates", "convex", "steepest slope", "choose it when"):
        assert rows[claim] == "not stated"


class Unexamined(Right):
    def _facts(self):
        return {**super()._facts(), "proper": True, "calibrated": True}


def test_a_claim_that_cannot_be_examined_is_listed_as_such():
    report = lb.check_loss(Unexamined())
    assert report
    assert repr(report).splitlines()[0].endswith("properties hold, 2 not examined")
    findings = {finding.name: finding for finding in report.findings}
    for name in ("proper", "calibrated"):
        assert findings[name].passed is None
        assert str(findings[name]).startswith(f"?    {name}: not examined: ")
    assert report._repr_html_().count("<td>?</td>") == 2


def test_where_the_claims_cannot_be_read_nothing_else_is_said():
    (finding,) = lb.check_loss(KinkInNoTuple()).findings
    assert finding.name == "card"


def test_a_loss_that_raises_is_reported_not_raised():
    @dataclass(frozen=True)
    class Empty(Loss):
        pass

    report = lb.check_loss(Empty())
    assert not report
    assert "NotImplementedError" in repr(report)
    assert "✗ fails" in report._repr_html_()


def test_derivative_is_accurate():
    x = np.linspace(-3, 3, 13)
    np.testing.assert_allclose(lb.derivative(np.exp, x), np.exp(x), rtol=1e-10)


def test_derivative_stays_inside_the_domain():
    x = np.array([1e-6, 1e-3, 1.0])
    np.testing.assert_allclose(lb.derivative(np.log, x), 1 / x, rtol=1e-8)


def test_gradient_of_a_function_of_a_vector():
    a = np.array([[2.0, 1.0], [1.0, 3.0]])
    w = np.array([0.3, -1.2])
    np.testing.assert_allclose(lb.gradient(lambda v: v @ a @ v / 2, w), a @ w, rtol=1e-9)
