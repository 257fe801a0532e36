"""Exercises of the chapter *Where losses come from*."""

import numpy as np

from lossbook.exercises import Exercise, register
from lossbook.exercises._likelihood_mistakes import (
    BERNOULLI,
    GAUSSIAN,
    POISSON,
    POISSON_GRAD,
    SOFTMAX_GRAD,
)
from lossbook.exercises.domains import CERTAIN_PROBABILITIES, CLASS_LOGITS, COUNTS
from lossbook.exercises.kinds import (
    choice,
    gradient_of_mean,
    mean_value,
    number,
    pointwise_gradient,
)

# --- noise to loss ---


def loss_of_the_tent():
    """Return the loss that Laplace noise asks for."""
    return "absolute"


register(
    Exercise(
        "likelihood.laplace",
        kind=choice,
        reference=loss_of_the_tent,
        options=("squared", "absolute", "cross-entropy", "Poisson"),
        title="The loss of noise whose density is proportional to exp(−|r| / b)",
        hints=(
            "Take minus the logarithm of the density. Which part of it contains r?",
            "Minus the logarithm is |r| / b plus a constant; a positive factor moves no minimum.",
        ),
        mistakes={
            "squared": "The squared error comes from exp(−r² / 2σ²), the bell. Here the exponent "
            "has |r|, without a square.",
            "cross-entropy": "Cross-entropies come from labels, where the truth is one of a few "
            "classes. Here the truth is a real number plus noise.",
            "Poisson": "The Poisson loss comes from counts. Here the truth is a real number plus "
            "noise.",
        },
    )
)


def gaussian_nll(y_true, y_pred, sigma):
    """Return the mean of the negative log-density of Gaussian noise."""
    r = y_pred - y_true
    return np.mean(r**2 / (2 * sigma**2) + np.log(sigma) + np.log(2 * np.pi) / 2)


register(
    Exercise(
        "likelihood.gaussian_nll",
        kind=mean_value,
        reference=gaussian_nll,
        params={"sigma": (1.0, 0.1, 20.0)},
        title="The mean negative log-likelihood of Gaussian noise of known width",
        hints=(
            "Minus the logarithm of a product is a sum of three terms: one with the residual, one "
            "with log σ, one with log 2π.",
            "`r**2 / (2 * sigma**2) + np.log(sigma) + np.log(2 * np.pi) / 2`, and then the mean.",
        ),
        mistakes=GAUSSIAN,
    )
)

# --- labels and counts ---


def bernoulli_nll(y_true, p):
    """Return the mean of minus the log-probability of what happened."""
    happened = np.where(y_true == 1, p, 1 - p)
    return -np.mean(np.log(happened))


register(
    Exercise(
        "likelihood.bernoulli_nll",
        kind=mean_value.over(CERTAIN_PROBABILITIES),
        reference=bernoulli_nll,
        title="The mean negative log-likelihood of labels 0 and 1, some predicted with certainty",
        hints=(
            "What probability did the model give to the thing that happened? p where y = 1, "
            "1 − p where y = 0.",
            "Choose first, take the logarithm afterwards: then the logarithm of 0 never meets a "
            "model that is certain and right.",
            "`-np.mean(np.log(np.where(y_true == 1, p, 1 - p)))`",
        ),
        level=2,
        mistakes=BERNOULLI,
    )
)


def poisson_nll(y_true, z):
    """Return the mean Poisson loss with log link, without the constant log y!."""
    return np.mean(np.exp(z) - y_true * z)


register(
    Exercise(
        "likelihood.poisson_nll",
        kind=mean_value.over(COUNTS),
        reference=poisson_nll,
        title="The mean Poisson loss of counts, where z is the logarithm of the predicted mean",
        hints=(
            "The probability of the count y is μ^y e^(−μ) / y!. Take minus the logarithm.",
            "That is μ − y log μ + log y!. The last term does not depend on the prediction; drop "
            "it. And log μ is z.",
        ),
        level=2,
        mistakes=POISSON,
    )
)


def poisson_grad(y_true, z):
    """Return the derivative of the Poisson loss with respect to each z."""
    return np.exp(z) - y_true


register(
    Exercise(
        "likelihood.poisson_grad",
        kind=pointwise_gradient.over(COUNTS),
        reference=poisson_grad,
        title="The derivative of exp(z) − y z with respect to z, one number per sample",
        hints=(
            "The exponential is its own derivative; and y z is linear in z.",
            "Prediction minus truth, once more: the predicted mean is exp(z).",
        ),
        level=2,
        mistakes=POISSON_GRAD,
    )
)

# --- prior to penalty ---


def l2_strength():
    """Return the strength of `lb.L2` beside the mean squared error."""
    n, sigma, tau = 400, 50, 10
    return 2 * sigma**2 / (n * tau**2)


register(
    Exercise(
        "likelihood.l2_strength",
        kind=number,
        reference=l2_strength,
        title="The strength of L2 beside lb.mse, for n = 400, noise σ = 50 and prior τ = 10",
        hints=(
            "Minus the logarithm of the posterior is Σ r² / 2σ² + Σ w² / 2τ². What must you "
            "multiply it by to have the mean of r² in front?",
            "By 2σ²/n. The penalty is then σ²/(nτ²) Σ w²; and lb.L2 multiplies Σ w² by half its "
            "strength.",
        ),
        level=3,
        mistakes={
            0.0625: "That is σ²/(nτ²): right beside the half squared error, whose ½ the penalty "
            "shares. Beside lb.mse, which has none, it is twice that.",
            50.0: "The n is missing. A mean of losses is n times smaller than their sum, and its "
            "penalty must be so too.",
            25.0: "The n and a 2 are missing: this is σ²/τ², the strength beside half the *sum* "
            "of squares. (It is what scikit-learn's Ridge calls alpha.)",
            0.025: "You took σ/τ. The exponents of the two bells have the variances: σ²/τ².",
            0.0002: "You turned the ratio round. A prior that is sure, with a small τ, must "
            "penalise *more*: τ² stands below.",
        },
    )
)

# --- several classes ---


def softmax_cross_entropy_grad(y_true, z):
    """Return the gradient of the mean softmax cross-entropy with respect to the logits."""
    e = np.exp(z - z.max(axis=1, keepdims=True))
    p = e / e.sum(axis=1, keepdims=True)
    p[np.arange(len(z)), y_true] -= 1
    return p / len(z)


register(
    Exercise(
        "likelihood.softmax_grad",
        kind=gradient_of_mean.over(CLASS_LOGITS),
        reference=softmax_cross_entropy_grad,
        title="The gradient of the mean softmax cross-entropy with respect to the logits",
        hints=(
            "Prediction minus truth: the probabilities of a row, minus 1 at the class that "
            "happened.",
            "The mean over n rows divides every entry by n, the number of rows.",
            "exp(1000) is infinite. Subtract the largest logit of each row first; no probability "
            "changes.",
        ),
        level=3,
        mistakes=SOFTMAX_GRAD,
    )
)
