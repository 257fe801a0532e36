"""Every figure is drawn in the style of the book, and closed."""

import pytest

from lossbook.plotting import use_style

mpl = pytest.importorskip("matplotlib")
mpl.use("agg")


@pytest.fixture(autouse=True)
def _style():
    import matplotlib.pyplot as plt

    with mpl.rc_context():
        use_style()
        yield
        plt.close("all")
