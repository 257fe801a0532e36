"""One convention: a loss of ours, and how another library spells the same function."""

from dataclasses import dataclass

__all__ = ["Convention"]


@dataclass(frozen=True)
class Convention:
    """What a library calls a loss, and what it takes to get the same number from ours.

    `call`, `ours` and `gradient` are Python expressions of the truth ``y`` and the prediction
    ``p``: the tests evaluate them and compare.  In `call` these are the library's own arrays or
    tensors, in float64.

    Parameters
    ----------
    loss : str
        The loss, as one writes it after ``lb.``: ``"Huber(2.0)"``.
    library : str
        The library's name, one of `LIBRARIES`.
    call : str
        The library's expression.
    ours : str
        Our expression of the same value; empty for ``lb.<loss>(y, p)``.
    order : str
        What the library takes first: ``"truth first"``, ``"prediction first"``, or
        ``"residual"`` where it takes neither but their difference.
    scale : str
        What times our value is the library's: ``"same"``, ``"×2"``, ``"÷2"``, …
    reduction : str
        What the library returns: ``"mean"`` of all samples, ``"sum"``, ``"none"`` (a value for
        each), or ``"mean over the last axis"``.
    takes : str
        What the library means by a prediction where several things could be meant:
        ``"logits"``, ``"probabilities"``, ``"logarithms"``, …
    note : str
        What surprises: defaults, constants, labels, small numbers added inside.
    data : str
        Which small data set of the tests both are evaluated on.
    gradient : str
        The library's expression of its gradient by ``p``, where it has one but no automatic
        differentiation.
    rtol : float
        How closely value and gradient agree, relatively.

    Examples
    --------
    >>> huber = Convention("Huber(2.0)", "SciPy", "scipy.special.huber(2.0, y - p).mean()")
    >>> huber.scale, huber.reduction
    ('same', 'mean')
    """

    loss: str
    library: str
    call: str
    ours: str = ""
    order: str = "prediction first"
    scale: str = "same"
    reduction: str = "mean"
    takes: str = ""
    note: str = ""
    data: str = "reals"
    gradient: str = ""
    rtol: float = 1e-12

    def __post_init__(self):
        """Fill in our expression where it is the plain call."""
        if not self.ours:
            object.__setattr__(self, "ours", f"lb.{self.loss}(y, p)")

    @property
    def name(self) -> str:
        """The class of the loss, or the name of the ready-made instance."""
        return self.loss.partition("(")[0]
