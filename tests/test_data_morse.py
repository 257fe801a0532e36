"""Morse code as sound: the code, the timing, the noise and the truth that comes with it."""

import io
import wave

import numpy as np
import pytest

from lossbook.data import MORSE, morse_code, morse_seconds


def draw(text="SOS", seed=0, **settings):
    return morse_code(text, np.random.default_rng(seed), **settings)


def test_every_code_is_another():
    assert len(MORSE) == 36
    assert len(set(MORSE.values())) == 36
    assert set("".join(MORSE.values())) == {".", "-"}


def test_the_code_is_the_one_people_know():
    assert (MORSE["S"], MORSE["O"], MORSE["E"], MORSE["Q"]) == ("...", "---", ".", "--.-")
    assert (MORSE["0"], MORSE["1"], MORSE["5"]) == ("-----", ".----", ".....")


def test_paris_and_the_pause_after_it_are_fifty_dots():
    assert morse_seconds("PARIS PARIS", 20) - morse_seconds("PARIS", 20) == pytest.approx(50 * 0.06)


def test_the_key_follows_the_code():
    clip = draw("AN E", wpm=12)  # a dot is 0.1 s
    lengths = np.diff(clip.marks).ravel()
    np.testing.assert_allclose(lengths, [0.1, 0.3, 0.3, 0.1, 0.1])
    pauses = clip.marks[1:, 0] - clip.marks[:-1, 1]
    np.testing.assert_allclose(pauses, [0.1, 0.3, 0.1, 0.7])
    np.testing.assert_allclose(clip.starts, 0.3 + np.array([0, 0.8, 1.3, 2.0]))
    np.testing.assert_allclose(clip.ends, 0.3 + np.array([0.5, 1.3, 2.0, 2.1]))


def test_the_tone_sounds_while_the_key_is_down_and_not_else():
    clip = draw("TE", tone=500)
    t = (np.arange(len(clip.samples)) + 0.5) / clip.rate
    edge = 0.01
    down = sum((t > a + edge) & (t < b - edge) for a, b in clip.marks).astype(bool)
    near = sum((t > a - edge) & (t < b + edge) for a, b in clip.marks).astype(bool)
    assert np.mean(clip.samples[down] ** 2) == pytest.approx(0.5, rel=0.02)
    assert np.abs(clip.samples[~near]).max() < 1e-12


def test_the_spectrum_has_its_peak_at_the_tone():
    clip = draw("TTT", tone=730)
    power = np.abs(np.fft.rfft(clip.samples))
    peak = np.fft.rfftfreq(len(clip.samples), 1 / clip.rate)[power.argmax()]
    assert peak == pytest.approx(730, abs=5)


@pytest.mark.parametrize("snr", [-10.0, 0.0, 10.0])
def test_the_noise_has_the_stated_power(snr):
    clean, noisy = draw("SOS " * 9 + "SOS"), draw("SOS " * 9 + "SOS", snr=snr)
    noise = noisy.samples - clean.samples
    assert 10 * np.log10(0.5 / np.var(noise)) == pytest.approx(snr, abs=0.15)


def test_fading_takes_away_as_many_decibels_as_stated_and_no_more():
    dash = {"wpm": 0.6}  # one dash of six seconds: longer than any period of the fading
    steady, faded = draw("T", **dash), draw("T", **dash, fading=12.0)
    inside = slice(int(0.4 * 4000), int(6.2 * 4000))
    near_peak = np.abs(steady.samples[inside]) > 0.7
    ratio = (faded.samples[inside] / steady.samples[inside])[near_peak]
    strength = 20 * np.log10(ratio)
    assert strength.max() == pytest.approx(0, abs=0.05)
    assert strength.min() == pytest.approx(-12, abs=0.05)


def test_jitter_spreads_durations_around_the_code():
    clip = draw("E" * 3000, jitter=0.1)
    logs = np.log(np.diff(clip.marks).ravel() / 0.06)
    assert np.mean(logs) == pytest.approx(0, abs=0.01)
    assert np.std(logs) == pytest.approx(0.1, abs=0.01)


def test_a_length_that_is_asked_for_is_kept():
    clips = [draw("SOS", seed, seconds=4.0) for seed in range(5)]
    assert {len(clip.samples) for clip in clips} == {16000}
    assert len({clip.starts[0] for clip in clips}) == 5
    assert all(clip.starts[0] >= 0 and clip.ends[-1] <= 4 for clip in clips)


def test_a_seed_decides_everything():
    settings = {"snr": 3.0, "jitter": 0.1, "fading": 6.0, "seconds": 5.0}
    one, same, other = (draw("SOS", seed, **settings) for seed in (1, 1, 2))
    np.testing.assert_array_equal(one.samples, same.samples)
    assert not np.array_equal(one.samples, other.samples)
    with pytest.raises(ValueError, match="read-only"):
        one.samples[0] = 0


def test_the_sound_file_holds_the_sound():
    clip = draw("SOS", snr=0.0)
    with wave.open(io.BytesIO(clip.wav())) as sound:
        assert (sound.getnchannels(), sound.getsampwidth()) == (1, 1)
        assert sound.getframerate() == clip.rate
        levels = np.frombuffer(sound.readframes(sound.getnframes()), np.uint8).astype(float)
    assert len(levels) == len(clip.samples)
    assert np.corrcoef(levels, clip.samples)[0, 1] > 0.99
    assert np.mean((levels == 0) | (levels == 255)) < 0.001


def test_capitals_do_not_matter_and_the_summary_says_what_was_sent():
    assert draw("sos").text == "SOS"
    assert repr(draw("sos", snr=5.0)) == (
        "MorseClip('SOS', 2.2 s, 20 words a minute, 600 Hz, 5 dB)"
    )


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"text": "A?"}, r"text\[1\] is '\?'"),
        ({"text": ""}, "at least one letter"),
        ({"text": " A"}, "no space at either end"),
        ({"text": "A  B"}, "single spaces"),
        ({"wpm": 0}, "wpm must be positive"),
        ({"wpm": float("nan")}, "wpm must be positive"),
        ({"tone": 2000}, "tone must be between 0 and half of rate"),
        ({"rate": 0.5}, "rate must be a positive whole number"),
        ({"jitter": -0.1}, "jitter must be non-negative"),
        ({"fading": float("inf")}, "fading must be non-negative and finite"),
        ({"snr": float("nan")}, "snr must be a number of decibels"),
        ({"seconds": 1.0}, "seconds is 1.0 but the text takes 1.62 s"),
        ({"seconds": float("inf")}, "seconds is inf"),
    ],
)
def test_what_cannot_be_sent_is_refused(settings, message):
    with pytest.raises(ValueError, match=message):
        draw(**settings)


def test_text_that_is_no_string_and_a_seed_are_refused():
    with pytest.raises(TypeError, match="text must be a string, got list"):
        draw(["S", "O", "S"])
    with pytest.raises(TypeError, match=r"use np.random.default_rng\(0\)"):
        morse_code("SOS", 0)
