"""The properties that `lossbook.check_loss` examines, one function each.

A property takes a loss and a random generator, and returns whether it holds and
what was seen, None where it does not apply to the loss, or, of a claim that it cannot
examine, the reason.
"""

from . import claims, contract, derivatives, forecasts

__all__ = ["PROPERTIES", "unreadable"]

unreadable = contract.unreadable

PROPERTIES = {
    "values": contract.finite_values,
    "gradient": derivatives.gradient,
    "Hessian": derivatives.hessian,
    "formula": derivatives.formula,
    "mean": contract.mean,
    "weights": contract.weights,
    "card": contract.card,
    "convexity": claims.convexity,
    "Lipschitz constant": claims.lipschitz,
    "smoothness": claims.smoothness,
    "range": claims.value_range,
    "kinks": claims.kinks,
    "estimate": forecasts.estimate,
    "proper": forecasts.proper,
    "calibrated": forecasts.calibrated,
    "proximal operator": claims.proximal,
    "shapes": contract.shapes,
    "bad values": contract.bad_values,
    "float32": contract.precision,
    "extremes": contract.extremes,
}
