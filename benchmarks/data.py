"""What the losses are measured on: truth and prediction of a given size and precision."""

__all__ = ["binary", "classes", "distributions", "reals", "signs"]


def reals(rng, n, dtype):
    """Return targets and predictions whose residuals are of either sign, small and large."""
    return rng.standard_normal(n).astype(dtype), (2 * rng.standard_normal(n)).astype(dtype)


def binary(rng, n, dtype):
    """Return labels 0/1 and logits."""
    return rng.integers(0, 2, n).astype(dtype), (3 * rng.standard_normal(n)).astype(dtype)


def signs(rng, n, dtype):
    """Return labels −1/+1 and scores."""
    return rng.choice([-1.0, 1.0], n).astype(dtype), (2 * rng.standard_normal(n)).astype(dtype)


def classes(n_classes):
    """Return what draws labels and `n` logits in rows of `n_classes`."""

    def draw(rng, n, dtype):
        rows = max(1, n // n_classes)
        z = 3 * rng.standard_normal((rows, n_classes))
        return rng.integers(0, n_classes, rows), z.astype(dtype)

    return draw


def distributions(n_classes):
    """Return what draws two sets of `n` probabilities in rows of `n_classes`."""

    def draw(rng, n, dtype):
        p = rng.gamma(1.0, size=(2, max(1, n // n_classes), n_classes)) + 1e-3
        return tuple((p / p.sum(axis=2, keepdims=True)).astype(dtype))

    return draw
