"""Read a loss that a reader has written: its numbers, if its own claims are true of it."""

import numpy as np

from lossbook.exercises._compare import NotReadable, Result, Unattempted, plain

RESIDUALS = np.array([-30.0, -2.0, -0.25, 0.25, 2.0, 30.0])
ASKED = ("convex", "lipschitz", "kinks")
# Of `lossbook.properties` what needs no SymPy: the formula is compared here.
EXAMINED = (
    "card",
    "values",
    "convexity",
    "Lipschitz constant",
    "smoothness",
    "range",
    "kinks",
    "mean",
    "weights",
    "shapes",
    "bad values",
    "float32",
    "extremes",
)


def examined(value: object) -> Result:
    """Return value, slope and formula of a loss at a few residuals, or say what is no good.

    What contradicts the value, in the slope or in the formula, is left to the diagnoses of the
    exercise; everything else that `check_loss` would find is said in its words.

    Examples
    --------
    >>> from lossbook import Quantile
    >>> [part[:2].round(2).tolist() for part in examined(Quantile(0.5))]
    [[15.0, 1.0], [-0.5, -0.5], [15.0, 1.0]]
    """
    from lossbook.losses import Loss

    if value is None or value is Ellipsis or value is NotImplemented:
        raise Unattempted("None" if value is None else "...")
    if isinstance(value, float | np.ndarray):  # a loss can be called too, and gives a number
        raise NotReadable("a number: pass the class, `MyBill`, not an object of it")
    if not isinstance(value, Loss):
        raise NotReadable(f"{_article(type(value).__name__)}, no subclass of ResidualLoss")
    numbers = _numbers(value)
    if _agree(*numbers) and (found := _first_failure(value)):
        raise NotReadable(f'one of which check_loss says "{found}"')
    return numbers


def _numbers(loss) -> Result:
    """Return value, slope and formula at the residuals, as the class states them."""
    from lossbook import symbolic

    parts = [getattr(loss, name)(RESIDUALS.copy()) for name in ("_value", "_grad")]
    empty = [part is None or part is Ellipsis for part in parts]
    if all(empty):
        raise Unattempted("None")
    if any(empty):
        name = "_value" if empty[0] else "_grad"
        raise NotReadable(f"one whose `{name}` returns None")
    for name, part in zip(("_value", "_grad"), parts, strict=True):
        if np.shape(part) != RESIDUALS.shape:
            raise NotReadable(
                f"one whose {name} gives shape {np.shape(part)} for {len(RESIDUALS)} residuals: "
                "one number a residual is due"
            )
    if not hasattr(loss, "_formula"):
        raise NotReadable("one without a _formula, from which its card and its check are made")
    formula = symbolic.to_function(loss, digits=20)
    written = np.array([float(formula(r)) for r in RESIDUALS])
    return np.asarray(parts[0], float), np.asarray(parts[1], float), written


def _agree(values: np.ndarray, slopes: np.ndarray, written: np.ndarray) -> bool:
    """Whether slope and formula are those of the value, which is made of straight lines."""
    rise = slopes * RESIDUALS
    return np.allclose(values, written) and np.allclose(values, rise)


def _first_failure(loss) -> str:
    """Return the first finding that fails, in words, or nothing."""
    from lossbook.gradcheck import Finding
    from lossbook.properties import PROPERTIES

    for name in EXAMINED:
        missing = [] if name == "card" else [ask for ask in ASKED if ask not in loss._facts()]
        if missing:
            return f"its card does not state {', '.join(missing)}; _facts says such things"
        outcome = PROPERTIES[name](loss, np.random.default_rng(0))
        if isinstance(outcome, tuple) and not outcome[0]:
            return str(Finding(name, *outcome)).removeprefix("FAIL ")
    return ""


def _article(name: str) -> str:
    return f"{'an' if plain(name)[:1] in 'aeiou' else 'a'} {name}"
