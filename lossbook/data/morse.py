"""Morse code as sound, made to order: the one speech whose every truth is known."""

import io
import math
import wave
from dataclasses import dataclass

import numpy as np

from ..hyperparameters import require_generator

__all__ = ["MORSE", "MorseClip", "morse_code", "morse_seconds"]

_LETTERS = (
    ".- -... -.-. -.. . ..-. --. .... .. .--- -.- .-.. -- -. --- .--. --.- .-. ... - ..- ...- "
    ".-- -..- -.-- --.."
)
_FIGURES = "----- .---- ..--- ...-- ....- ..... -.... --... ---.. ----."
MORSE = dict(
    zip(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789",
        f"{_LETTERS} {_FIGURES}".split(),
        strict=True,
    )
)

_UNITS = {".": 1, "-": 3}  # how long the key is down, in dots
_LETTER_GAP, _WORD_GAP = 3, 7
_EDGE = 0.006  # seconds in which the tone rises and falls: a sudden one clicks
_MARGIN = 0.3  # seconds before and after the text where the length is free
_FADES = (1.5, 4.0)  # seconds from one fade to the next


@dataclass(frozen=True, eq=False, repr=False)
class MorseClip:
    """A recording of Morse code, and the truth about it.

    Attributes
    ----------
    text : str
        What was sent, in capitals.
    samples : ndarray, shape (n,)
        The sound; the tone at full strength has the amplitude 1.
    rate : int
        Samples a second.
    wpm : float
        Words a minute; this and the next three as given to `morse_code`.
    tone : float
        Hertz.
    snr : float
        Decibels.
    fading : float
        Decibels.
    starts : ndarray, shape (len(text),)
        When each symbol begins, in seconds; of a space, the pause.
    ends : ndarray, shape (len(text),)
        When it ends.
    marks : ndarray, shape (k, 2)
        When the key goes down and up again, in seconds.

    Examples
    --------
    >>> clip = morse_code("SOS", np.random.default_rng(0), wpm=15, snr=10)
    >>> clip.text, clip.marks.shape
    ('SOS', (9, 2))
    """

    text: str
    samples: np.ndarray
    rate: int
    wpm: float
    tone: float
    snr: float
    fading: float
    starts: np.ndarray
    ends: np.ndarray
    marks: np.ndarray

    def __post_init__(self):
        """Make the arrays read-only."""
        for name in ("samples", "starts", "ends", "marks"):
            getattr(self, name).flags.writeable = False

    @property
    def seconds(self) -> float:
        """How long the recording is."""
        return len(self.samples) / self.rate

    def __repr__(self):
        """Name the text and how it was sent."""
        noise = "no noise" if self.snr == math.inf else f"{self.snr:.3g} dB"
        return (
            f"MorseClip({self.text!r}, {self.seconds:.1f} s, {self.wpm:.3g} words a minute, "
            f"{self.tone:.0f} Hz, {noise})"
        )

    def wav(self) -> bytes:
        """Return the sound as a WAV file of 8 bits, at the same loudness whatever the noise."""
        loudness = 30 / max(np.sqrt(np.mean(self.samples**2)), 0.25)
        levels = np.clip(np.rint(128 + loudness * self.samples), 0, 255).astype(np.uint8)
        file = io.BytesIO()
        with wave.open(file, "wb") as sound:
            sound.setnchannels(1)
            sound.setsampwidth(1)
            sound.setframerate(self.rate)
            sound.writeframes(levels.tobytes())
        return file.getvalue()


def morse_seconds(text: str, wpm: float = 20.0) -> float:
    """Return how long a text takes at a speed, sent without a flaw.

    Parameters
    ----------
    text : str
        Letters, digits and single spaces.
    wpm : float, default 20
        Words a minute, of the 50 dots that PARIS takes with the pause after it.

    Examples
    --------
    >>> morse_seconds("PARIS", wpm=20)  # and the 7 dots that part words make up 3 seconds
    2.58
    """
    units = sum(units for units, _, _ in _key(_read(text)))
    return float(units * _dot(wpm))


def morse_code(
    text: str,
    rng: np.random.Generator,
    *,
    wpm: float = 20.0,
    tone: float = 600.0,
    snr: float = math.inf,
    jitter: float = 0.0,
    fading: float = 0.0,
    seconds: float | None = None,
    rate: int = 4000,
) -> MorseClip:
    r"""Return the sound of a text in international Morse code.

    .. math:: x(t) = g(t)\, k(t) \sin(2 \pi f t + \phi) + \sigma\, \varepsilon(t), \qquad
              \text{snr} = 10 \log_{10} \frac{1/2}{\sigma^2}

    The key k is 1 while it is down, for one dot or three; it is up for one dot within a letter,
    three between letters and seven between words.  A dot lasts 1.2 / wpm seconds.

    Parameters
    ----------
    text : str
        Letters, digits and single spaces between words; small letters become capitals.
    rng : numpy.random.Generator
        Draws the phase φ, the noise ε, the timing and the fades.
    wpm : float, default 20
        Speed in words a minute.
    tone : float, default 600
        Frequency f in hertz, below half of `rate`.
    snr : float, default infinity
        Signal-to-noise ratio in decibels: the power of the unfaded tone while the key is down,
        over that of the white noise in the whole band from 0 to half of `rate`.
    jitter : float, default 0
        How uneven the hand is: every duration is multiplied by a lognormal factor, the standard
        deviation of whose logarithm this is.
    fading : float, default 0
        Depth in decibels: the strength g swings between 0 and −fading dB, as a cosine of dB over
        time whose period is drawn from 1.5 to 4 seconds.
    seconds : float, optional
        Length of the recording, in which the text begins anywhere; by default as long as the text,
        and 0.3 seconds on either side.
    rate : int, default 4000
        Samples a second.

    Returns
    -------
    MorseClip

    Raises
    ------
    ValueError
        If the text has a character without code, a number is out of its range, or the text does
        not fit into `seconds`.

    References
    ----------
    Recommendation ITU-R M.1677-1 (2009), *International Morse code*.

    Examples
    --------
    >>> morse_code("SOS", np.random.default_rng(0), wpm=15, snr=10)
    MorseClip('SOS', 2.8 s, 15 words a minute, 600 Hz, 10 dB)
    """
    require_generator(rng)
    text = _read(text)
    _require(tone=tone, rate=rate, jitter=jitter, fading=fading, snr=snr)
    units, down, symbol = (np.array(column) for column in zip(*_key(text), strict=True))
    lengths = units * _dot(wpm) * np.exp(jitter * rng.standard_normal(len(units)))
    begin, total = _place(lengths.sum(), seconds, rng)
    edges = begin + np.append(0, np.cumsum(lengths))
    marks = np.column_stack([edges[:-1], edges[1:]])[down]
    t = np.arange(round(total * rate)) / rate
    sound = _keyed(marks, t, rate) * _strength(t, fading, rng)
    sound *= np.sin(2 * np.pi * tone * t + rng.uniform(0, 2 * np.pi))
    sound += math.sqrt(0.5 * 10 ** (-snr / 10)) * rng.standard_normal(len(t))
    starts, ends = (f(edges, symbol, len(text)) for f in (_starts, _ends))
    how = map(float, (wpm, tone, snr, fading))
    return MorseClip(text, sound, rate, *how, starts, ends, marks)


def _read(text):
    """Return the text in capitals, and refuse what has no code."""
    if not isinstance(text, str):
        raise TypeError(f"text must be a string, got {type(text).__name__}")
    capitals = text.upper()
    for i, character in enumerate(capitals):
        if character not in MORSE and character != " ":
            raise ValueError(
                f"text[{i}] is {character!r}, which has no code here: write letters A to Z, "
                "digits and spaces"
            )
    if capitals != " ".join(capitals.split()) or not capitals:
        raise ValueError(
            f"text is {text!r}: give at least one letter, no space at either end, and single "
            "spaces between words"
        )
    return capitals


def _key(text):
    """Yield what the key does: for how many dots, whether it is down, and for which symbol."""
    for i, character in enumerate(text):
        if character == " ":
            yield _WORD_GAP, False, i
            continue
        for j, mark in enumerate(MORSE[character]):
            if j:
                yield 1, False, i
            yield _UNITS[mark], True, i
        if i + 1 < len(text) and text[i + 1] != " ":
            yield _LETTER_GAP, False, -1


def _dot(wpm):
    """Return the seconds of a dot."""
    if not 0 < wpm < math.inf:
        raise ValueError(f"wpm must be positive and finite, got {wpm!r}: words a minute")
    return 1.2 / wpm


def _require(tone, rate, jitter, fading, snr):
    """Refuse numbers out of their range."""
    if isinstance(rate, bool | str) or rate != int(rate) or rate < 1:
        raise ValueError(f"rate must be a positive whole number of samples a second, got {rate!r}")
    if not 0 < tone < rate / 2:
        raise ValueError(
            f"tone must be between 0 and half of rate, {rate / 2:g} Hz, got {tone!r}: a higher one "
            "would be heard as a lower one"
        )
    for name, value in (("jitter", jitter), ("fading", fading)):
        if not 0 <= value < math.inf:
            raise ValueError(f"{name} must be non-negative and finite, got {value!r}")
    if not snr > -math.inf:
        raise ValueError(f"snr must be a number of decibels, or infinite for no noise, got {snr!r}")


def _place(length, seconds, rng):
    """Return when the text begins, and how long the recording is."""
    if seconds is None:
        return _MARGIN, length + 2 * _MARGIN
    if not length <= seconds < math.inf:
        raise ValueError(
            f"seconds is {seconds!r} but the text takes {length:.2f} s: give more seconds, a "
            "shorter text, or more words a minute"
        )
    return rng.uniform(0, seconds - length), seconds


def _keyed(marks, t, rate):
    """Return 1 where the key is down and 0 elsewhere, with rounded edges."""
    key = np.zeros(len(t))
    for down, up in np.rint(marks * rate).astype(int):
        key[down:up] = 1
    edge = np.hanning(round(_EDGE * rate) + 2)
    return np.convolve(key, edge / edge.sum(), "same")


def _strength(t, fading, rng):
    """Return the amplitude of the tone over time."""
    period, phase = rng.uniform(*_FADES), rng.uniform(0, 2 * np.pi)
    return 10 ** (-fading * (1 + np.cos(2 * np.pi * t / period + phase)) / 40)


def _starts(edges, symbol, n):
    return np.array([edges[:-1][symbol == i][0] for i in range(n)])


def _ends(edges, symbol, n):
    return np.array([edges[1:][symbol == i][-1] for i in range(n)])
