"""A browser, and the built site in it: from a disk and from a server."""

import re
import sys
import time
from contextlib import contextmanager
from functools import cache, partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import browser as chromium
import pytest
from built_site import SITE, built_site

sys.path.insert(0, str(Path(__file__).parent))


def pytest_configure(config):
    """Build the book before the workers start."""
    if config.getoption("--browser") and not hasattr(config, "workerinput"):
        built_site()


def pytest_terminal_summary(terminalreporter):
    """Print the heaviest pages, as test_weight.py has found them."""
    reports = terminalreporter.stats.get("passed", []) + terminalreporter.stats.get("failed", [])
    weights = [value for r in reports for key, value in r.user_properties if key == "weight"]
    if weights:
        terminalreporter.section("heaviest pages")
        terminalreporter.write_line("first visit   later visit   jump   page")
    for name, first, later, jump in sorted(weights, key=lambda row: -row[1])[:8]:
        line = f"{first / 1e3:8.0f} kB {later / 1e3:10.0f} kB  {jump:.3f}   {name}"
        terminalreporter.write_line(line)


_READY = """() => Promise.all([window.MathJax?.startup?.promise, document.fonts.ready])
  .then(() => 0)"""


@pytest.fixture(scope="session", autouse=True)
def _asked_for(request):
    if not request.config.getoption("--browser"):
        pytest.skip("needs --browser, as in `make test-browser`")


@pytest.fixture(scope="session")
def browser(_asked_for):
    """A running Chromium."""
    from playwright.sync_api import sync_playwright

    executable = chromium.find()
    assert executable, chromium.MISSING
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=executable, args=chromium.FLAGS)
        yield running
        running.close()


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_):
        pass


class _Late(_Quiet):
    """As on a slow line: the text is seen before its formulas and pictures."""

    def do_GET(self):
        if re.search("/mathjax/|/_images/", self.path):
            time.sleep(0.4)
        super().do_GET()


@contextmanager
def _serve(handler):
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(handler, directory=SITE))
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="session")
def served(_asked_for):
    """The address at which this machine serves the site."""
    with _serve(_Quiet) as address:
        yield address


@pytest.fixture(scope="session")
def served_late(_asked_for):
    """The address at which formulas and pictures arrive late."""
    with _serve(_Late) as address:
        yield address


@pytest.fixture(scope="session")
def context(browser):
    """A function that returns the browser as one reader has it; what was loaded is kept."""

    @cache
    def context(mode, width, script):
        return browser.new_context(
            viewport={"width": width, "height": 900},
            color_scheme=mode,
            reduced_motion="reduce",
            java_script_enabled=script,
        )

    return context


@pytest.fixture(scope="session")
def watch():
    """A function that returns the list of what a page complains of, or asks of others than root."""

    def watch(page, root):
        faults = []

        def console(message):
            if message.type in ("error", "warning"):
                faults.append(f"console: {message.text}")

        def request(asked):
            if not asked.url.startswith((root, "data:", "blob:")):
                faults.append(f"asks another host: {asked.url}")

        page.on("console", console)
        page.on("pageerror", lambda error: faults.append(f"script: {error}"))
        page.on("request", request)
        return faults

    return watch


@pytest.fixture
def visit(context, served, watch):
    """A function that opens a page of the site, or `content` in its place, until the test ends.

    The page has a list `faults`: what the console complained of and what was asked of others.
    """
    pages = []

    def visit(name, mode="light", width=1280, *, disk=False, script=True, content=None):
        root = f"{SITE.as_uri()}/" if disk else served
        page = context(mode, width, script).new_page()
        pages.append(page)
        if content is not None:
            answer = {"body": content, "content_type": "text/html; charset=utf-8"}
            page.route(root + name, lambda route: route.fulfill(**answer))
        page.faults = watch(page, root)
        page.goto(root + name)
        if script:
            page.evaluate(_READY)
        return page

    yield visit
    for page in pages:
        page.close()
