"""L-BFGS, by SciPy: the method to beat where all data fit into every step."""

from collections.abc import Callable

import numpy as np

from .history import Result, Trace
from .hyperparameters import require_count
from .objectives import as_start, require_value_and_grad

__all__ = ["lbfgs"]


def lbfgs(
    f: Callable[[np.ndarray], tuple[float, np.ndarray]],
    w0: np.ndarray,
    steps: int = 1000,
    *,
    tol: float = 1e-6,
    memory: int = 10,
    keep_path: bool = False,
) -> Result:
    """Minimise a smooth function by L-BFGS: curvature learnt from the last few gradients.

    Parameters
    ----------
    f : callable
        ``f(w) -> (value, gradient)``.
    w0 : array_like, shape (p,)
        Where to start; left as it is.
    steps : int, default 1000
        The largest number of steps; one may evaluate `f` several times.
    tol : float, default 1e-6
        Stop as soon as no entry of the gradient is larger.
    memory : int, default 10
        From how many steps the curvature is learnt.
    keep_path : bool, default False
        Whether to keep the parameters of every step.

    Returns
    -------
    Result

    Raises
    ------
    ImportError
        If SciPy is not installed.
    ValueError
        If `w0` is no flat vector of finite numbers, `steps` or `memory` no positive integer, or a
        gradient of another shape.
    TypeError
        If `f` does not return value and gradient.

    Notes
    -----
    This is ``scipy.optimize.minimize(f, w0, jac=True, method="L-BFGS-B")`` with the tolerance of
    the gradient alone.  SciPy's default stops as soon as the value hardly falls, which may be
    three digits before the minimum.

    References
    ----------
    D. C. Liu and J. Nocedal, "On the limited memory BFGS method for large scale optimization",
    Mathematical Programming 45, 1989.

    Examples
    --------
    >>> valley = lambda w: (float(w[0] ** 2 + 1000 * w[1] ** 2), np.array([2, 2000]) * w)
    >>> result = lbfgs(valley, [1.0, 1.0])
    >>> result.converged, abs(result.w).round(6).tolist()
    (True, [0.0, 0.0])
    """
    try:
        from scipy.optimize import minimize
    except ImportError as error:
        raise ImportError("lbfgs needs SciPy: pip install scipy") from error
    w0 = as_start(w0)
    require_count("steps", steps)
    require_count("memory", memory)
    norms, trace = {}, Trace(keep_path)

    def remembered(w):
        value, grad = require_value_and_grad(f(w), w)
        norms[w.tobytes()] = float(np.linalg.norm(grad))
        return value, grad

    def keep(w, value):
        trace.add(value, norms[w.tobytes()], w)

    keep(w0, remembered(w0)[0])
    end = minimize(
        remembered,
        w0,
        jac=True,
        method="L-BFGS-B",
        callback=lambda intermediate_result: keep(intermediate_result.x, intermediate_result.fun),
        options={"maxiter": steps, "gtol": tol, "ftol": 0.0, "maxcor": memory, "maxfun": 10**9},
    )
    return trace.result(end.x, converged=bool(np.abs(end.jac).max() <= tol))
