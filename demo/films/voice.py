"""A computer's voice for the demo clips: eSpeak NG by its C library, straight into samples.

The library keeps one global state, so one utterance at a time is spoken; a lock sees to that.
"""

import ctypes
import io
import threading
import wave
from array import array
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

import espeakng_loader
from django.conf import settings

LEAD_S, PAUSE_S, TAIL_S = 0.7, 0.55, 1.6
"""Seconds of silence before the first sentence, between two, and after the last."""

_SYNCHRONOUS, _RATE, _VOLUME, _PITCH, _RANGE, _UTF8 = 2, 1, 2, 3, 4, 1
_QUIET = 120  # of 32768
_SPEED, _LOUD, _HEIGHT, _LIVELY = 142, 95, 48, 62
_CALLBACK = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.c_void_p)
_speaking = threading.Lock()


class VoiceError(Exception):
    """The library could not be started, or does not know the voice."""


@dataclass(frozen=True)
class SentenceTiming:
    """When a sentence is spoken. Milliseconds from the start of the clip; `sentence` counts from 0."""

    start_ms: int
    end_ms: int
    sentence: int


@dataclass(frozen=True)
class Speech:
    """16-bit mono samples with the time of every sentence."""

    samples: array
    rate: int
    timings: tuple[SentenceTiming, ...]

    @property
    def seconds(self) -> float:
        """Length of the whole recording."""
        return len(self.samples) / self.rate

    def wav(self) -> bytes:
        """The recording as a WAV file."""
        file = io.BytesIO()
        with wave.open(file, "wb") as out:
            out.setnchannels(1)
            out.setsampwidth(2)
            out.setframerate(self.rate)
            out.writeframes(self.samples.tobytes())
        return file.getvalue()


def speak_sentences(sentences: Iterable[str], language: str) -> Speech:
    """Speak the sentences one after the other. Raises VoiceError."""
    with _speaking:
        library, rate = _library()
        _choose(library, language)
        samples, timings = _silence(LEAD_S, rate), []
        for index, sentence in enumerate(sentences):
            samples += _silence(PAUSE_S, rate) if index else array("h")
            start = len(samples)
            samples += _utter(library, sentence)
            timings.append(SentenceTiming(start * 1000 // rate, len(samples) * 1000 // rate, index))
        return Speech(samples + _silence(TAIL_S, rate), rate, tuple(timings))


@cache
def _library() -> tuple[ctypes.CDLL, int]:
    library = ctypes.CDLL(espeakng_loader.get_library_path())
    library.espeak_Synth.argtypes = [
        ctypes.c_char_p, ctypes.c_size_t, ctypes.c_uint, ctypes.c_int, ctypes.c_uint, ctypes.c_uint,
        ctypes.c_void_p, ctypes.c_void_p,
    ]  # fmt: skip
    rate = library.espeak_Initialize(_SYNCHRONOUS, 500, str(espeakng_loader.get_data_path()).encode(), 0)
    if rate <= 0:
        raise VoiceError("eSpeak NG could not be started.")
    return library, rate


def _choose(library: ctypes.CDLL, language: str) -> None:
    voice = settings.DEMO_VOICES.get(language, language)
    if library.espeak_SetVoiceByName(voice.encode()) != 0:
        raise VoiceError(f"eSpeak NG does not know the voice {voice}.")
    for parameter, value in ((_RATE, _SPEED), (_VOLUME, _LOUD), (_PITCH, _HEIGHT), (_RANGE, _LIVELY)):
        library.espeak_SetParameter(parameter, value, 0)


def _utter(library: ctypes.CDLL, sentence: str) -> array:
    samples = array("h")

    def collect(wave_data, count, _events):
        if wave_data and count:
            samples.frombytes(ctypes.string_at(wave_data, count * 2))
        return 0

    callback = _CALLBACK(collect)
    library.espeak_SetSynthCallback(callback)
    text = sentence.encode()
    failed = library.espeak_Synth(text, len(text) + 1, 0, 1, 0, _UTF8, None, None)
    if failed or not samples:
        raise VoiceError("eSpeak NG said nothing.")
    # Without the silence at both ends, so that a cue begins and ends with the voice.
    loud = [index for index, sample in enumerate(samples) if abs(sample) > _QUIET]
    return samples[loud[0] : loud[-1] + 1] if loud else samples


def _silence(seconds: float, rate: int) -> array:
    return array("h", bytes(2 * round(seconds * rate)))
