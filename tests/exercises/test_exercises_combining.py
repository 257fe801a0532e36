"""What readers answered to the exercises on combined losses, and what is said to them."""

from dataclasses import dataclass

import numpy as np
import pytest
from verdicts import assert_told, verdict

import lossbook as lb
from lossbook.custom import ResidualLoss


def overwritten(g1, g2):
    if g1 @ g2 < 0:
        g1 = g1 - (g1 @ g2) / (g2 @ g2) * g2
        g2 = g2 - (g1 @ g2) / (g1 @ g1) * g1
    return g1 + g2


def with_a_small_number(g1, g2):
    along = min(g1 @ g2, 0)
    return g1 - along / (g2 @ g2) * g2 + g2 - along / (g1 @ g1 + 1e-8) * g1


def of_the_package(g1, g2):
    return lb.project_conflicting(np.array([g1, g2])).sum(axis=0)


@pytest.mark.parametrize(
    ("name", "answer", "says", "silent"),
    [
        ("project", overwritten, "g₁ overwritten", "NaN"),
        ("project", with_a_small_number, "a small number added", "everywhere"),
        ("project", lambda g1, g2: g1 + g2 if g1 @ g2 >= 0 else 0 * g1, "part of each", "Two"),
        ("first_order", lambda g1, g2, lr: [g @ (g1 + g2) for g in (g1, g2)], "missing", "Two"),
        ("first_order", lambda g1, g2, lr: [-0.1 * g @ (g1 + g2) for g in (g1, g2)], "0.1", "Two"),
        ("weights", lambda losses: 1 / 2 * losses, "divides first", "Two"),
        ("compromise", lambda y1, y2, a, b: (a * y1 + b * y2) / (a * b), "a₁ a₂", "Two"),
        ("unit", 16, "too large", "per cent"),
        ("cure", "project", "meets the front", "Choose"),
    ],
)
def test_a_wrong_answer_is_told_what_is_so(name, answer, says, silent):
    assert_told(f"combining.{name}", answer, says, silent)


@pytest.mark.parametrize(
    ("name", "answer"),
    [
        ("project", of_the_package),
        ("first_order", lambda g1, g2, lr: (-lr * g1 @ (g1 + g2), -lr * g2 @ (g1 + g2))),
        ("weights", lambda losses: [0.5 / loss for loss in losses]),
        ("unit", np.float32(1e-4)),
    ],
)
def test_a_right_answer_passes(name, answer):
    found = verdict(f"combining.{name}", answer)
    assert found, found


def test_a_price_is_no_share():
    said = verdict("embeddings.price", 16).message
    assert said.startswith("Too large by a factor of 100.")


def test_the_number_of_inputs_reads_as_a_sentence():
    said = verdict("combining.weights", lambda losses: 1 / (2 * losses)).message
    assert "Tested on 8 arrays of 1 to 5 mean squared errors" in said


# --- a loss of the reader's own ---


class Bill(ResidualLoss):
    """Right, but for the line above the class."""

    short: float
    over: float

    def _value(self, r):
        return np.maximum(self.over * r, -self.short * r)

    def _grad(self, r):
        return np.where(r > 0, self.over, -self.short)

    @staticmethod
    def _formula(sp, r, short, over):
        return sp.Max(over * r, -short * r)

    def _facts(self):
        return {"convex": True, "lipschitz": max(self.short, self.over), "kinks": (0.0,)}


def bill(**functions):
    """Return the right class with other functions."""
    names = {"short": float, "over": float}
    return dataclass(frozen=True)(type("MyBill", (Bill,), {"__annotations__": names, **functions}))


def stating(**claims):
    return bill(_facts=lambda self: Bill._facts(self) | claims)


def misspelt(self):
    return {"konvex": True, "lipschitz": max(self.short, self.over), "kinks": (0.0,)}


def in_numpy(sp, r, short, over):
    return np.maximum(over * r, -short * r)


def single(self, r):
    return Bill._value(self, r).astype(np.float32)


@pytest.mark.parametrize(
    ("answer", "says"),
    [
        (stating(smoothness=0.0), "leave smoothness out"),
        (dataclass(type("MyBill", (Bill,), {"__annotations__": Bill.__annotations__})), "frozen="),
        (bill()(4.0, 1.0), "pass the class, `MyBill`, not an object of it"),
        (bill(_grad=lambda self, r: ...), "`_grad` returns None"),
        (stating(kinks=0.0), "kinks is a tuple of places, such as (0.0,), and not 0.0"),
        (stating(kinks=True), "kinks is a tuple of places, such as (0.0,), and not True"),
        (bill(_formula=staticmethod(in_numpy)), "use sp.Max"),
        (bill(_formula=staticmethod(lambda *args, **fields: None)), "_formula returns None"),
        (Bill, "`@dataclass(frozen=True)` stands above it: it is missing"),
        (bill(_facts=misspelt), "did you mean 'convex'?"),
        (bill(_value=single), "_value rounds"),
    ],
)
def test_a_loss_that_is_not_right_is_told_why(answer, says):
    found = verdict("combining.own_loss", answer)
    assert found.status in ("wrong", "mistake"), found
    assert says in found.message, found


@pytest.mark.parametrize("answer", [bill(), stating(kinks=[0]), stating(choose="costs differ")])
def test_a_right_loss_passes(answer):
    found = verdict("combining.own_loss", answer)
    assert found, found


def test_a_class_of_dots_is_not_an_attempt():
    dots = dict.fromkeys(("_value", "_grad", "_facts"), lambda self, *args: ...)
    found = verdict("combining.own_loss", bill(**dots))
    assert found.status == "open", found
