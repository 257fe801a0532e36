"""The contract every loss keeps: means, weights, shapes, bad values, extremes."""

import math
import warnings
from dataclasses import fields, is_dataclass
from difflib import get_close_matches

import numpy as np

from ..losses.card import Card
from ..losses.classes import ClassLoss, LabelLoss
from ..losses.kinds import BatchLoss, MarginLoss, ResidualLoss
from .examples import N


def finite_values(loss, rng):
    """Check that ordinary input gives finite values of the right shape, and stays as it was."""
    y, p = loss._example(rng, N)
    if fault := _fault_of_a_function(loss, y, p):
        return False, fault
    values, slopes = loss.pointwise(y, p), loss.pointwise_grad(y, p)
    if slopes.shape != p.shape:
        return False, f"pointwise_grad has shape {slopes.shape} for y_pred {p.shape}"
    if isinstance(loss, (ResidualLoss, MarginLoss)):
        raw = np.shape(loss._value(*loss._args(y, p)))
        if raw != p.shape:
            return False, f"_value gives shape {raw} for y_pred {p.shape}: one value a sample"
    if not (np.isfinite(values).all() and np.isfinite(slopes).all()):
        return False, "a value or slope is NaN or infinite for ordinary input"
    if isinstance(loss, ResidualLoss):
        perfect = np.append(loss.pointwise(y, y.copy()), loss.pointwise_grad(y, y.copy()))
        if not np.isfinite(perfect).all():
            return False, "a value or slope is NaN or infinite where y_pred equals y_true"
    if isinstance(loss, ClassLoss) and not isinstance(loss, LabelLoss):
        rows = np.eye(p.shape[1])[y]
        if not np.allclose(loss.pointwise(rows, p), values):
            return False, "one-hot rows as truth give other values than their labels"
    return True, f"finite, in the shape of y_pred {p.shape}"


def _fault_of_a_function(loss, y, p):
    """Return which function of a loss returns nothing, rounds, or writes into its arguments."""
    for name in ("_args", "_value", "_grad", "_value_and_grad", "_hess"):
        args = (y.copy(), p.copy())
        if name != "_args":
            args = tuple(np.array(arg) for arg in loss._args(*args))
        before = [arg.copy() for arg in args]
        result = getattr(loss, name)(*args) if hasattr(loss, name) else 0
        if result is None or result is Ellipsis:
            return f"{name} returns {result}: is a return missing?"
        if not all(map(np.array_equal, before, args)):
            return f"{name} changes an array that it was given: work on a copy of it"
        dtype = getattr(result, "dtype", p.dtype)
        if dtype.kind == "f" and dtype.itemsize < p.dtype.itemsize:
            return f"{name} rounds: it gives {dtype} where it was given {p.dtype}"
    return ""


def weights(loss, rng):
    """Check that weights equal repetition, for value and gradient."""
    if isinstance(loss, BatchLoss):
        return None
    y, p = loss._example(rng, 30)
    times = rng.integers(0, 4, 30)
    times[0] = 1
    rows = np.repeat(np.arange(30), times)
    value, grad = loss.value_and_grad(y, p, times)
    again, repeated = loss.value_and_grad(y[rows], p[rows])
    summed = np.zeros_like(grad)
    np.add.at(summed, rows, repeated)
    good = np.isclose(value, again, rtol=1e-12) and np.allclose(grad, summed, rtol=1e-9, atol=1e-14)
    return bool(good), (
        "a weight of k counts like k copies"
        if good
        else f"weighted mean {value:.6g}, but repeating the samples gives {again:.6g}"
    )


def mean(loss, rng):
    """Check that the call is the mean of the pointwise values, and its gradient likewise."""
    y, p = loss._example(rng, 30)
    if getattr(loss, "class_weight", None) is not None:
        return None
    value, grad = loss.value_and_grad(y, p)
    each, slopes = loss.pointwise(y, p), loss.pointwise_grad(y, p)
    for found in (value, loss(y, p)):
        if not np.isclose(found, each.mean(), rtol=1e-12):
            return False, f"gives {found:.6g}, but the pointwise values average {each.mean():.6g}"
    if not np.allclose(grad, slopes / each.size, rtol=1e-12, atol=0):
        return False, "grad is not pointwise_grad over the number of samples"
    return True, "the call is the mean, the gradient that of the mean"


def shapes(loss, rng):
    """Check that shapes which would broadcast are refused."""
    y, p = loss._example(rng, 5)
    column = (y.reshape(-1, 1), p) if y.ndim == 1 else (y, p.reshape(-1, 1))
    for bad in (column, (y[:3], p)):
        try:
            loss(*bad)
        except ValueError:
            continue
        return False, f"accepts y_true {bad[0].shape} with y_pred {bad[1].shape}"
    return True, "refuses a column against a row, and different lengths"


def bad_values(loss, rng):
    """Check that NaN, infinity and values outside the domain are refused."""
    y, p = loss._example(rng, 5)
    for bad in (math.nan, math.inf, -math.inf):
        spoiled = p.copy()
        spoiled.reshape(len(p), -1)[1, 0] = bad
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            try:
                loss.value_and_grad(y, spoiled)
            except ValueError:
                continue
        cure = (
            ": the loss is finite there, so nobody looks; say hides_infinity = True in the class"
            if math.isinf(bad) and not loss.hides_infinity
            else ": let NaN come out as NaN"
        )
        return False, f"accepts a prediction that is {bad}{cure}"
    if loss.truth.inside is not None and y.dtype.kind == "f":
        return _refuses_outside(loss, y, p)
    return True, "refuses NaN and infinity"


def _refuses_outside(loss, y, p):
    for candidate in (7.3, -7.3, 0.0):
        spoiled = y.copy()
        spoiled.reshape(len(y), -1)[1, 0] = candidate
        if not loss.truth.contains(spoiled):
            try:
                loss(spoiled, p)
            except ValueError:
                return True, f"refuses NaN, infinity, and a truth of {candidate:g}"
            return False, f"accepts a truth of {candidate:g}, outside its domain"
    return True, "refuses NaN and infinity"


def precision(loss, rng):
    """Check that float32 stays float32, agrees with float64, and input is not changed."""
    y, p = loss._example(rng, 50)
    truth = y if y.dtype.kind == "i" else y.astype(np.float32)
    p32 = p.astype(np.float32)
    before = p32.copy()
    value, grad = loss.value_and_grad(truth, p32)
    if grad.dtype != np.float32:
        return False, f"float32 input gives a {grad.dtype} gradient"
    if (before != p32).any():
        return False, "changes the predictions it is given"
    wanted, exact = loss.value_and_grad(
        truth if truth.dtype.kind == "i" else truth.astype(float), p32.astype(float)
    )
    good = np.isclose(value, wanted, rtol=1e-4) and np.allclose(grad, exact, rtol=1e-3, atol=1e-5)
    return bool(good), "float32 stays float32 and agrees with float64" if good else (
        f"float32 gives {value:.6g}, float64 {wanted:.6g}"
    )


def card(loss, rng):
    """Check that what the loss says of itself has a place on the card, which can be shown."""
    if not is_dataclass(loss):
        return False, "a loss is a dataclass: write @dataclass(frozen=True) above its class"
    if not loss.__dataclass_params__.frozen:
        return False, (
            "its fields can be changed, so it cannot be looked up in a set or dictionary: write "
            "@dataclass(frozen=True) above its class"
        )
    if why := unreadable(loss):
        return False, why
    own = {"name", "formula", "truth", "prediction", "slope_norm", "loss"}
    known = [field.name for field in fields(Card) if field.name not in own]
    for name in loss._facts():
        if name not in known:
            close = get_close_matches(name, known, 1)
            hint = f"did you mean {close[0]!r}?" if close else f"they are {', '.join(known)}"
            return False, f"_facts says {name!r}, which is no field of a card that it fills: {hint}"
    rows = loss.card().rows()
    return True, f"every fact has its place, and the card its {len(rows)} rows"


def unreadable(loss):
    """Return why what a loss says of itself cannot be read, nothing if it can be.

    Examples
    --------
    >>> import lossbook as lb
    >>> unreadable(lb.mse)
    ''
    """
    try:
        facts = loss._facts()
    except Exception as error:  # a reader's own loss may do anything
        return f"_facts raised {type(error).__name__}: {error}"
    if not isinstance(facts, dict):
        return f"_facts returns {facts!r}, no dictionary of claims such as {{'convex': True}}"
    kinks = () if facts.get("kinks") is None else facts["kinks"]
    good = isinstance(kinks, (tuple, list)) and np.ndim(kinks) == 1
    if not good or np.asarray(kinks).dtype.kind not in "iuf" or not np.isfinite(kinks).all():
        return f"kinks is a tuple of places, such as (0.0,), and not {kinks!r}"
    return ""


def extremes(loss, rng):
    """Check that huge and tiny predictions give no NaN and no floating-point warning."""
    if loss.prediction.inside is not None:
        return None
    y, p = loss._example(rng, 60)
    size = loss.reach
    for factor in (size, 1 / size):
        spread = np.clip(p * factor, -size, size)
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            value, grad = loss.value_and_grad(y, spread)
        if not (math.isfinite(value) and np.isfinite(grad).all()):
            return False, f"predictions around {factor:g} give NaN or infinity"
    return True, f"finite and without warning for predictions from {1 / size:g} to {size:g}"
