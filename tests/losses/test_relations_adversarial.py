"""The players of an adversarial game pull at the same scores, each from its end."""

import numpy as np
import pytest

import lossbook as lb
from lossbook.numerics import sigmoid

Z = np.linspace(-8, 8, 33)
ONE, ZERO = np.ones_like(Z), np.zeros_like(Z)


def test_the_minimax_game_is_zero_sum_on_the_fakes():
    pair = lb.MinimaxGAN()
    np.testing.assert_allclose(
        pair.generator.pointwise(ONE, Z), -pair.discriminator.pointwise(ZERO, Z), rtol=1e-15
    )


def test_both_generators_of_goodfellow_pull_the_same_way_and_only_one_saturates():
    saturating = lb.MinimaxGAN().generator.pointwise_grad(ONE, Z)
    other = lb.NonSaturatingGAN().generator.pointwise_grad(ONE, Z)
    np.testing.assert_allclose(saturating, -sigmoid(Z), rtol=1e-14)
    np.testing.assert_allclose(other, -sigmoid(-Z), rtol=1e-14)


def test_each_side_has_its_own_mean_however_many_samples():
    real, fake = np.zeros(3), np.zeros(1)
    z = 0.0  # where the densities are equal, and the best critic undecided
    _, by_real, by_fake = lb.NonSaturatingGAN().critic(real + z, fake + z)
    assert by_real.sum() + by_fake.sum() == pytest.approx(0, abs=1e-15)


def test_the_hinge_critic_is_the_hinge_with_other_labels():
    y = (np.arange(33) % 2).astype(float)
    critic, hinge = lb.HingeCritic(), lb.Hinge()
    np.testing.assert_array_equal(critic.pointwise(y, Z), hinge.pointwise(2 * y - 1, Z))
    np.testing.assert_array_equal(critic.pointwise_grad(y, Z), hinge.pointwise_grad(2 * y - 1, Z))


def test_the_wasserstein_critic_compares_mean_scores():
    real, fake = np.array([3.0, 5.0, 1.0]), np.array([1.0, 2.0])
    value, by_real, by_fake = lb.WassersteinGAN().critic(real, fake)
    assert value == fake.mean() - real.mean()
    np.testing.assert_array_equal(by_real, -ONE[:3] / 3)
    np.testing.assert_array_equal(by_fake, ONE[:2] / 2)


@pytest.mark.parametrize(
    "pair",
    [
        lb.MinimaxGAN(),
        lb.NonSaturatingGAN(),
        lb.LeastSquaresGAN(),
        lb.HingeGAN(),
        lb.WassersteinGAN(),
    ],
    ids=repr,
)
def test_gradients_belong_to_the_values_and_the_players_disagree(pair):
    real, fake = np.array([0.3, -0.4]), np.array([0.2, -0.1, 0.6])
    _, by_real, by_fake = pair.critic(real, fake)
    _, wanted = pair.generate(fake)
    np.testing.assert_allclose(by_real, lb.gradient(lambda z: pair.critic(z, fake)[0], real))
    np.testing.assert_allclose(by_fake, lb.gradient(lambda z: pair.critic(real, z)[0], fake))
    np.testing.assert_allclose(wanted, lb.gradient(lambda z: pair.generate(z)[0], fake))
    assert (by_real < 0).all()
    assert (wanted < 0).all()
    assert by_fake.sum() > 0


def test_a_penalty_near_its_goal_keeps_its_digits():
    g = np.array([[0.6, 0.8 + 1e-9]])
    short = lb.GradientPenalty().pointwise([1.0], g)[0]
    exact = (0.36 + (0.8 + 1e-9) ** 2 - 1) ** 2 / 4
    assert short == pytest.approx(exact, rel=1e-5)
    assert lb.GradientPenalty()([0.0], [[1e-5, 0.0]]) == pytest.approx(1e-10, rel=1e-15)
