"""JAX: what it has of its own, beside the losses of optax."""

from functools import partial

from .record import Convention

__all__ = ["CONVENTIONS", "MISSING"]

_jax = partial(Convention, library="JAX", order="truth first", reduction="none")

CONVENTIONS = (
    _jax(
        "KLDivergence()",
        call="jax.scipy.special.rel_entr(y, p).sum(axis=1)",
        ours="lb.KLDivergence().pointwise(y, p)",
        takes="probabilities",
        note="y log(y/p), a term for each entry, which may be negative",
        data="distributions",
    ),
    _jax(
        "GeneralizedKL()",
        call="jax.scipy.special.kl_div(y, p)",
        ours="lb.GeneralizedKL().pointwise(y, p)",
        takes="means",
        note="y log(y/p) − y + p; summed over rows that sum to 1 it is KLDivergence",
        data="counts",
    ),
)

MISSING = {}
