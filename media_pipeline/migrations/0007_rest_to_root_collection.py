"""Clips that the packages above have left without a collection belong to the root.

Apart from the change of the table that follows: PostgreSQL refuses both in one transaction.
"""

from django.conf import settings
from django.db import migrations


def give_rest_to_root(apps, schema_editor):
    clips = apps.get_model("media_pipeline", "Clip").objects.filter(collection=None)
    if clips.exists():
        collections = apps.get_model(settings.MEDIA_PIPELINE_COLLECTION_MODEL).objects
        clips.update(collection=collections.get(depth=1))


class Migration(migrations.Migration):

    dependencies = [
        ("media_pipeline", "0006_clip_collection"),
    ]

    operations = [
        migrations.RunPython(give_rest_to_root, migrations.RunPython.noop),
    ]
