"""Begin a chapter: the sections of STYLE.md in their order, and its line in the contents.

    python tools/new_chapter.py losses/robust "Robust losses"
    python tools/new_chapter.py --exercise          how an exercise with its solution is written

The chapter runs, builds and passes the tests as it comes out; then write it with
``tools/chapter.py pull`` and ``push``.  The part must exist in _toc.yml: its folder is the first
half of the name.
"""

import argparse
import re
import sys
from pathlib import Path

import chapter
from bookfiles import ROOT, toc_files

CHAPTER = """\
# {title}

Which question of a person who works with data does this chapter answer?

```{{code-cell}}
import numpy as np

from lossbook.plotting import use_style

use_style()
```

```{{code-cell}}
---
mystnb:
  image:
    alt: A parabola with its lowest point at a residual of zero.
  figure:
    caption: The one figure that makes the question vivid.
    name: fig-{label}-question
tags: [hide-input]
---
import matplotlib.pyplot as plt

r = np.linspace(-2, 2, 101)
plt.plot(r, r**2)
plt.xlabel("residual r")
plt.show()
```

**After this chapter you can** say in one sentence what it is about.

## Intuition, definition, derivation

From the requirement to the loss, from the loss to its gradient, in SymPy.

## By hand, and with the package

Two or three lines of NumPy, then the package's version, and the check that they agree.

## An experiment

Real data, one figure, one sentence that reads it.

## When it fails

The failure provoked, understood, repaired.

## When to choose it

Choose it when; avoid it when.

**In short.**  Three lines.

## Exercises

Three or more, rising: `python tools/new_chapter.py --exercise` shows how one is written.

{self_test}
## Questions

What people ask that this chapter answers, each with the section that does.

## Where to read on

What to read next, cited from `book/references.bib`.
"""

EXERCISE = """\
```{exercise-start} Twice a number
:label: ex-toy-double
```

Write a function that doubles its argument.  No heading may stand in here.

```{code-cell}
def double(x):
    return ...


check("toy.double", double)
```

```{exercise-end}
```

```{solution-start} ex-toy-double
:class: dropdown
```

```{code-cell}
:jupyter: {source_hidden: true, outputs_hidden: true}

def double(x):
    return 2 * x


check("toy.double", double, record=False)
```

```{solution-end}
```
"""

SELF_TEST = """\
## Self-test

**1.** How many right choices has a question of a self-test?

:::{dropdown} One
:class-body: right
Exactly one, and like every choice it is explained.
:::

:::{dropdown} As many as are true
:class-body: wrong
Of two right choices the reader would open one and go on: ask twice instead.
:::

:::{dropdown} None
:class-body: wrong
A question that cannot be answered teaches only mistrust.
:::
"""


def text(name: str, title: str) -> str:
    """Return the text of a new chapter."""
    label = name.rsplit("/", 1)[-1]
    return CHAPTER.format(title=title, label=label, self_test=SELF_TEST)


def with_entry(toc: str, name: str) -> str:
    """Return the table of contents with the chapter at the end of its part.

    Parameters
    ----------
    toc : str
        The text of _toc.yml; its comments and its form are kept.
    name : str
        ``part/chapter``.

    Raises
    ------
    ValueError
        If the chapter is there already, or no chapter of its part is.
    """
    part = name.split("/", 1)[0]
    if re.search(rf"\bbook/{re.escape(name)}\s*$", toc, re.M):
        raise ValueError(f"_toc.yml has book/{name} already")
    entries = list(re.finditer(rf"^(\s*)- file: book/{re.escape(part)}/\S+[^\n]*\n?", toc, re.M))
    if not entries:
        parts = sorted(set(re.findall(r"book/([\w-]+)/", toc)))
        raise ValueError(f"_toc.yml has no chapter in book/{part}: the parts are {parts}")
    last = entries[-1]
    line = f"{last[1].lstrip(chr(10))}- file: book/{name}\n"
    before = toc[: last.end()]
    return before + ("" if before.endswith("\n") else "\n") + line + toc[last.end() :]


def create(name: str, title: str, root: Path = ROOT) -> Path:
    """Write the chapter and its entry; return the notebook's path."""
    if not re.fullmatch(r"[a-z0-9-]+/[a-z0-9-]+", name):
        raise ValueError(f"{name!r} is not of the form part/chapter, in small letters and hyphens")
    path, toc = root / "book" / f"{name}.ipynb", root / "_toc.yml"
    if path.exists():
        raise ValueError(f"{path} exists already")
    entries = toc.read_text(encoding="utf-8")
    if f"book/{name}" not in toc_files(root):
        entries = with_entry(entries, name)
    chapter.push(path, text(name, title))
    toc.write_text(entries, encoding="utf-8", newline="\n")
    return path


def main(argv: list[str] | None = None) -> int:
    """Run the command line; return the exit code."""
    parser = argparse.ArgumentParser(description="Begin a chapter.")
    parser.add_argument("name", nargs="?", help="part/chapter: losses/robust")
    parser.add_argument("title", nargs="?", help='"Robust losses"')
    parser.add_argument("--exercise", action="store_true", help="show how an exercise is written")
    options = parser.parse_args(argv)
    if options.exercise:
        print(EXERCISE, end="")
        return 0
    if not options.title:
        parser.error("a name and a title are needed")
    try:
        path = create(options.name, options.title)
    except (ValueError, OSError) as error:
        print(error, file=sys.stderr)
        return 1
    print(f"{path.relative_to(ROOT)} is begun; write it with tools/chapter.py pull and push.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
