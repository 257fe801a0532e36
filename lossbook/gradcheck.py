"""Check a loss against its own claims, and a gradient against differences.

`derivative` and `gradient` differentiate any function numerically; `check_loss`
examines a whole loss, yours or ours, and reports in words.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from html import escape

import numpy as np

from .losses.inputs import as_floats

__all__ = ["Finding", "Report", "check_loss", "derivative", "gradient"]


def derivative(f: Callable, x, step: float = 1e-2):
    r"""Differentiate `f` element by element, by extrapolated central differences.

    .. math:: D(h) = \frac{f(x+h) - f(x-h)}{2h} = f'(x) + O(h^2)

    D(h), D(h/2), D(h/4), … are extrapolated to h → 0 (Richardson), which gains
    two orders of accuracy a stage: some ten digits instead of five.

    Parameters
    ----------
    f : callable
        Takes an array and returns one of the same shape, element by element.
    x : array_like
        Where to differentiate.
    step : float, default 0.01
        The largest step, relative to max(1, \|x\|); where it leaves the domain of `f`, so that
        the result is NaN or infinite, smaller ones are tried.

    Returns
    -------
    ndarray
        The shape of `x`.  At a kink, the average of the slopes on both sides.

    References
    ----------
    Richardson (1911), *The Approximate Arithmetical Solution by Finite Differences of Physical
    Problems involving Differential Equations*, doi:10.1098/rsta.1911.0009.

    Examples
    --------
    >>> derivative(np.sin, np.array([0.0, 1.0])).round(9).tolist()
    [1.0, 0.540302306]
    """
    x = as_floats(x, "x").astype(np.float64)
    h = step * np.maximum(1, np.abs(x))
    with np.errstate(all="ignore"):
        slope = _extrapolated(f, x, h)
        for _ in range(5):  # smaller steps where these leave the domain of f
            if np.isfinite(slope).all():
                break
            h = np.where(np.isfinite(slope), h, h / 10)
            slope = _extrapolated(f, x, h)
    return slope


def _extrapolated(f, x, h):
    """Return the extrapolated differences, from the steps `h` down to a sixteenth of them."""
    column = []
    for stage in range(5):
        table = [(np.asarray(f(x + h)) - f(x - h)) / (2 * h)]
        for order, coarser in enumerate(column, start=1):
            table.append(table[-1] + (table[-1] - coarser) / (4**order - 1))
        column = table
        h = h / 2 if stage < 4 else h
    return column[-1]


def gradient(f: Callable, w, step: float = 1e-2):
    """Differentiate a function of a vector, one coordinate after the other.

    Parameters
    ----------
    f : callable
        Takes a flat vector and returns a number.
    w : array_like, shape (d,)
        Where to differentiate.
    step : float, default 0.01
        As for `derivative`.

    Returns
    -------
    ndarray, shape (d,)

    Raises
    ------
    ValueError
        If `w` is no flat vector.

    Examples
    --------
    >>> gradient(lambda w: w[0] ** 2 * w[1], [3.0, 2.0]).round(9).tolist()
    [12.0, 9.0]
    """
    w = as_floats(w, "w").astype(np.float64)
    if w.ndim != 1:
        raise ValueError(f"w has shape {w.shape} but must be one flat vector: use w.ravel()")

    def moved(i, values):
        steps = np.atleast_1d(values)
        at = np.tile(w, (len(steps), 1))
        at[:, i] = steps
        return np.array([f(row) for row in at])

    return np.array(
        [derivative(lambda v, i=i: moved(i, v), w[i : i + 1], step)[0] for i in range(len(w))]
    )


@dataclass(frozen=True)
class Finding:
    """One property: what it is, whether it holds, None if not examined, and what was seen."""

    name: str
    passed: bool | None
    detail: str

    def __str__(self):
        return f"{_VERDICTS[self.passed][0]} {self.name}: {self.detail}"


_VERDICTS = {True: ("ok  ", "ok", "✓"), False: ("FAIL", "fail", "✗ fails"), None: ("?   ", "", "?")}


@dataclass(frozen=True)
class Report:
    """What `check_loss` found; true if everything held."""

    loss: str
    findings: list[Finding] = field(repr=False)

    @property
    def failures(self) -> list[Finding]:
        """The findings that did not hold."""
        return [finding for finding in self.findings if finding.passed is False]

    def __bool__(self):
        return not self.failures

    def __repr__(self):
        bad, open_ = len(self.failures), sum(f.passed is None for f in self.findings)
        seen = len(self.findings) - open_
        verdict = f"{bad} of {seen} properties fail" if bad else f"all {seen} properties hold"
        verdict += f", {open_} not examined" if open_ else ""
        return "\n".join([f"{self.loss}: {verdict}", *map(str, self.findings)])

    def _repr_html_(self):
        rows = "".join(
            f'<tr class="{_VERDICTS[f.passed][1]}"><td>{_VERDICTS[f.passed][2]}</td>'
            f'<th scope="row">{escape(f.name)}</th><td>{escape(f.detail)}</td></tr>'
            for f in self.findings
        )
        title = escape(repr(self).splitlines()[0])
        return f'<table class="loss-report"><caption>{title}</caption>{rows}</table>'


def check_loss(loss, seed: int = 0) -> Report:
    """Examine a loss: gradient, Hessian, formula, claims, shapes, weights, extremes.

    Parameters
    ----------
    loss : Loss
        An instance; your own subclass of `Loss` too.
    seed : int, default 0
        Of the random inputs.

    Returns
    -------
    Report
        True if every property held; prints as a list in words.

    Raises
    ------
    TypeError
        If `loss` is not an instance of `Loss`.

    Notes
    -----
    Each property is a function of `lossbook.properties`.  A property that raises
    counts as failed; a claim that cannot be examined is listed as such, with the reason.
    Where the claims as a whole cannot be read, that is the only finding.

    Examples
    --------
    >>> from lossbook import Huber
    >>> report = check_loss(Huber())
    >>> bool(report)
    True
    """
    from . import properties
    from .losses import Loss

    if not isinstance(loss, Loss):
        hint = f": {loss.__name__}()" if isinstance(loss, type) and issubclass(loss, Loss) else ""
        raise TypeError(f"check_loss examines an instance of a Loss{hint}, got {loss!r}")
    if why := properties.unreadable(loss):  # whatever asks for a claim would stumble over it
        return Report(repr(loss), [Finding("card", False, why)])
    findings = []
    for name, examine in properties.PROPERTIES.items():
        rng = np.random.default_rng(seed)
        try:
            outcome = examine(loss, rng)
        except Exception as error:  # a reader's own loss may do anything
            outcome = (False, f"raised {type(error).__name__}: {error}")
        if isinstance(outcome, str):  # a claim that could not be examined, and why
            outcome = (None, f"not examined: {outcome}")
        if outcome is not None:
            findings.append(Finding(name, *outcome))
    return Report(repr(loss), findings)
