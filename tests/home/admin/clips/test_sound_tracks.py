"""The sounds of a file in words, and choosing another one."""

import pytest
from django.urls import reverse
from django.utils.translation import override
from wagtail.users.models import UserProfile

from home.admin.clips.sound_tracks import sound_label, sound_tracks, unused_tracks_text
from media_pipeline.models import Job

GERMAN = {"index": 1, "codec": "aac", "channels": 2, "layout": "stereo", "language": "de", "role": "main"}
ENGLISH = {**GERMAN, "index": 2, "codec": "ac3", "channels": 6, "layout": "5.1(side)", "language": "en"}
LOCKED = {**GERMAN, "index": 3, "codec": "s302m", "language": "en", "known": False}
PROBE = {
    "audios": [GERMAN, ENGLISH, LOCKED],
    "audio": GERMAN,
    "videos": [{"index": 0, "width": 640, "height": 360}, {"index": 4, "width": 160, "height": 90}],
    "dropped": [
        {"kind": "audio", "index": 2, "codec": "ac3", "language": "en", "known": True},
        {"kind": "audio", "index": 3, "codec": "s302m", "known": False},
        {"kind": "video", "index": 4, "codec": "h264", "known": True},
        {"kind": "video", "index": 5, "codec": "hap", "known": False},
    ],
}


@pytest.fixture
def clip(make_clip):
    """A ready clip whose file has three sounds; players get the first."""
    made = make_clip(ready=True, warnings=["extra_tracks_dropped"])
    made.package.recipe = {"audio": {"stream": 1}}
    made.package.save()
    made.master.probe = PROBE
    made.master.save()
    return made


def choose(client, clip, track):
    return client.post(reverse("clips:sound", args=[clip.pk]), {"track": track})


@pytest.mark.parametrize(
    ("audio", "expected"),
    [
        (GERMAN, "German, stereo"),
        ({**ENGLISH, "role": "described"}, "English, surround 5.1 · audio description"),
        ({**GERMAN, "channels": 1, "layout": "mono", "role": "commentary"}, "German, mono · commentary"),
        ({**GERMAN, "channels": 4, "layout": "ambisonic 1", "language": ""}, "Unknown language, 4 channels"),
        (LOCKED, "English · can’t be used (SMPTE 302M)"),
    ],
)
def test_a_sound_in_words(audio, expected):
    assert sound_label(audio) == expected


def test_a_sound_in_arabic_words():
    with override("ar"):
        assert sound_label(GERMAN) == "الألمانية، ستيريو"


@pytest.mark.django_db
def test_sounds_and_what_is_left_out(clip):
    shown = [(each.index, each.usable, each.chosen, each.awaited) for each in sound_tracks(clip)]
    assert shown == [(1, True, True, False), (2, True, False, False), (3, False, False, False)]
    named = "English, surround 5.1; sound in SMPTE 302M; picture 160 × 90; picture in HAP"
    assert unused_tracks_text(clip) == f"Not used: {named}"
    clip.master.probe = {**PROBE, "audios": [GERMAN, {**GERMAN, "index": 2}]}
    assert [each.label for each in sound_tracks(clip)] == ["German, stereo (1)", "German, stereo (2)"]


@pytest.mark.django_db
def test_before_the_file_was_checked(make_clip):
    assert (sound_tracks(make_clip()), unused_tracks_text(make_clip())) == ([], "")


def test_another_sound_is_prepared_while_the_old_one_plays(client, admin, clip):
    choose(client, clip, 2)
    played = clip.package
    clip.refresh_from_db()
    assert (clip.audio_track, clip.state, clip.package) == (2, "READY", played)
    assert [job.status for job in clip.jobs.all()] == [Job.Status.QUEUED]
    assert [(each.index, each.awaited) for each in sound_tracks(clip) if each.chosen] == [(2, True)]
    assert "Not heard yet" in client.get(reverse("clips:inspect", args=[clip.pk])).content.decode()
    choose(client, clip, 2)
    assert clip.jobs.count() == 1
    clip.package.recipe = {"audio": {"stream": 2}}
    assert [(each.index, each.awaited) for each in sound_tracks(clip) if each.chosen] == [(2, False)]


def test_a_sound_that_could_not_be_prepared_is_tried_again(client, admin, clip):
    choose(client, clip, 2)
    clip.jobs.update(status=Job.Status.FAILED)
    type(clip).objects.filter(pk=clip.pk).update(error_code="master_missing")
    page = client.get(reverse("clips:inspect", args=[clip.pk])).content.decode()
    assert reverse("clips:retry", args=[clip.pk]) in page
    clip.refresh_from_db()
    assert "German, stereo" not in unused_tracks_text(clip)
    choose(client, clip, 2)
    assert sorted(clip.jobs.values_list("status", flat=True)) == [Job.Status.FAILED, Job.Status.QUEUED]


def test_nothing_is_tried_again_where_nothing_failed(client, admin, clip):
    page = client.get(reverse("clips:inspect", args=[clip.pk])).content.decode()
    assert reverse("clips:retry", args=[clip.pk]) not in page


@pytest.mark.parametrize(("language", "waiting"), [("nl", ""), ("de", "en")])
def test_the_language_that_a_person_says_last_counts(client, admin, tree, clip, language, waiting):
    type(clip).objects.filter(pk=clip.pk).update(spoken_language="de")
    choose(client, clip, 2)
    page = client.get(reverse("clips:inspect", args=[clip.pk])).content.decode()
    assert '<input type="hidden" name="shown_language" value="de">' in page
    facts = {"title": "Other", "spoken_language": language, "shown_language": "de", "city": tree["a"].pk}
    client.post(reverse("clips:facts", args=[clip.pk]), facts)
    clip.refresh_from_db()
    assert (clip.title, clip.spoken_language, clip.chosen_language) == ("Other", language, waiting)


def test_a_page_that_was_opened_before_does_not_take_a_language_back(client, admin, tree, clip):
    type(clip).objects.filter(pk=clip.pk).update(spoken_language="en")  # by the sound that was chosen
    facts = {"title": "Other", "spoken_language": "de", "shown_language": "de", "city": tree["a"].pk}
    client.post(reverse("clips:facts", args=[clip.pk]), facts)
    clip.refresh_from_db()
    assert (clip.title, clip.spoken_language) == ("Other", "en")


def test_what_failed_is_tried_with_another_sound(client, admin, make_clip):
    clip = make_clip(state="FAILED", job=Job.Status.FAILED)
    clip.master.probe = PROBE
    clip.master.save()
    choose(client, clip, 2)
    assert sorted(clip.jobs.values_list("status", flat=True)) == [Job.Status.FAILED, Job.Status.QUEUED]


@pytest.mark.parametrize(("language", "kept"), [("en", "en"), ("", ""), ("ja", "")], ids=["known", "none", "rare"])
def test_the_language_of_the_chosen_sound_waits_for_it(client, admin, clip, language, kept):
    """Players name it: English that is announced as German is found by nobody. None is made up, and none of no page."""
    clip.master.probe = {**PROBE, "audios": [GERMAN, {**ENGLISH, "language": language}]}
    clip.master.save()
    type(clip).objects.filter(pk=clip.pk).update(spoken_language="de")
    choose(client, clip, 2)
    clip.refresh_from_db()
    assert (clip.audio_track, clip.spoken_language, clip.chosen_language) == (2, "de", kept)


def test_what_is_used_is_not_prepared_again(client, admin, clip):
    assert choose(client, clip, 1).status_code == 302
    clip.refresh_from_db()
    assert (clip.audio_track, clip.jobs.count()) == (None, 0)


@pytest.mark.parametrize("track", ["3", "0", "9" * 5000, "x", "", "-1"])
def test_only_sounds_that_can_be_used_are_chosen(client, admin, clip, track):
    assert choose(client, clip, track).status_code == 404
    assert clip.jobs.count() == 0


@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_page_shows_what_can_be_chosen(client, admin, clip, language):
    UserProfile.objects.create(user=admin, preferred_language=language)
    text = client.get(reverse("clips:inspect", args=[clip.pk])).content.decode()
    assert text.count('name="track"') == 3
    with override(language):
        assert all(each.label in text for each in sound_tracks(clip))
        assert unused_tracks_text(clip) in text


def test_keeping_the_sound_prepares_again(client, admin, tree, clip):
    facts = {"title": clip.title, "spoken_language": "de", "city": tree["a"].pk}
    client.post(reverse("clips:facts", args=[clip.pk]), {**facts, "keep_sound": "on"})
    clip.refresh_from_db()
    assert (clip.keep_sound, clip.jobs.count()) == (True, 1)
    client.post(reverse("clips:facts", args=[clip.pk]), {**facts, "keep_sound": "on", "title": "Other"})
    assert clip.jobs.count() == 1


def test_a_clip_that_failed_waits_for_a_person(client, admin, tree, make_clip):
    clip = make_clip(state="FAILED")
    facts = {"title": clip.title, "spoken_language": "de", "city": tree["a"].pk, "keep_sound": "on"}
    client.post(reverse("clips:facts", args=[clip.pk]), facts)
    clip.refresh_from_db()
    assert (clip.keep_sound, clip.jobs.count()) == (True, 0)
