r"""From a loss's own SymPy formula to derivatives, functions and LaTeX.

Every loss carries its formula once, in SymPy.  From it come the formula on its
card, the derivations in the book, and the 50-digit values its NumPy code is
checked against.  SymPy is imported when a function here is called, not before.
"""

import math
from dataclasses import fields
from functools import lru_cache

import numpy as np

__all__ = ["arguments", "derivative", "formula", "latex", "to_function"]


def arguments(loss) -> tuple:
    """Return the SymPy symbols that the formula of `loss` is written in.

    Parameters
    ----------
    loss : Loss
        The residual r, the margin m, or truth and prediction; for a loss of a whole
        row these are tuples of symbols, nested like the arrays of one sample.

    Examples
    --------
    >>> from lossbook import Huber
    >>> arguments(Huber())
    (r,)
    """
    import sympy as sp

    return tuple(
        _nested(sp, {"yhat": r"\hat{y}"}.get(name, name), shape)
        for name, shape in zip(loss.arguments, loss.shapes, strict=True)
    )


def formula(loss, numeric=False):
    """Return the pointwise loss as a SymPy expression.

    Parameters
    ----------
    loss : Loss
        Any loss with a ``_formula``.
    numeric : bool, default False
        Whether hyper-parameters stand as their exact values rather than symbols.

    Raises
    ------
    NotImplementedError
        If the loss does not define its formula.
    TypeError
        If the formula is not written in SymPy or returns nothing, or `loss` is a class.

    Examples
    --------
    >>> from lossbook import PseudoHuber
    >>> formula(PseudoHuber(2.0))
    delta**2*(sqrt(1 + r**2/delta**2) - 1)
    >>> formula(PseudoHuber(2.0), numeric=True)
    4*sqrt(r**2/4 + 1) - 4
    """
    import sympy as sp

    if isinstance(loss, type):
        raise TypeError(f"loss is the class {loss.__name__}: make one of it, {loss.__name__}()")
    if not hasattr(loss, "_formula"):
        name = type(loss).__name__
        raise NotImplementedError(
            f"{name} does not define _formula, the loss of one sample in SymPy, from which its "
            "card and its derivatives are made: give it a static method "
            f"_formula(sp, {', '.join(loss.arguments)}, …), as lossbook.custom says"
        )
    values = {parameter.name: getattr(loss, parameter.name) for parameter in fields(loss)}
    if numeric:
        parameters = {name: _exact(sp, value) for name, value in values.items()}
    else:
        parameters = {name: _symbol(sp, name, value) for name, value in values.items()}
    return sp.sympify(_written(sp, loss, parameters))


def _written(sp, loss, parameters):
    """Return what ``_formula`` gives, or say what in it is no SymPy."""
    name = f"{type(loss).__name__}._formula"
    try:
        written = type(loss)._formula(sp, *arguments(loss), **parameters)
    except TypeError as error:
        if not any(word in str(error) for word in ("Relational", "ufunc", "convert expression")):
            raise
        raise TypeError(
            f"{name} is given symbols, which NumPy and Python's own max and if cannot take "
            f"({error}): use sp.Max, sp.Abs, sp.log, …, and for cases "
            "sp.Piecewise((one, condition), (other, True))"
        ) from error
    if written is None or written is Ellipsis:
        raise TypeError(f"{name} returns {written}, not the loss of one sample in SymPy")
    return written


def derivative(loss, order=1, numeric=False):
    """Return the derivative of the pointwise loss by its last argument.

    For a loss of a row: the gradient as a column, or with `order` 2 the Hessian.

    Parameters
    ----------
    loss : Loss
        Any loss with a ``_formula``.
    order : int, default 1
        1 for the slope, 2 for the curvature.
    numeric : bool, default False
        As for `formula`.

    Raises
    ------
    ValueError
        If `order` is neither 1 nor 2, for a loss of a row.

    Examples
    --------
    >>> from lossbook import HalfSquaredError, Huber
    >>> derivative(HalfSquaredError())
    r
    >>> derivative(Huber())
    Piecewise((r, delta > Abs(r)), (delta*sign(r), True))
    """
    import sympy as sp

    expression, last = formula(loss, numeric), arguments(loss)[-1]
    if not isinstance(last, tuple):
        return sp.diff(expression, last, order)
    if order not in (1, 2):
        raise ValueError(f"order is {order!r}: a loss of a row has its gradient, 1, and Hessian, 2")
    last = list(sp.flatten(last))
    return sp.hessian(expression, last) if order == 2 else sp.Matrix([expression]).jacobian(last).T


def latex(loss) -> str:
    r"""Return the LaTeX of the pointwise loss, hyper-parameters as symbols.

    Examples
    --------
    >>> from lossbook import SquaredError
    >>> latex(SquaredError())
    'r^{2}'
    """
    if loss.latex is not None:
        return loss.latex
    from sympy.printing.latex import LatexPrinter

    class PositiveFirst(LatexPrinter):
        def _as_ordered_terms(self, expr, order=None):
            terms = super()._as_ordered_terms(expr, order)
            return sorted(terms, key=lambda term: term.could_extract_minus_sign())

        def _print_Symbol(self, expr):
            word = len(expr.name) > 1 and expr.name.isalpha()
            printed = super()._print_Symbol(expr)
            return rf"\mathrm{{{printed}}}" if word and printed == expr.name else printed

    expression = formula(loss)
    printed = PositiveFirst().doprint(expression)
    # A word stands apart from its factors, or r times short would read "rshort".
    apart = PositiveFirst({"mul_symbol": r" \, "})
    return apart.doprint(expression) if r"\mathrm" in printed else printed


def to_function(loss, order=0, digits=50):
    """Return the formula, or its derivative, as a function of `digits`-digit numbers.

    Parameters
    ----------
    loss : Loss
        Any loss with a ``_formula``.
    order : int, default 0
        0 for the value, 1 and 2 for the derivatives.
    digits : int, default 50
        Decimal digits of the arithmetic (mpmath).

    Returns
    -------
    callable
        Takes the numbers of `arguments`, each exact (floats are taken as they
        are, to the last bit), and returns an mpmath number or matrix.

    Examples
    --------
    >>> from lossbook import LogCosh
    >>> value = to_function(LogCosh(), digits=20)
    >>> print(value(1e-10))
    5.0e-21
    """
    import mpmath

    compiled = _compiled if type(loss).__hash__ else _compiled.__wrapped__
    function = compiled(loss, order)

    def evaluate(*numbers):
        with mpmath.workdps(digits + _extra_digits(numbers)):
            result = function(*(_to_mpmath(mpmath, number) for number in numbers))
        return result

    return evaluate


@lru_cache(maxsize=1000)
def _compiled(loss, order):
    """Return the formula or its derivative as a function of mpmath numbers; compiling is slow."""
    import sympy as sp

    expression = derivative(loss, order, numeric=True) if order else formula(loss, numeric=True)
    modules = [{"DiracDelta": lambda *_: 0}, "mpmath"]
    # Shared terms once; but a branch not taken must not be computed: it may divide by 0.
    share = not expression.has(sp.Piecewise)
    return sp.lambdify(arguments(loss), expression, modules=modules, cse=share)


def _nested(sp, name, shape):
    """Return one real symbol, or tuples of symbols nested like an array of that shape."""
    if not shape:
        return sp.Symbol(name, real=True)
    mark = "" if "_" in name else "_"
    return tuple(_nested(sp, f"{name}{mark}{i + 1}", shape[1:]) for i in range(shape[0]))


def _exact(sp, value):
    """Return a hyper-parameter as the exact number that the float is."""
    if isinstance(value, float):
        return sp.S(value) if value in (float("inf"), float("-inf")) else sp.Rational(value)
    return value


def _symbol(sp, name, value):
    """Return a positive symbol; a switch, what is switched off, and a class stay as they are."""
    if value is None or isinstance(value, (bool, str, tuple)) or name == "blank":
        return value
    if name == "pos_weight":
        return sp.Integer(1) if value == 1 else sp.Symbol("w_1", positive=True)
    if name == "label_smoothing":
        return sp.Symbol("s", positive=True) if value else sp.Integer(0)
    return sp.Symbol(name, real=True) if name == "alpha" else sp.Symbol(name, positive=True)


def _extra_digits(numbers):
    """Return the digits that 1 + tiny, and 1 + exp(−huge), need beyond those asked for."""
    flat = np.abs(np.concatenate([np.ravel(np.asarray(n, float)) for n in numbers]))
    scales = [abs(math.log10(x)) for x in flat if x > 0]
    largest = max(flat, default=0)
    exponent = 0.9 * largest if largest <= 2e4 else 0  # logits go to 1e4, residuals do not count
    return 30 + int(2 * max(scales, default=0) + exponent)


def _to_mpmath(mpmath, number):
    if np.ndim(number):
        return tuple(_to_mpmath(mpmath, x) for x in number)
    return mpmath.mpf(float(number))
