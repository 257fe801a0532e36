"""Take pictures of built pages: light and dark, wide window and phone.

Usage, from the project's folder, after the book was built::

    python tools/screenshots.py _build/html/book/intro.html … --to shots

Options choose the modes, the widths, the whole page or its first screens.  Beside the
pictures, every request to another host, every console error and every page that scrolls
sideways is printed, and the exit code is then 1.

It needs Chromium; ``CHROMIUM`` may name the browser's executable.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import browser
from playwright.sync_api import sync_playwright

HEIGHT = 900


def main(argv: list[str] | None = None) -> int:
    """Run the command line; return 1 if any page had a fault."""
    args = _parser().parse_args(argv)
    executable = browser.find() or sys.exit(f"screenshots: {browser.MISSING}")
    args.to.mkdir(parents=True, exist_ok=True)
    faults = []
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=executable, args=browser.FLAGS)
        for mode in args.modes:
            for width in args.widths:
                with chromium.new_context(
                    viewport={"width": width, "height": HEIGHT}, color_scheme=mode
                ) as context:
                    # The theme's own switch wins over the system's setting: set both.
                    context.add_init_script(
                        f"localStorage.setItem('mode', '{mode}');"
                        f"localStorage.setItem('theme', '{mode}');"
                    )
                    for page in args.pages:
                        faults += _shoot(context.new_page(), page, mode, width, args)
        chromium.close()
    print(*faults, sep="\n")
    return int(bool(faults))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("pages", nargs="+", help="built HTML files, or addresses")
    parser.add_argument("--to", type=Path, default=Path("shots"), help="folder for the pictures")
    parser.add_argument("--modes", nargs="+", choices=["light", "dark"], default=["light", "dark"])
    parser.add_argument("--widths", nargs="+", type=int, default=[1280, 390])
    parser.add_argument("--screens", type=int, metavar="N", help="only the first N screens")
    parser.add_argument("--open", action="store_true", help="unfold everything that is folded")
    parser.add_argument("--print", action="store_true", help="also make a PDF, as on paper")
    return parser


def _shoot(page, target: str, mode: str, width: int, args) -> list[str]:
    """Photograph one page; return what was wrong with it."""
    faults: list[str] = []
    address = target if "://" in target else Path(target).resolve().as_uri()
    host = "/".join(address.split("/")[:3])
    page.on("console", lambda m: faults.append(f"console: {m.text}") if m.type == "error" else None)
    page.on("pageerror", lambda error: faults.append(f"script error: {error}"))
    page.on("request", lambda r: _note_foreign(r.url, host, faults))
    page.goto(address, wait_until="load")
    page.evaluate("() => window.MathJax?.startup?.promise")
    if args.open:
        page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
        page.evaluate(
            "document.querySelectorAll('.toggle-hidden .toggle-button').forEach(b => b.click())"
        )
    page.wait_for_timeout(300)
    page.evaluate("() => document.fonts.ready")
    scroll = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    if scroll > 0:
        faults.append(f"the page scrolls sideways by {scroll} px")
    name = f"{Path(target.split('?')[0]).stem}-{mode}-{width}"
    _picture(page, args.to / f"{name}.png", width, args.screens)
    if args.print and mode == "light" and width == max(args.widths):
        page.pdf(path=args.to / f"{name}.pdf", format="A4")
    page.close()
    return [f"{name}: {fault}" for fault in dict.fromkeys(faults)]


def _note_foreign(url: str, host: str, faults: list[str]) -> None:
    if not url.startswith((host, "data:", "blob:")):
        faults.append(f"asks another host: {url}")


def _picture(page, path: Path, width: int, screens: int | None) -> None:
    """Save the whole page, or its first screens one file each."""
    if screens is None:
        page.screenshot(path=path, full_page=True)
        return
    step = HEIGHT - 80  # what the page's fixed header hides is shown again
    end = page.evaluate("document.documentElement.scrollHeight")
    for i in range(min(screens, max(1, -(-(end - 80) // step)))):
        page.evaluate(f"window.scrollTo(0, {i * step})")
        page.wait_for_timeout(100)
        page.screenshot(path=path.with_stem(f"{path.stem}-{i + 1}"))


if __name__ == "__main__":
    sys.exit(main())
