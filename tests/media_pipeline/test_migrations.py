"""What migrations make of an archive that was there before."""

from importlib import import_module

import pytest
from django.apps import apps

from media_pipeline.models import Clip, Package

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("recipe", "track", "kept"),
    [
        ({"audio": {"stream": 2}, "warnings": ["no_audio"]}, None, 2),
        ({"audio": {"stream": 2}, "warnings": ["no_audio"]}, 1, 1),  # chosen, and not heard yet
        ({"audio": None, "warnings": ["no_audio"]}, None, None),
    ],
)
def test_what_plays_is_noted(recipe, track, kept):
    clip = Clip.objects.create(title="Old", spoken_language="de", audio_track=track, warnings=["no_audio", "all_black"])
    Clip.objects.create(title="New", spoken_language="de")
    clip.package = Package.objects.create(clip=clip, key="a" * 24, recipe=recipe, duration_s=1, size_bytes=1)
    clip.save()
    assert clip.notes == ["no_audio"]
    import_module("media_pipeline.migrations.0017_clip_chosen_language").note_what_plays(apps, None)
    clip = Clip.objects.select_related("package").get(pk=clip.pk)
    assert (clip.audio_track, clip.notes) == (kept, ["no_audio", "all_black"])
    Clip.objects.update(warnings=[])
    clip.refresh_from_db()
    assert clip.notes == ["no_audio", "all_black"]
