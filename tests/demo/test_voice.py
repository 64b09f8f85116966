"""The voice says every sentence, and says when."""

import io
import wave

import pytest

from demo.content.texts import demo_clips
from demo.films import voice
from demo.films.voice import SentenceTiming, VoiceError, speak_sentences


@pytest.mark.parametrize("clip", demo_clips(), ids=lambda clip: clip.spoken)
def test_every_sentence_is_heard_exactly_in_its_cue(clip):
    speech = speak_sentences(clip.spoken_sentences, clip.spoken)
    assert [cue.sentence for cue in speech.timings] == list(range(len(clip.sentences)))
    assert 12 <= speech.seconds <= 25
    loud = [_loudest(speech, cue) for cue in speech.timings]
    assert min(loud) > 3000
    gaps = zip([0, *(cue.end_ms for cue in speech.timings)], [cue.start_ms for cue in speech.timings], strict=False)
    assert [_loudest(speech, SentenceTiming(end, start, 0)) < 200 for end, start in gaps] == [True] * len(
        speech.timings
    )


def _loudest(speech, cue):
    first, last = cue.start_ms * speech.rate // 1000 + 30, cue.end_ms * speech.rate // 1000 - 30
    return max(map(abs, speech.samples[first:last]))


def test_the_recording_is_a_wav_of_the_same_length():
    speech = speak_sentences(["Eins."], "de")
    with wave.open(io.BytesIO(speech.wav())) as file:
        assert (file.getnchannels(), file.getsampwidth(), file.getframerate()) == (1, 2, speech.rate)
        assert file.getnframes() == len(speech.samples)


def test_silence_around_the_voice_is_as_long_as_it_is_said_to_be():
    speech = speak_sentences(["Eins.", "Zwei."], "de")
    one, two = speech.timings
    assert one.start_ms == round(voice.LEAD_S * 1000)
    assert two.start_ms - one.end_ms == pytest.approx(voice.PAUSE_S * 1000, abs=1)


def test_an_unknown_language_is_an_error():
    with pytest.raises(VoiceError, match="does not know the voice xx"):
        speak_sentences(["?"], "xx")
