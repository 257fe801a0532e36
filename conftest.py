"""For every test: the tools can be imported, and notebooks are compared as a reader sees them."""

import os
import sys
import tempfile
from pathlib import Path
from unittest import mock

import pytest

ROOT = Path(__file__).parent
sys.path[:0] = [str(ROOT / "tools"), str(ROOT / "tests" / "book")]

collect_ignore_glob = ["*/conftest.py"]  # no doctests there, and all have one name


def pytest_addoption(parser):
    """Add the options that `make` sets."""
    parser.addoption(
        "--figures", action="store_true", help="with --nbval: compare figures, as drawings"
    )
    parser.addoption(
        "--frameworks", action="store_true", help="PyTorch, Keras, optax and JAX have to be there"
    )
    parser.addoption(
        "--portable", action="store_true", help="run chapters as on a processor without AVX-512"
    )
    parser.addoption("--browser", action="store_true", help="the built book in Chromium")


def pytest_collection_finish(session):
    """Neither read nor write the progress of whoever runs the tests, in any kernel."""
    data = tempfile.TemporaryDirectory()
    session.config.add_cleanup(data.cleanup)
    os.environ["LOSSBOOK_DATA"] = data.name


@pytest.hookimpl(wrapper=True)
def pytest_runtest_setup(item):
    """Start the kernels of chapters, and no other process, as on an older processor if asked."""
    if not (hasattr(item.parent, "nb") and item.config.getoption("--portable")):
        return (yield)  # not even an empty patch: it would undo what a fixture sets
    import execute

    with mock.patch.dict(os.environ, execute.OLDER_PROCESSOR):
        return (yield)


def pytest_collectstart(collector):
    """Let nbval pass over the bytes of an SVG, which depend on the processor's last digits."""
    if hasattr(collector, "skip_compare"):
        collector.skip_compare += ("image/svg+xml",)


def pytest_collection_modifyitems(items):
    """Let nbval pass over the chapters of another environment."""
    for item in items:
        nb = getattr(item.parent, "nb", None)
        if nb is not None:
            import bookfiles

            if bookfiles.kernel(nb) != "python3":
                reason = "runs in .venv-frameworks, in `make test-frameworks`"
                item.add_marker(pytest.mark.skip(reason=reason))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item):
    """Compare the figures of a chapter's cell once nbval has run it."""
    result = yield
    outputs = getattr(item, "test_outputs", None)
    if outputs and item.config.getoption("--figures"):
        import figures

        pairs = zip(_drawings(item.cell.outputs), _drawings(outputs), strict=True)
        shapes = item.config.getoption("--portable")
        problems = [line for old, new in pairs for line in figures.differences(old, new, shapes)]
        if problems:
            pytest.fail("the figure changed:\n" + "\n".join(problems[:10]), pytrace=False)
    return result


def _drawings(outputs):
    kind = "image/svg+xml"
    return [output["data"][kind] for output in outputs if kind in output.get("data", {})]
