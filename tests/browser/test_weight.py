"""What a reader downloads to see a page, and whether it jumps or complains while that arrives."""

import gzip
import random
from base64 import b64encode
from urllib.parse import unquote, urlsplit

import pytest
import scratch
from built_site import SITE
from test_pages import PAGES

FIRST, LATER = 1_000_000, 150_000  # bytes
JUMP = 0.1  # cumulative layout shift; more than this is not called good

FRONT = PAGES[0]
COMPRESSED = {".woff", ".woff2", ".png", ".jpg"}  # already: no server does it again

_OBSERVE = """
window.jump = 0;
new PerformanceObserver(list => {
  for (const entry of list.getEntries()) window.jump += entry.value;
}).observe({ type: "layout-shift", buffered: true });
"""
_ARRIVED = """() => Promise.all([window.MathJax?.startup?.promise, document.fonts.ready])
  .then(() => new Promise(done => setTimeout(done, 200)))"""


@pytest.fixture(scope="module")
def arrive(browser, served_late, watch):
    """A function that opens a page with nothing kept from before: its weights, jump and faults."""

    def arrive(name, content=None, width=1280):
        with browser.new_context(viewport={"width": width, "height": 900}) as context:
            page, weights = context.new_page(), {}
            complaints = watch(page, served_late)
            page.on("request", lambda asked: weights.update(_weight(asked.url, served_late)))
            if content is not None:
                answer = {"body": content, "content_type": "text/html; charset=utf-8"}
                page.route(served_late + name, lambda route: route.fulfill(**answer))
            page.add_init_script(_OBSERVE)
            html = page.goto(served_late + name).body()
            page.evaluate(_ARRIVED)
            weights[name] = len(gzip.compress(html))
            return weights, page.evaluate("jump"), complaints

    return arrive


def _weight(url, root):
    name = unquote(urlsplit(url).path).lstrip("/")
    file = SITE / name
    if not url.startswith(root) or not file.is_file():
        return {}
    content = file.read_bytes()
    packed = content if file.suffix in COMPRESSED else gzip.compress(content)
    return {name: len(packed)}


def faults(first, later, jump, complaints):
    """Return what is wrong with a page that weighs this much, on a first visit and later."""
    found = [f"first visit: {first} bytes"] if first > FIRST else []
    found += [f"later visit: {later} bytes"] if later > LATER else []
    return found + ([f"jumps: {jump:.3f}"] if jump > JUMP else []) + complaints


@pytest.fixture(scope="module")
def measure(arrive):
    """A function that returns the first visit, one after that of the front page, jump, faults."""
    known, _, _ = arrive(FRONT)

    def measure(name, content=None, width=1280):
        weights, jump, complaints = arrive(name, content, width)
        new = {file: size for file, size in weights.items() if file not in known}
        return sum(weights.values()), sum(new.values()), jump, complaints

    return measure


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_light_and_does_not_jump(measure, name, record_property):
    weight = measure(name)
    record_property("weight", [name, *weight[:3]])
    assert not faults(*weight)


_NOISE = b64encode(random.Random(0).randbytes(600_000)).decode()
_LATE = f"""<p id="late"></p><p>{"Words below. " * 200}</p><script>
requestAnimationFrame(() => setTimeout(() => {{ late.style.height = "300px"; }}, 100));
</script>"""


@pytest.mark.parametrize(
    ("article", "said"),
    [
        (f'<img alt="A." src="data:image/png;base64,{_NOISE}">', ["first visit", "later visit"]),
        (_LATE, ["jumps"]),
        ("<script>console.error('a fault')</script>", ["console"]),
        ("<p>Words.</p>", []),
    ],
    ids=["heavy", "jumping", "complaining", "sound"],
)
def test_a_planted_fault_is_found(measure, article, said):
    found = faults(*measure(scratch.NAME, scratch.page(article)))
    assert [fault.partition(":")[0] for fault in found] == said
