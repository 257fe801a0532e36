"""What the bibliography must be.  Each check returns the list of its problems."""

import re

import chapter_checks
from pybtex.database import parse_string

# What a note says of a work that can be found by its title only.
NO_IDENTIFIER = "no doi known"

WANTED = {
    "author": {"author", "editor"},
    "title": {"title"},
    "year": {"year"},
    "venue": {"journal", "booktitle", "publisher", "institution", "eprint"},
    "DOI, arXiv number, ISBN or address": {"doi", "eprint", "isbn", "url"},
}


def entries(text: str) -> dict[str, dict[str, str]]:
    """Return the fields of each entry of a BibTeX file, by its key."""
    found = parse_string(text, "bibtex").entries
    return {
        key: dict(entry.fields) | {role: str(who) for role, who in entry.persons.items()}
        for key, entry in found.items()
    }


def gaps(key: str, fields: dict[str, str]) -> list[str]:
    """An entry says who, what, when and where, and how to find it, or that this is not known."""
    there = {name for name, value in fields.items() if value.strip()}
    if NO_IDENTIFIER in fields.get("note", "").lower():
        there.add("url")
    return [f"{key} has no {what}" for what, names in WANTED.items() if not names & there]


def malformed(key: str, fields: dict[str, str]) -> list[str]:
    """A DOI, a number of arXiv, a year and pages look like one."""
    forms = {
        "doi": r"10\.\d{4,}/\S+",
        "eprint": r"\d{4}\.\d{4,5}",
        "year": r"1[6-9]\d\d|20\d\d",
        "url": r"https://\S+",
        "pages": r"\w+(--\w+)?",
    }
    return [
        f"{key}: {name} {fields[name]!r} does not look like one"
        for name, form in forms.items()
        if name in fields and not re.fullmatch(form, fields[name])
    ]


def cited(texts: dict[str, str]) -> dict[str, str]:
    """Return the keys that pages cite, with a page that does; the pages by name and text."""
    return {key: page for page, text in texts.items() for key in chapter_checks.cited(text)}


def uncited(texts: dict[str, str], keys: list[str]) -> list[str]:
    """Every entry is cited on a page."""
    return [f"no page cites {key}" for key in keys if key not in cited(texts)]


def unknown(texts: dict[str, str], keys: list[str]) -> list[str]:
    """Every citation has an entry."""
    return [
        f"{page} cites {key!r}, which book/references.bib does not have"
        for key, page in cited(texts).items()
        if key not in keys
    ]
