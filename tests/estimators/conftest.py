"""What the tests of the estimators begin with."""

import pytest
from sklearn.preprocessing import StandardScaler
from threadpoolctl import threadpool_limits

import lossbook as lb


@pytest.fixture(scope="module", autouse=True)
def _one_thread():
    """Matrices this small take longer to share than to multiply."""
    with threadpool_limits(1):
        yield


@pytest.fixture(scope="module")
def stackloss():
    data = lb.data.stackloss()
    return data.X, data.y


@pytest.fixture(scope="module")
def cancer():
    data = lb.data.breast_cancer()
    return StandardScaler().fit_transform(data.X), data.y
