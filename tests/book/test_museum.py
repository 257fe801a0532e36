"""The bug museum: every room has a piece, a cause, an exercise, and a way out of the table."""

import re

import exercise_checks
import pytest
from bookfiles import ROOT, prose, read

PAGE = ROOT / "book" / "reference" / "bug-museum.ipynb"
FEWEST_ROOMS, LONGEST_PIECE = 15, 20
_ROOM = re.compile(r"^\((museum-[\w-]+)\)=\n## (\d+)\. (.+)$", re.M)


def rooms(cells):
    """Return label and heading of each room, with its cells."""
    found = {}
    for cell in cells:
        heading = cell.cell_type == "markdown" and _ROOM.search(cell.source)
        if heading:
            inside = found[heading[1]] = (int(heading[2]), heading[3], [])
        elif re.search(r"^## ", cell.source, re.M) and cell.cell_type == "markdown":
            inside = None
        if found and inside:
            inside[2].append(cell)
    return found


NOTEBOOK = read(PAGE)
CELLS = NOTEBOOK.cells
ROOMS = rooms(CELLS)
TEXT = "\n\n".join(prose(NOTEBOOK))


def texts(cells):
    return "\n\n".join(cell.source for cell in cells if cell.cell_type == "markdown")


def code(cells):
    return [cell for cell in cells if cell.cell_type == "code"]


def printed(cell):
    return "\n".join(
        o.get("text", "") + o.get("data", {}).get("text/plain", "") for o in cell.outputs
    )


def checked(cell, record):
    return record in [recorded for _, recorded in exercise_checks.check_calls(cell.source)]


def test_the_rooms_are_numbered_from_one_on():
    numbers = [number for number, _, _ in ROOMS.values()]
    assert numbers == list(range(1, len(numbers) + 1))
    assert len(numbers) >= FEWEST_ROOMS


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_has_all_that_belongs_to_it(room):
    _, _, cells = ROOMS[room]
    text = texts(cells)
    order = ["**Think first.**", "{dropdown} Where to look", "{dropdown} Cause", "**Keep.**"]
    places = [text.find(part) for part in order]
    assert -1 not in places
    assert places == sorted(places)
    assert "../" in text.split("**Keep.**")[1] or "{ref}" in text.split("**Keep.**")[1]


@pytest.mark.parametrize("room", ROOMS)
def test_the_piece_runs_and_shows_its_symptom(room):
    before = ROOMS[room][2]
    stop = next(i for i, c in enumerate(before) if "**Think first.**" in texts([c]))
    shown = [printed(cell) for cell in code(before[:stop])]
    assert any(shown)
    assert all(len(c.source.splitlines()) <= LONGEST_PIECE for c in code(before[:stop]))


@pytest.mark.parametrize("room", ROOMS)
def test_the_exercise_holds_the_piece_and_recognises_it(room):
    cells = code(ROOMS[room][2])
    (set_here,) = [cell for cell in cells if checked(cell, record=True)]
    (solved,) = [cell for cell in cells if checked(cell, record=False)]
    assert "Not yet: the museum's piece" in printed(set_here)
    assert re.search(r"^✓ bug_museum\.", printed(solved), re.M)
    definition = set_here.source.split("\n\n\n")[0]
    pieces = [cell.source for cell in cells[: cells.index(set_here)]]
    assert any(source.startswith(definition) for source in pieces)


def test_every_room_is_in_the_table_and_in_the_checklist():
    opening, checklist = TEXT.split("## 1. ")[0], TEXT.split("## Before a long training")[1]
    assert set(re.findall(r"\(#(museum-[\w-]+)\)", opening)) == set(ROOMS)
    assert set(re.findall(r"\(#(museum-[\w-]+)\)", checklist)) == set(ROOMS)
    assert len(re.findall(r"^\d+\. ", checklist, re.M)) == 10


def test_a_link_says_the_number_of_its_room():
    for said, label in re.findall(r"\[(\d+)\]\(#(museum-[\w-]+)\)", TEXT):
        assert ROOMS[label][0] == int(said)


def _guards():
    """Yield the rooms whose last cell is a test of what the reader has repaired."""
    for room, (number, _, cells) in ROOMS.items():
        guard = code(cells)[-1]
        if number <= 9:
            yield pytest.param(code(cells)[:-1], guard, id=room)


@pytest.mark.parametrize(("cells", "guard"), [*_guards()])
def test_the_test_to_keep_fails_on_the_piece_and_passes_on_the_repair(cells, guard):
    piece = [cell for cell in cells if not checked(cell, record=False)]
    for kept, fails in ((piece, True), (cells, False)):
        namespace = {}
        exec(code(CELLS)[0].source, namespace)
        for cell in kept:
            if "hide-input" not in cell.metadata.get("tags", ()):
                exec(cell.source, namespace)
        if fails:
            with pytest.raises(AssertionError), namespace["np"].errstate(all="ignore"):
                exec(guard.source, namespace)
        else:
            exec(guard.source, namespace)
