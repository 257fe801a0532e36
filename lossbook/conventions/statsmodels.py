"""statsmodels: norms of robust regression, and the families of generalised linear models."""

from functools import partial

from .record import Convention

__all__ = ["CONVENTIONS", "MISSING"]

_statsmodels = partial(Convention, library="statsmodels")


def _norm(loss, made, note="", **more):
    """Describe a norm: `rho` of the residuals, whose derivative is `psi`."""
    norm = f"statsmodels.robust.norms.{made}"
    return _statsmodels(
        loss,
        **{
            "call": f"{norm}.rho(p - y)",
            "gradient": f"{norm}.psi(p - y)",
            "ours": f"lb.{loss}.pointwise(y, p)",
            "order": "residual",
            "reduction": "none",
            "note": note,
            **more,
        },
    )


def _family(loss, call, p="np.exp(p)", factor="2 * ", scale="×2", **more):
    """Describe a family by its deviance: twice what the likelihood lacks to the best one's."""
    return _statsmodels(
        loss,
        call=f"statsmodels.genmod.families.{call}.deviance(y, {p})",
        ours=f"{factor}lb.{loss}.pointwise(y, p).sum()",
        order="truth first",
        scale=scale,
        reduction="sum",
        takes="means",
        **more,
    )


_SCALED = "by default, for residuals divided by their scale"

CONVENTIONS = (
    _norm("HalfSquaredError()", "LeastSquares()"),
    _norm("Huber(2.0)", "HuberT(t=2.0)", f"t = 1.345 {_SCALED}"),
    _norm(
        "Cauchy(4.0)",
        "StudentT(c=2.0, df=4)",
        f"df = 4 and c = 2.3849 {_SCALED}; Cauchy(c √df)",
    ),
    _norm(
        "Hampel(1.0, 2.0, 4.0)",
        "Hampel(a=1.0, b=2.0, c=4.0)",
        f"a = 2 and b = 4 and c = 8 {_SCALED}",
    ),
    _norm("Andrews(1.0)", "AndrewWave(a=1.0)", f"a = 1.339 {_SCALED}"),
    _norm("Tukey(4.0)", "TukeyBiweight(c=4.0)", f"c = 4.685 {_SCALED}"),
    _norm(
        "Expectile(0.9)",
        "MQuantileNorm(0.9, statsmodels.robust.norms.LeastSquares())",
        "residuals are y − p; with another norm in the place of LeastSquares, another M-quantile",
        call="statsmodels.robust.norms.MQuantileNorm"
        "(0.9, statsmodels.robust.norms.LeastSquares()).rho(y - p)",
        gradient="-statsmodels.robust.norms.MQuantileNorm"
        "(0.9, statsmodels.robust.norms.LeastSquares()).psi(y - p)",
        ours="lb.Expectile(0.9).pointwise(y, p) / 2",
        scale="÷2",
    ),
    _family("SquaredError()", "Gaussian()", "p", factor="", scale="same"),
    _family("Poisson()", "Poisson()", data="log means of counts"),
    _family("Gamma()", "Gamma()", data="log means"),
    _family(
        "NegativeBinomial(0.5)",
        "NegativeBinomial(alpha=0.5)",
        note="without alpha it takes 1, and warns",
        data="log means of counts",
    ),
    _family(
        "Tweedie(1.5)",
        "Tweedie(var_power=1.5)",
        note="var_power = 1 by default: Poisson",
        data="log means",
    ),
    _family("Tweedie(3)", "InverseGaussian()", data="log means"),
    _family(
        "BinaryCrossEntropy()",
        "Binomial()",
        "p",
        note="1e-20 is added to every probability",
        data="probabilities",
    ),
)

MISSING = {
    "TrimmedMean": "half the squared error, cut off at a constant: the slope jumps to 0 there",
    "RamsayE": "bounded like Welsch, with an exponential of |r| in the place of r²",
    "TukeyQuartic": "Tukey with a higher power of r/c, and another constant for each",
}
