"""`check_loss` catches a loss that is wrong, whatever is wrong with it, and says so."""

from dataclasses import dataclass

import numpy as np
import pytest
from planted import Right, assert_found

import lossbook as lb
from lossbook.losses.base import Loss


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


class OutsideTheKink(lb.Hinge):
    def _grad(self, m):
        return np.where(m == 1, 0.5, super()._grad(m))


class ValueChangesItsInput(Right):
    def _value(self, r):
        r *= r
        return r / 2


class GradientChangesItsInput(lb.Brier):
    def _grad(self, y, p):
        p -= y
        return 2 * p


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
    (SlopeReturnsNothing, "values", "_grad returns None: is a return missing?"),
    (SlopeIsDots, "values", "_grad returns Ellipsis: is a return missing?"),
    (Rounds, "values", "_value rounds: it gives float32 where it was given float64"),
    (RoundsAndWidens, "convexity", "by less than a millionth: is the value rounded"),
    (FormulaWithMax, "formula", "FormulaWithMax._formula is given symbols"),
    (FormulaInNumPy, "formula", "use sp.Max, sp.Abs, sp.log"),
    (FormulaReturnsNothing, "formula", "FormulaReturnsNothing._formula returns None"),
    (ValueChangesItsInput, "values", "_value changes an array that it was given"),
    (GradientChangesItsInput, "values", "_grad changes an array that it was given"),
    (WritesIntoItsInput, "values", "_args changes an array that it was given"),
    (ReversedSign, "gradient", "sign is reversed"),
    (TwiceTheGradient, "gradient", "2 times the right value"),
    (WrongHessian, "Hessian", "2 times the right value"),
    (OtherFormula, "formula", "0.5 times"),
    (OutsideTheKink, "kinks", "its slope is 0.5"),
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
    assert_found(spoiled, name, says)


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
    with pytest.raises(ValueError, match=r"w has shape \(1, 2\) but must be one flat vector"):
        lb.gradient(lambda v: v @ a @ v / 2, [w])


def test_a_formula_is_that_of_a_loss_and_its_derivatives_are_two():
    with pytest.raises(TypeError, match=r"loss is the class Huber: make one of it, Huber\(\)"):
        lb.symbolic.formula(lb.Huber)
    with pytest.raises(ValueError, match="order is 3: a loss of a row"):
        lb.symbolic.derivative(lb.kl_divergence, 3)
