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
    migrate("0017_clip_chosen_language", "note_what_plays")
    migrate("0018_package_warnings", "move_codes_out_of_recipes")
    clip = Clip.objects.select_related("package").get(pk=clip.pk)
    assert (clip.audio_track, clip.package.recipe) == (kept, recipe)
    Clip.objects.update(warnings=[])
    clip.refresh_from_db()
    assert clip.notes == ["no_audio", "all_black"]


def test_a_recipe_without_codes_leaves_what_the_clip_says():
    clip = Clip.objects.create(title="Oldest", spoken_language="de", warnings=["no_audio"])
    clip.package = Package.objects.create(clip=clip, key="a" * 24, duration_s=1, size_bytes=1)
    clip.save()
    migrate("0018_package_warnings", "move_codes_out_of_recipes")
    assert Package.objects.get(pk=clip.package_id).warnings == ["no_audio"]


def migrate(name, function):
    """Run what a migration does to rows, with the models of today, which have all of its columns."""
    getattr(import_module(f"media_pipeline.migrations.{name}"), function)(apps, None)
