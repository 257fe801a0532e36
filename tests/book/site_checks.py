"""What every page of the built site must be.  Each check returns the list of its problems."""

import re
from collections import Counter
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

# Which attributes make a browser fetch something by itself, when it opens the page.
_FETCHED = {
    **dict.fromkeys(("script", "img", "iframe", "source", "video", "audio", "embed"), "src"),
    **{"object": "data", "use": "href", "image": "href"},
}
_FETCHED_RELATIONS = {
    *("stylesheet", "preload", "modulepreload", "icon", "manifest"),
    *("preconnect", "dns-prefetch", "prefetch"),
}
_CSS_URL = re.compile(r"""(?:url\(|@import)\s*["']?\s*((?:https?:)?//[^"')\s;]+)""")
_SCRIPT_HOST = re.compile(r"""https?://[\w.-]*(?:cdn|unpkg|jsdelivr|googleapis|gstatic)[\w./@-]*""")


@dataclass
class Page:
    """A page: the ids it has, what it links to, what it loads, its headings and images."""

    path: Path
    ids: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    loads: list[str] = field(default_factory=list)
    images: list[dict[str, str | None]] = field(default_factory=list)
    headings: int = 0
    forwards: bool = False


class _Reader(HTMLParser):
    def __init__(self, page: Page) -> None:
        super().__init__()
        self.page = page
        self.raw = ""  # the element whose text is a script or a style, not prose
        self.print_depth = 0  # in how many <div> of the heading that only paper shows

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        page, a = self.page, dict(attrs)
        self.raw = tag if tag in ("script", "style") else ""
        page.ids += [a["id"]] if a.get("id") else []
        if tag == "div" and (self.print_depth or "onlyprint" in (a.get("class") or "").split()):
            self.print_depth += 1
        page.headings += tag == "h1" and not self.print_depth
        if tag == "img":
            page.images.append(a)
        if tag in ("a", "link") and a.get("href"):
            page.links.append(a["href"])
        if tag == "link" and _FETCHED_RELATIONS & set((a.get("rel") or "").split()):
            page.loads.append(a.get("href") or "")
        if tag in _FETCHED and a.get(_FETCHED[tag]):
            page.loads.append(a[_FETCHED[tag]])
        page.loads += [part.split()[0] for part in (a.get("srcset") or "").split(",") if part]
        page.loads += _CSS_URL.findall(a.get("style") or "")
        if tag == "meta" and (a.get("http-equiv") or "").lower() == "refresh":
            page.forwards = True
            page.links.append((a.get("content") or "").partition("url=")[2])

    def handle_data(self, data: str) -> None:
        if self.raw == "style":
            self.page.loads += _CSS_URL.findall(data)
        elif self.raw == "script":
            self.page.loads += _SCRIPT_HOST.findall(data)

    def handle_endtag(self, tag: str) -> None:
        self.raw = ""
        if tag == "div" and self.print_depth:
            self.print_depth -= 1


def read_page(path: Path, text: str | None = None) -> Page:
    """Read an HTML page from its file, or from the text given."""
    page = Page(path)
    reader = _Reader(page)
    reader.feed(path.read_text(encoding="utf-8") if text is None else text)
    reader.close()
    return page


def repeated_ids(page: Page) -> list[str]:
    """An id names one element of its page."""
    return [f"id {name!r} is there {n} times" for name, n in Counter(page.ids).items() if n > 1]


def missing_alt(page: Page) -> list[str]:
    """Every image says in words what it shows; an empty text marks a decoration, outside prose."""
    return [
        f"<img src={a.get('src')!r}> has no alt text"
        for a in page.images
        if "alt" not in a or ("_images/" in (a.get("src") or "") and not (a["alt"] or "").strip())
    ]


def one_title(page: Page) -> list[str]:
    """A page has one title, unless it only forwards to another."""
    return [] if page.forwards or page.headings == 1 else [f"{page.headings} <h1>, not one"]


def remote_loads(page: Page) -> list[str]:
    """Opening the page asks no other host for anything."""
    return [f"loads {url}" for url in page.loads if is_remote(url)]


def remote_css(text: str) -> list[str]:
    """A style sheet loads neither font nor image nor style from another host."""
    return [f"loads {url}" for url in _CSS_URL.findall(text)]


def broken_links(page: Page, pages: dict[Path, Page], root: Path) -> list[str]:
    """Every link inside the site leads to a file that is there, and every anchor to an id."""
    problems = []
    for link in dict.fromkeys([*page.links, *page.loads]):
        url = urlsplit(link)
        if url.scheme or url.netloc:
            continue
        target = page.path
        if url.path:
            base = root if url.path.startswith("/") else page.path.parent
            target = (base / unquote(url.path).lstrip("/")).resolve()
        if not target.is_file():
            problems.append(f"{link} leads to no file")
            continue
        if url.fragment and target in pages and unquote(url.fragment) not in pages[target].ids:
            problems.append(f"{link} leads to no anchor of that page")
    return problems


def is_remote(url: str) -> bool:
    """Say whether a URL names another host."""
    return urlsplit(url).netloc != "" or url.startswith(("http:", "https:"))
