"""Take the two pictures of README.md from the built book.

Usage, from the project's folder, after the book was built::

    python tools/readme_pictures.py [--site _build/html]

They go to docs/, in light colours and few enough of them that a picture stays small.
"""

from __future__ import annotations

import argparse
import io
import sys
from pathlib import Path

import browser
from bookfiles import ROOT
from PIL import Image
from playwright.sync_api import sync_playwright

TO = ROOT / "docs"
WINDOW = {"width": 1180, "height": 820}
COLOURS = 128
# Picture, page, what it is of, and how many pixels of what stands above that it shows.
PICTURES = [
    ("chapter.png", "losses/squared-and-absolute", "article figure", 300),
    ("exercise.png", "start/how-to-use", ".verdict", 420),
]


def take(page, subject: str, above: int) -> bytes:
    """Return a picture of the window, scrolled to a little above its subject."""
    page.evaluate("() => window.MathJax?.startup?.promise.then(() => 0)")
    page.evaluate("() => document.fonts.ready.then(() => 0)")
    place = page.locator(subject).first.bounding_box()["y"]
    page.evaluate("y => window.scrollTo({ top: y, behavior: 'instant' })", place - above)
    page.wait_for_timeout(300)  # the side bar follows
    return page.screenshot()


def small(picture: bytes) -> Image.Image:
    """Return a picture with few colours, as a page of text has."""
    return Image.open(io.BytesIO(picture)).convert("RGB").quantize(COLOURS)


def main(argv: list[str] | None = None) -> int:
    """Take the pictures, and say how large they became."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--site", type=Path, default=ROOT / "_build" / "html")
    site = parser.parse_args(argv).site.resolve()
    executable = browser.find() or sys.exit(f"readme_pictures: {browser.MISSING}")
    TO.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=executable, args=browser.FLAGS)
        for name, chapter, subject, above in PICTURES:
            page = chromium.new_page(viewport=WINDOW, color_scheme="light")
            page.goto((site / "book" / f"{chapter}.html").as_uri())
            small(take(page, subject, above)).save(TO / name, optimize=True)
            print(f"{TO / name}: {(TO / name).stat().st_size / 1e3:.0f} kB")
        chromium.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
