"""The network: backpropagation against differences, starts, dropout, real digits."""

import numpy as np
import pytest

import lossbook as lb
from lossbook.models.activations import ACTIVATIONS

NETWORKS = [
    lb.MLP(3, (), 2),
    lb.MLP(3, (4,), 1, "tanh"),
    lb.MLP(3, (4, 5), 2, "gelu"),
    lb.MLP(3, (4, 2, 3), 3, "sigmoid"),
    lb.MLP(3, (6, 6), 2, "relu"),
    lb.MLP(3, 4, 2, "identity"),
]
each_network = pytest.mark.parametrize("model", NETWORKS, ids=repr)


def slopes(f, w, h=1e-6):
    """Return central differences with a step too short to cross a kink."""
    return np.array([(f(w + e) - f(w - e)) / (2 * h) for e in h * np.eye(w.size)])


@each_network
def test_backpropagation_is_the_derivative(model, rng):
    w = model.init(rng, scale=0.7) + 0.1 * rng.normal(size=model.n_params)
    X = rng.normal(size=(7, 3))
    d = rng.normal(size=model.predict(w, X).shape)
    np.testing.assert_allclose(
        model.backward(w, X, d),
        slopes(lambda u: float(np.sum(d * model.predict(u, X))), w),
        atol=1e-7,
    )


def test_dropout_is_differentiated_with_the_units_it_left(rng):
    model = lb.MLP(3, (8,), 2, "tanh", dropout=0.5)
    w, X = model.init(rng), rng.normal(size=(5, 3))
    d = rng.normal(size=(5, 2))

    def drawn(u):
        return model.forward(u, X, np.random.default_rng(1))

    exact = slopes(lambda u: float(np.sum(d * drawn(u)[0])), w)
    np.testing.assert_allclose(drawn(w)[1](d), exact, atol=1e-7)


def test_dropout_changes_nothing_on_average(rng):
    model = lb.MLP(2, (50,), 1, "relu", dropout=0.3)
    w, X = model.init(rng), np.ones((1, 2))
    draws = [model.forward(w, X, rng)[0][0] for _ in range(4000)]
    standard_error = np.std(draws) / np.sqrt(4000)
    assert abs(np.mean(draws) - model.predict(w, X)[0]) < 4 * standard_error
    assert np.std(draws) > 0.1


def test_by_hand(rng):
    model = lb.MLP(2, (3,), 2, "tanh")
    w, X = rng.normal(size=model.n_params), rng.normal(size=(4, 2))
    (w1, w2), (b1, b2) = model.view(w)
    np.testing.assert_allclose(model.predict(w, X), np.tanh(X @ w1 + b1) @ w2 + b2)
    np.testing.assert_allclose(model.layers(w, X)[0], np.tanh(X @ w1 + b1))


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_activations_have_their_slope_and_survive_extremes(name):
    z = np.array([-3.0, -0.4, 0.3, 2.0])
    slope = [lb.derivative(lambda u: float(ACTIVATIONS[name](np.array(u))[0]), x) for x in z]
    np.testing.assert_allclose(ACTIVATIONS[name](z)[1], slope, rtol=1e-6)
    value, slope = ACTIVATIONS[name](np.array([-1e3, 1e3]))
    assert np.isfinite(value).all()
    assert np.isfinite(slope).all()


def test_gelu_is_torchs():
    """x Φ(x) at a few points, to fifteen digits, from mpmath."""
    mpmath = pytest.importorskip("mpmath")
    for x in (-8.0, -1.0, -0.1, 0.5, 3.0):
        exact = float(x * mpmath.ncdf(x))
        assert ACTIVATIONS["gelu"](np.array(x))[0] == pytest.approx(exact, rel=1e-13)


@each_network
def test_every_parameter_is_in_one_view_and_weights_come_first(model):
    w = np.zeros(model.n_params)
    weights, biases = model.view(w)
    for part in (*weights, *biases):
        part += 1
    assert (w == 1).all()
    for part in weights:
        part[:] = 5
    assert (w[model.penalised] == 5).all()
    assert (w == 5).sum() == model.penalised.stop


@pytest.mark.parametrize(
    ("activation", "scale"),
    [("relu", None), ("relu", "he"), ("tanh", "lecun"), ("relu", "orthogonal")],
)
def test_signals_keep_their_size_from_layer_to_layer(rng, activation, scale):
    model = lb.MLP(256, (256,) * 8, 1, activation)
    layers = model.layers(model.init(rng, scale), 0.1 * rng.normal(size=(200, 256)))
    powers = [np.mean(np.square(layer)) for layer in layers]
    assert 0.3 < powers[-1] / powers[0] < 3


def test_a_bad_scale_vanishes_or_explodes(rng):
    model = lb.MLP(256, (256,) * 8, 1, "relu")
    X = rng.normal(size=(50, 256))
    small, large = (np.std(model.layers(model.init(rng, s), X)[-1]) for s in (0.02, 0.2))
    assert small < 1e-3
    assert large > 1e2


def test_orthogonal_weights_are_orthogonal(rng):
    first = lb.MLP(6, (4,), 3, "tanh")
    W = first.view(first.init(rng, "orthogonal")).weights[0]
    np.testing.assert_allclose(W.T @ W, np.eye(4), atol=1e-12)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((0, (3,)), "n_features must be a positive integer"),
        ((3, (0,)), r"hidden must name a positive number of units .* got \(0,\)"),
        ((3, (2.5,)), "hidden must name"),
        ((3, (3,), 0), "n_outputs must be a positive integer"),
        ((3, (3,), 1, "relu6"), "activation must be one of gelu, identity, relu, sigmoid, tanh"),
        ((3, (3,), 1, "relu", 1.0), r"dropout must be in \[0, 1\)"),
    ],
)
def test_bad_arguments_are_named(arguments, message):
    with pytest.raises(ValueError, match=message):
        lb.MLP(*arguments)


def test_a_start_without_chance_is_refused():
    with pytest.raises(ValueError, match="must start unlike each other"):
        lb.MLP(3, (4,)).init()
    with pytest.raises(ValueError, match="one of he, glorot, lecun, orthogonal, got 'xavier'"):
        lb.MLP(3, (4,)).init(np.random.default_rng(0), "xavier")
    with pytest.raises(ValueError, match="draws at random in training"):
        lb.fit(
            lb.MLP(1, (4,), dropout=0.5),
            lb.mse,
            (np.ones((3, 1)), np.ones(3)),
            lb.Adam(),
            epochs=1,
            w0=np.zeros(13),
        )


def test_digits_are_read_with_97_percent(rng):
    train, test = lb.data.digits().split(0.25, rng)
    model = lb.MLP(64, (64,), 10, dropout=0.2)
    epochs, n = 40, len(train.y)
    history = lb.fit(
        model,
        lb.SoftmaxCrossEntropy(),
        (train.X / 16, train.y),
        lb.AdamW(lb.one_cycle(0.01, epochs * -(-n // 32)), weight_decay=0.01),
        epochs=epochs,
        batch_size=32,
        rng=rng,
    )
    accuracy = np.mean(model.predict(history.w, test.X / 16).argmax(axis=1) == test.y)
    assert accuracy >= 0.97
