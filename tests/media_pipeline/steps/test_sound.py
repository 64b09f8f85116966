"""The sounds of a file through all steps: chosen, described, kept, measured."""

import re

import pytest

from media_pipeline import api, ffmpeg_tools
from media_pipeline.ffmpeg.encode.loudness import parse_loudness, published_loudness_command
from media_pipeline.ffmpeg.plan.recipe import DESCRIBED_SOUND, AudioPlan
from media_pipeline.models import Job
from tests.media_pipeline.clips import files_below, fresh, run_all, run_next, until

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow, pytest.mark.usefixtures("replayed")]

TWO_SOUNDS = (
    *("-f", "lavfi", "-i", "testsrc2=size=320x180:rate=25:duration=3"),
    *("-f", "lavfi", "-i", "aevalsrc=0.02*sin(2500*t)|0:d=3"),
    *("-f", "lavfi", "-i", "sine=frequency=700:duration=3"),
    *("-map", "0:v", "-map", "1:a", "-map", "2:a", "-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p"),
    *("-c:a", "aac", "-metadata:s:a:0", "language=deu", "-metadata:s:a:1", "language=eng"),
)
DESCRIBED = (*TWO_SOUNDS[:-1], "language=deu", "-disposition:a:1", "visual_impaired")


@pytest.fixture
def two_sounds(transactional_db, make_video):
    """A German clip with a German and an English sound, its job waiting."""
    return api.ingest_clip(make_video("two_sounds.mkv", *TWO_SOUNDS), title="Two", spoken_language="de")


def used(clip):
    return [(sound.track, sound.used) for sound in api.clip_status(clip).sounds]


def test_a_person_chooses_another_sound(two_sounds):
    run_all(two_sounds)
    first = fresh(two_sounds).package
    assert (first.recipe["audio"]["stream"], used(two_sounds)) == (1, [(1, True), (2, False)])
    assert fresh(two_sounds).warnings == ["extra_tracks_dropped", "upscaling_avoided", "sound_one_sided"]
    assert api.choose_sound(two_sounds, 2, "en") is True
    assert (fresh(two_sounds).package, fresh(two_sounds).spoken_language) == (first, "de")
    assert run_all(two_sounds)[-1] == "done"
    second = fresh(two_sounds).package
    assert (fresh(two_sounds).spoken_language, fresh(two_sounds).chosen_language) == ("en", "")
    assert (second.recipe["audio"]["stream"], second.key == first.key, fresh(two_sounds).state) == (2, False, "READY")
    assert used(two_sounds) == [(1, False), (2, True)]
    assert api.choose_sound(two_sounds, 2) is False
    # And back: what was made before is not made again.
    api.choose_sound(two_sounds, 1, "de")
    run_all(two_sounds)
    assert (fresh(two_sounds).package, "sound_one_sided" in fresh(two_sounds).warnings) == (first, True)


def test_what_is_chosen_while_a_job_runs_comes_next(two_sounds):
    until(two_sounds, "encode")
    api.choose_sound(two_sounds, 2, "en")
    assert two_sounds.jobs.count() == 1
    while (current := two_sounds.jobs.active().first()) and current.work:
        run_next(two_sounds)
    assert (fresh(two_sounds).package.sound_stream, fresh(two_sounds).spoken_language) == (1, "de")
    assert sorted(two_sounds.jobs.values_list("status", flat=True)) == [Job.Status.DONE, Job.Status.QUEUED]
    run_all(two_sounds)
    assert (fresh(two_sounds).package.sound_stream, fresh(two_sounds).spoken_language) == (2, "en")
    assert two_sounds.jobs.active().count() == 0


def test_a_choice_that_cannot_be_made_costs_nothing(two_sounds, media):
    run_all(two_sounds)
    before = files_below(media / "published")
    api.choose_sound(two_sounds, 2, "en")
    (media / "masters" / two_sounds.master.file.name).unlink()
    assert api.process_now(two_sounds).error.code == "master_missing"
    assert (fresh(two_sounds).state, files_below(media / "published")) == ("READY", before)
    assert fresh(two_sounds).spoken_language == "de"
    assert used(two_sounds) == [(1, True), (2, False)]
    assert "sound_one_sided" in [note.code for note in api.clip_status(two_sounds).warnings]


def test_what_is_heard_stays_when_the_language_is_corrected(two_sounds):
    run_all(two_sounds)
    assert fresh(two_sounds).audio_track == 1
    api.choose_sound(two_sounds, 2, "en")
    api.correct_language(two_sounds, "nl")
    run_all(two_sounds)
    assert (fresh(two_sounds).package.sound_stream, fresh(two_sounds).spoken_language) == (2, "nl")
    api.correct_language(two_sounds, "de")
    assert two_sounds.jobs.active().count() == 0
    # Back and forth before it is heard: what a person said of the heard sound stays.
    api.choose_sound(two_sounds, 1, "nl")
    api.choose_sound(two_sounds, 2, "en")
    api.keep_sound(two_sounds, True)
    run_all(two_sounds)
    assert (fresh(two_sounds).package.sound_stream, fresh(two_sounds).spoken_language) == (2, "de")


def test_notes_of_the_encode_come_back_with_its_package(transactional_db, make_video):
    black = ("-f", "lavfi", "-i", "color=black:size=320x180:rate=25:duration=3", *TWO_SOUNDS[4:])
    clip = api.ingest_clip(make_video("black.mkv", *black), title="Black", spoken_language="de")
    for track in (1, 2, 1):
        api.choose_sound(clip, track)
        run_all(clip)
        assert (fresh(clip).package.sound_stream, "all_black" in fresh(clip).notes) == (track, True)
    assert clip.packages.count() == 2


def test_kept_sound_is_not_touched(two_sounds):
    api.keep_sound(two_sounds, True)
    run_all(two_sounds)
    treatment = fresh(two_sounds).package.recipe["audio"]["treatment"]
    assert (treatment["kept"], treatment["gain_db"], treatment["mend"]) == (True, 0.0, "")
    (sound,) = fresh(two_sounds).package.renditions.filter(kind="audio")
    assert sound.loudness_lufs < -30


def test_audio_description_is_a_track_of_its_own(transactional_db, make_video, media):
    clip = api.ingest_clip(make_video("described.mkv", *DESCRIBED), title="Described", spoken_language="de")
    run_all(clip)
    package = fresh(clip).package
    sounds = package.renditions.filter(kind="audio")
    assert [(sound.role, sound.media_name) for sound in sounds] == [("", "audio.mp4"), ("described", "described.mp4")]
    assert all(sound.loudness_lufs == pytest.approx(-16, abs=1) and sound.true_peak_db <= -1 for sound in sounds)
    assert {"described.mp4", "described.m3u8"} <= set(package.files)
    for plan, sound in zip((AudioPlan(1), AudioPlan(2, name=DESCRIBED_SOUND)), sounds, strict=True):
        command = published_loudness_command(ffmpeg_tools.binaries(), plan, media / "published" / package.prefix, 3.0)
        heard = parse_loudness(ffmpeg_tools.process_runner()(command).stdout)
        assert heard.integrated == pytest.approx(sound.loudness_lufs, abs=0.1)
        assert heard.peak_db == pytest.approx(sound.true_peak_db, abs=0.1)
    text = api.playlist_text(fresh(clip))
    main, described = re.findall("#EXT-X-MEDIA:TYPE=AUDIO,(.*)", text)
    assert 'NAME="Deutsch",LANGUAGE="de",DEFAULT=YES,AUTOSELECT=YES' in main
    assert 'CHARACTERISTICS="public.accessibility.describes-video"' in described
    assert "DEFAULT=NO,AUTOSELECT=YES" in described
    assert described.endswith(f'URI="{package.key}/described.m3u8"')
    assert fresh(clip).warnings == ["upscaling_avoided", "sound_one_sided"]
