"""Run the mathematics of the interactive figures in Node."""

import json
import shutil
import subprocess
from pathlib import Path

import numpy as np
import pytest

HERE = Path(__file__).parent
STATIC = HERE.parents[1] / "book/_static/interactive"


@pytest.fixture(scope="session")
def node():
    """The program that runs JavaScript."""
    program = shutil.which("node")
    if program is None:
        pytest.skip("needs Node, which runs the figures' JavaScript: no `node` on the PATH")
    return program


@pytest.fixture(scope="session")
def run(node):
    """A function that hands a request to one of the scripts beside this file."""

    def run(script, names, folder=STATIC, **request):
        request["scripts"] = [str(folder / "core.js")]
        request["scripts"] += [str(folder / f"figures/{name}.js") for name in names]
        done = subprocess.run(
            [node, str(HERE / script)],
            input=json.dumps(request, default=lambda array: np.asarray(array).tolist()),
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    return run


@pytest.fixture
def maths_of(run):
    """A function that returns, for a folder of scripts, its `maths`."""

    def maths_of(folder):
        def evaluate(figure, function, rows):
            figures = [] if figure == "core" else [figure]
            calls = [[figure, function, [list(row) for row in rows]]]
            return run("evaluate.js", figures, folder, calls=calls)[0]

        return evaluate

    return maths_of


@pytest.fixture
def maths(maths_of):
    """A function that evaluates one of a figure's own functions at each row of arguments."""
    return maths_of(STATIC)
