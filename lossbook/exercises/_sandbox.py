"""Run a reader's function so that nothing it does can harm the session.

The function runs in one daemon thread while the caller waits.  Whatever it raises, prints or
warns about is caught; when time is up it is stopped by raising an exception inside its thread,
again and again, which works in Jupyter's main thread and on Windows, where signals do not.  A
function that swallows every exception, or that sits in a long call to compiled code, is left
behind as a daemon thread: the session goes on, and the verdict says so.

One thing is out of reach: compiled code that never releases the interpreter's lock, such as
``sum(range(10**15))``, stops every thread of the process, this one's caller included.
"""

import contextlib
import io
import re
import textwrap
import threading
import time
import traceback
import warnings
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

_POLL = 0.05  # seconds: on Windows a longer wait could not be interrupted from the keyboard
_PERSISTENCE = 40  # attempts to stop a thread, 25 ms apart
_LONGEST_MESSAGE = 300
_LONGEST_PRINT = 400


@dataclass(frozen=True)
class Failure:
    """An exception, as text: the exception itself would keep the reader's data alive."""

    type: str
    message: str
    line: str  # the reader's line that raised it, where it is known
    calling: bool  # the arguments did not fit: the function's body never ran


@dataclass(frozen=True)
class Outcome:
    """What one call did: a value, or a failure, or no end within the time."""

    value: object = None
    failure: Failure | None = None
    timed_out: bool = False
    abandoned: bool = False
    printed: str = ""
    complaints: tuple[str, ...] = ()  # NumPy's: "divide by zero", "overflow", …
    seconds: float = 0.0


def run(
    function: Callable, inputs: Sequence[tuple], seconds: float, read: Callable
) -> list[Outcome]:
    """Return what ``read(function(*args))`` does for each of the inputs, within ``seconds``.

    Parameters
    ----------
    function : callable
        The reader's.
    inputs : sequence of tuple
        The arguments of each call: copies, since the function may change them.
    seconds : float
        Time allowed for all the calls together.
    read : callable
        Applied to each result, in the same thread: turning an unknown object into numbers runs
        code of that object.

    Returns
    -------
    list of Outcome
        One for each input, up to and including the first that has no value.
    """
    with _quiet() as sink:
        job = _Job(function, inputs, read, sink)
        ended = _finish(job, seconds)
    if job.stopping:
        return [*job.outcomes, Outcome(timed_out=True, abandoned=not ended, printed=sink.text)]
    return job.outcomes


def _finish(job: "_Job", seconds: float) -> bool:
    """Run the job; return False where it could not be stopped."""
    thread = threading.Thread(target=job.run, daemon=True)
    deadline = time.monotonic() + seconds
    try:
        thread.start()
        while not job.done.wait(max(0.0, min(_POLL, deadline - time.monotonic()))):
            if time.monotonic() >= deadline:
                return job.stop(thread)
    except RuntimeError:  # no threads here (Python in the browser): run without a limit
        job.run()
    except BaseException:  # the reader pressed "stop": pass it on, and leave nothing running
        job.stop(thread)
        raise
    return True


class _Job:
    """All calls of one check, and the thread's side of them.

    One thread makes all the calls: on a busy machine, starting one takes longer than a call.
    """

    def __init__(self, function: Callable, inputs: Sequence, read: Callable, sink: "_Sink"):
        self.function, self.inputs, self.read, self.sink = function, inputs, read, sink
        self.outcomes: list[Outcome] = []
        self.complaints: set[str] = set()
        self.stopping = False
        self.done = threading.Event()

    def run(self) -> None:
        # `call` instead of `warn`: nothing is printed, and a loop cannot pile up warnings.
        with np.errstate(divide="call", over="call", invalid="call", call=self._complain):
            for args in self.inputs:
                outcome = self._call(args)
                if self.stopping:
                    return  # and leave the outcomes as they were when time was up
                self.outcomes.append(outcome)
                if outcome.failure is not None:
                    break
        self.done.set()

    def _call(self, args: tuple) -> Outcome:
        self.sink.text = ""
        self.complaints.clear()
        value = failure = None
        start = time.monotonic()
        try:
            value = self.read(self.function(*args))
        except BaseException as error:  # also SystemExit and KeyboardInterrupt raised inside
            if not self.stopping:
                failure = describe(error, self.function)
        return Outcome(
            value,
            failure,
            printed=self.sink.text,
            complaints=tuple(sorted(self.complaints)),
            seconds=time.monotonic() - start,
        )

    def _complain(self, kind: str, _flag: int) -> None:
        self.complaints.add(kind)

    def stop(self, thread: threading.Thread) -> bool:
        """Raise ``SystemExit`` in the thread until it ends; return whether it did.

        ``SystemExit`` because a thread that dies of it does so silently, wherever it strikes.
        """
        import ctypes  # only needed here

        self.stopping = True
        for _ in range(_PERSISTENCE):
            if thread.ident is not None:
                ctypes.pythonapi.PyThreadState_SetAsyncExc(
                    ctypes.c_ulong(thread.ident), ctypes.py_object(SystemExit)
                )
                thread.join(0.025)
            if not thread.is_alive():
                return True
        return False


def describe(error: BaseException, function: Callable) -> Failure:
    """Return the exception as text without addresses; never raises itself."""
    try:
        message = str(error)
    except Exception:
        message = "(its message could not be read)"
    message = re.sub(r" at 0x[0-9a-fA-F]+", "", " ".join(message.split()))
    if len(message) > _LONGEST_MESSAGE:
        message = message[:_LONGEST_MESSAGE] + " …"
    # The traceback's first frame is ours; without a second one the body was never entered.
    inside = error.__traceback__ is not None and error.__traceback__.tb_next is not None
    calling = isinstance(error, TypeError) and not inside and "argument" in message
    return Failure(type(error).__name__, message, _line(error, function), calling)


def _line(error: BaseException, function: Callable) -> str:
    """Return the innermost line of the reader's own file on the way to the error."""
    code = getattr(getattr(function, "func", function), "__code__", None)
    if code is None:
        return ""
    # The innermost frames only: an endless recursion has a thousand.
    frames = traceback.extract_tb(error.__traceback__, limit=-20)
    lines = [frame.line for frame in frames if frame.filename == code.co_filename]
    return textwrap.shorten(lines[-1] or "", 100, placeholder=" …") if lines else ""


class _Sink(io.TextIOBase):
    """Keeps the first few hundred characters that are printed and drops the rest."""

    text = ""

    def write(self, text: str) -> int:
        room = _LONGEST_PRINT - len(self.text)
        if room > 0:
            self.text += text[:room]
        return len(text)


@contextlib.contextmanager
def _quiet() -> Iterator[_Sink]:
    """Catch what is printed and silence warnings, for the whole process, while we wait."""
    sink = _Sink()
    with (
        warnings.catch_warnings(),
        contextlib.redirect_stdout(sink),
        contextlib.redirect_stderr(sink),
    ):
        warnings.simplefilter("ignore")
        yield sink
