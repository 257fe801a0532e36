"""What an answer is told, for the tests of exercises."""

from lossbook.exercises import Verdict, check


def verdict(name: str, answer: object, **options) -> Verdict:
    """Return what is said to an answer; nothing is recorded."""
    return check(name, answer, record=False, **options)


def assert_told(name: str, answer: object, says: str, silent: str = "\0") -> None:
    """A wrong answer is tried, refused and told `says`, and not told `silent`."""
    found = verdict(name, answer)
    assert found.attempted, found
    assert not found, found
    text = f"{found.mistake}\n{found.message}"
    assert says in text, found
    assert silent not in text, found
