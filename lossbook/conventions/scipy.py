"""SciPy: special functions of residuals, robust least squares, distances of distributions."""

from functools import partial

from .record import Convention

__all__ = ["CONVENTIONS", "MISSING"]

_scipy = partial(Convention, library="SciPy")


def _fitted(loss, name, note):
    """Describe a loss of `least_squares`, whose cost at the start is that of no step at all."""
    start = (
        f"scipy.optimize.least_squares(lambda x: x - y, p, jac=lambda x: np.eye(len(x)), "
        f"loss={name!r}, f_scale=2.0, max_nfev=1)"
    )
    return _scipy(
        loss,
        call=f"{start}.cost",
        gradient=f"{start}.grad",
        ours=f"lb.{loss}.pointwise(y, p).sum()",
        order="residual",
        reduction="sum",
        note=note,
    )


def _distributions(loss, call, **more):
    """Describe a function of two rows of probabilities, the truth first."""
    return _scipy(
        loss,
        **{
            "call": call,
            "ours": f"lb.{loss}.pointwise(y, p)",
            "order": "truth first",
            "reduction": "none",
            "takes": "probabilities",
            "data": "distributions",
            **more,
        },
    )


CONVENTIONS = (
    _scipy(
        "Huber(2.0)",
        call="scipy.special.huber(2.0, p - y)",
        ours="lb.Huber(2.0).pointwise(y, p)",
        order="residual",
        reduction="none",
        note="the threshold comes first and has no default",
    ),
    _scipy(
        "PseudoHuber(2.0)",
        call="scipy.special.pseudo_huber(2.0, p - y)",
        ours="lb.PseudoHuber(2.0).pointwise(y, p)",
        order="residual",
        reduction="none",
        note="the threshold comes first and has no default",
    ),
    _fitted(
        "HalfSquaredError()", "linear", "the default; rho(z) = z of the squared residual z, halved"
    ),
    _fitted("Huber(2.0)", "huber", "f_scale is δ, 1 by default"),
    _fitted("PseudoHuber(2.0)", "soft_l1", "f_scale is δ, 1 by default"),
    _fitted("Cauchy(2.0)", "cauchy", "f_scale is c, 1 by default"),
    _scipy(
        "SquaredError()",
        call="scipy.spatial.distance.sqeuclidean(y, p)",
        ours="lb.SquaredError().pointwise(y, p).sum()",
        order="truth first",
        reduction="sum",
        note="symmetric",
    ),
    _scipy(
        "AbsoluteError()",
        call="scipy.spatial.distance.cityblock(y, p)",
        ours="lb.AbsoluteError().pointwise(y, p).sum()",
        order="truth first",
        reduction="sum",
        note="symmetric",
    ),
    _distributions(
        "KLDivergence()",
        "scipy.special.rel_entr(y, p).sum(axis=1)",
        note="y log(y/p), a term for each entry, which may be negative",
    ),
    _scipy(
        "CosineDistance()",
        call="[scipy.spatial.distance.cosine(a, b) for a, b in zip(y, p)]",
        ours="lb.CosineDistance().pointwise(y, p)",
        order="truth first",
        reduction="none",
        takes="vectors",
        note="symmetric; two vectors at a time",
        data="matrices",
    ),
    _scipy(
        "GaussianNLL(full=True)",
        call="-scipy.stats.norm.logpdf(y, p[:, 0], np.exp(p[:, 1] / 2))",
        ours="lb.GaussianNLL(full=True).pointwise(y, p)",
        order="truth first",
        reduction="none",
        takes="mean and scale",
        note="the standard deviation, not the variance",
        data="mean and log variance",
    ),
    _scipy(
        "LaplaceNLL(full=True)",
        call="-scipy.stats.laplace.logpdf(y, p[:, 0], np.exp(p[:, 1]))",
        ours="lb.LaplaceNLL(full=True).pointwise(y, p)",
        order="truth first",
        reduction="none",
        takes="mean and scale",
        data="mean and log variance",
    ),
    _scipy(
        "GeneralizedKL()",
        call="scipy.special.kl_div(y, p)",
        ours="lb.GeneralizedKL().pointwise(y, p)",
        order="truth first",
        reduction="none",
        takes="means",
        note="y log(y/p) − y + p; summed over rows that sum to 1 it is KLDivergence",
        data="counts",
    ),
    _distributions(
        "KLDivergence()",
        "scipy.stats.entropy(y, p, axis=1)",
        note="divides each row by its sum; along the first axis by default",
    ),
    _distributions(
        "ReverseKL()",
        "scipy.stats.entropy(p, y, axis=1)",
        order="prediction first",
        note="the same function, with the two exchanged",
    ),
    _distributions(
        "ChiSquared()",
        "scipy.stats.chisquare(y, p, axis=1).statistic",
        note="observed, then expected; both with the same sum, usually the number of samples",
    ),
    _distributions(
        "TotalVariation()",
        "[scipy.spatial.distance.cityblock(a, b) for a, b in zip(y, p)]",
        ours="2 * lb.TotalVariation().pointwise(y, p)",
        scale="×2",
        note="the sum of the absolute differences; symmetric",
    ),
    _distributions(
        "JensenShannon()",
        "scipy.spatial.distance.jensenshannon(y, p, axis=1)",
        ours="np.sqrt(lb.JensenShannon().pointwise(y, p))",
        scale="√",
        note="the distance, root of the divergence; along the first axis by default",
    ),
    _distributions(
        "Wasserstein1D((0, 1, 2, 3))",
        "[scipy.stats.wasserstein_distance(range(4), range(4), a, b) for a, b in zip(y, p)]",
        note="takes the positions, then the two rows of weights, which default to equal ones",
    ),
    _distributions(
        "Cramer((0, 1, 2, 3))",
        "[scipy.stats.energy_distance(range(4), range(4), a, b) for a, b in zip(y, p)]",
        ours="np.sqrt(2 * lb.Cramer((0, 1, 2, 3)).pointwise(y, p))",
        scale="√(2×)",
        note="takes the positions, then the two rows of weights",
    ),
)

MISSING = {
    "arctan": "least_squares(loss='arctan'): bounded like Geman–McClure, and seldom used elsewhere",
}
