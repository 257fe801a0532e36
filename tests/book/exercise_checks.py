"""What exercises and self-tests must be.  Each check returns the list of the problems it found."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from bookfiles import prose
from execute import where
from nbformat import NotebookNode

SHORTEST_EXPLANATION = 20  # characters
FEWEST_CHOICES = 3

_DIRECTIVE = re.compile(
    r"^(?P<fence>`{3,}|:{3,})\{(?P<name>exercise|solution|(?:exercise|solution)-(?:start|end))\}"
    r"[ \t]*(?P<argument>[^\n]*)\n(?P<options>(?:[ \t]*:[\w-]+:[^\n]*\n)*)",
    re.M,
)
# What the first line of a solution may be: it is seen although the cell is folded.
_TELLS_NOTHING = ("#", "def ", "import ", "from ")
_HEADING = re.compile(r"^#{1,6} ", re.M)


@dataclass
class Gate:
    """What stands between ``exercise-start`` and ``exercise-end``, or their like for solutions."""

    kind: str
    label: str
    options: str
    cells: list[NotebookNode] = field(default_factory=list)

    @property
    def checked(self) -> list[str]:
        """The names that its code cells check."""
        return [name for cell in self.cells for name, _ in check_calls(cell.source)]


def check_calls(source: str) -> Iterator[tuple[str, bool]]:
    """Yield the name that each call of ``check`` in a cell checks, and whether it is recorded."""
    code = re.sub(r"^\s*[%!].*$", "", source, flags=re.M)
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Call) and getattr(node.func, "id", None) == "check" and node.args:
            name = getattr(node.args[0], "value", None)
            record = [getattr(k.value, "value", True) for k in node.keywords if k.arg == "record"]
            yield str(name), bool(record[0]) if record else True


def gates(nb: NotebookNode) -> tuple[list[Gate], list[str]]:
    """Find the gated exercises and solutions of a chapter, and what is wrong with the gates."""
    found: list[Gate] = []
    problems: list[str] = []
    inside: Gate | None = None
    for cell in nb.cells:
        place = where(nb, cell)
        if cell.cell_type == "code":
            if inside:
                inside.cells.append(cell)
            elif any(recorded for _, recorded in check_calls(cell.source)):
                # With record=False it is a demonstration of the checker.
                problems.append(f"{place} calls check outside an exercise")
            continue
        at = 0
        for match in _DIRECTIVE.finditer(cell.source):
            problems += _headings(cell.source[at : match.start()], inside, place)
            at = match.end()
            inside, problem = _step(inside, match, found)
            problems += [f"{place}: {problem}"] if problem else []
        problems += _headings(cell.source[at:], inside, place)
    if inside:
        problems.append(f"{inside.kind}-start {inside.label!r} is never closed")
    return found, problems


def _headings(text: str, inside: Gate | None, place: str) -> list[str]:
    wrong = inside and _HEADING.search(text)
    return [f"{place}: a heading inside {inside.kind} {inside.label!r}"] if wrong else []


def _step(inside: Gate | None, match: re.Match, found: list[Gate]) -> tuple[Gate | None, str]:
    """Pass one directive: return the gate that is open after it, and what was wrong."""
    name, argument, options = match["name"], match["argument"].strip(), match["options"]
    if "-" not in name:
        return inside, f"write {{{name}-start}} … {{{name}-end}}, so that code cells fit between"
    kind, end = name.split("-")
    if end == "end":
        closes = inside is not None and inside.kind == kind
        return None, "" if closes else f"{name} closes nothing"
    label = re.search(r":label:\s*(\S+)", options)
    new = Gate(kind, argument if kind == "solution" else label[1] if label else "", options)
    found.append(new)
    return new, f"{name} before {inside.kind} {inside.label!r} is closed" if inside else ""


def exercises(nb: NotebookNode) -> list[str]:
    """Every exercise is labelled, checked, and solved by a folded solution that passes."""
    found, problems = gates(nb)
    solutions = {gate.label: gate for gate in found if gate.kind == "solution"}
    labels = [gate.label for gate in found if gate.kind == "exercise"]
    problems += [f"exercise {x!r} is there twice" for x in {*labels} if labels.count(x) > 1]
    problems += [f"a solution to {x!r}, which is no exercise" for x in solutions if x not in labels]
    for exercise in (gate for gate in found if gate.kind == "exercise"):
        if not exercise.label:
            problems.append("an exercise has no label")
        if not exercise.checked:
            problems.append(f"exercise {exercise.label!r} has no check(…)")
        problems += [
            f"exercise {exercise.label!r}: the placeholder of {name!r} passes"
            for cell in exercise.cells
            for name, _ in check_calls(cell.source)
            if _passed(cell, name)
        ]
        solution = solutions.get(exercise.label)
        problems += _solution(nb, exercise, solution)
    return problems


def _solution(nb: NotebookNode, exercise: Gate, solution: Gate | None) -> Iterator[str]:
    label = exercise.label
    if solution is None:
        yield f"exercise {label!r} has no solution"
        return
    if not re.search(r":class:.*\bdropdown\b", solution.options):
        yield f"the solution of {label!r} is not folded (:class: dropdown)"
    if set(solution.checked) != set(exercise.checked):
        yield f"the solution of {label!r} checks {solution.checked}, not {exercise.checked}"
    for cell in solution.cells:
        jupyter = cell.metadata.get("jupyter", {})
        if not (jupyter.get("source_hidden") and jupyter.get("outputs_hidden")):
            yield f"{where(nb, cell)}: the solution of {label!r} is not folded in JupyterLab"
        if not cell.source.startswith(_TELLS_NOTHING):
            yield (
                f"{where(nb, cell)}: JupyterLab shows the first line of a folded cell: begin the "
                f"solution of {label!r} with '# A solution'"
            )
        for name, recorded in check_calls(cell.source):
            if recorded:
                yield f"the solution of {label!r} counts as the reader's: needs record=False"
            if not _passed(cell, name):
                yield f"the solution of {label!r} does not pass: no '✓ {name}' in its output"


def _passed(cell: NotebookNode, name: str) -> bool:
    """Say whether a cell's stored output shows that the check of `name` passed."""
    texts = [o.get("data", {}).get("text/plain", "") or o.get("text", "") for o in cell.outputs]
    return any(re.search(rf"^✓ {re.escape(name)} ·", text, re.M) for text in texts)


def used_names(nb: NotebookNode) -> set[str]:
    """Return the names of the exercises that a chapter sets."""
    return {name for gate in gates(nb)[0] if gate.kind == "exercise" for name in gate.checked}


def registry_agrees(used: dict[str, set[str]], registered: set[str]) -> list[str]:
    """Every name is registered, and every registered exercise is set in exactly one chapter."""
    problems = [
        f"{chapter} checks {name!r}, which is not registered in lossbook.exercises"
        for chapter, names in used.items()
        for name in sorted(names - registered)
    ]
    for name in sorted(registered):
        chapters = [chapter for chapter, names in used.items() if name in names]
        if len(chapters) != 1:
            problems.append(f"exercise {name!r} is set in {chapters or 'no chapter'}, not in one")
    return problems


@dataclass
class Question:
    """A question of a self-test, with its choices: (text, right or wrong, explanation)."""

    number: int
    choices: list[tuple[str, str, str]] = field(default_factory=list)


def self_test(nb: NotebookNode) -> list[str]:
    """A question has three choices or more, one of them right, and each is explained."""
    text = "\n\n".join(prose(nb))
    if not re.search(r"^## Self-test\s*$", text, re.M):
        return []
    section = re.split(r"^## ", re.split(r"^## Self-test\s*$", text, flags=re.M)[1], flags=re.M)[0]
    questions = _questions(section)
    problems = [p for question in questions for p in _question(question)]
    if [q.number for q in questions] != list(range(1, len(questions) + 1)):
        problems.append(f"self-test: the questions are numbered {[q.number for q in questions]}")
    return problems or ([] if questions else ["self-test without a question (**1.** …)"])


def _questions(section: str) -> list[Question]:
    pattern = re.compile(
        r"^\*\*(?P<number>\d+)\.\*\*|^(?P<fence>:{3,}|`{3,})\{dropdown\}(?P<choice>[^\n]*)\n"
        r"(?P<options>(?::[\w-]+:[^\n]*\n)*)(?P<body>.*?)^(?P=fence)[ \t]*$",
        re.M | re.DOTALL,
    )
    found: list[Question] = []
    for match in pattern.finditer(section):
        if match["number"]:
            found.append(Question(int(match["number"])))
            continue
        if not found:
            found.append(Question(0))  # a choice before any question: the numbering tells
        kind = re.search(r":class-body:\s*(\S+)", match["options"])
        choice = match["choice"].strip(), kind[1] if kind else "", match["body"].strip()
        found[-1].choices.append(choice)
    return found


def _question(question: Question) -> Iterator[str]:
    where = f"self-test, question {question.number}"
    texts, kinds, _ = zip(*question.choices, strict=True) if question.choices else ((), (), ())
    if len(texts) < FEWEST_CHOICES:
        yield f"{where} has {len(texts)} choices, fewer than {FEWEST_CHOICES}"
    if not all(texts) or len({*texts}) != len(texts):
        yield f"{where} has empty or equal choices"
    if not {*kinds} <= {"right", "wrong"}:
        yield f"{where}: the class-body of a choice is right or wrong, not {sorted({*kinds})}"
    if kinds.count("right") != 1:
        yield f"{where} has {kinds.count('right')} right choices, not one"
    for text, _, body in question.choices:
        if len(body) < SHORTEST_EXPLANATION:
            yield f"{where} does not explain the choice {text!r}"
