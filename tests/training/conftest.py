"""What the tests of training begin with."""

import numpy as np
import pytest

from lossbook import data


@pytest.fixture
def rng():
    return np.random.default_rng(0)


@pytest.fixture
def line(rng):
    return data.noisy_line(rng, n=53)
