"""Whether a clip has all rungs, or waits with most of them for somebody who plays it; the older ones have all."""

from django.db import migrations, models


def note_complete_clips(apps, schema_editor):
    apps.get_model("media_pipeline", "Clip").objects.filter(package__isnull=False).update(all_rungs=True)


class Migration(migrations.Migration):
    dependencies = [("media_pipeline", "0015_sound")]

    operations = [
        migrations.AddField(
            model_name="clip",
            name="all_rungs",
            field=models.BooleanField(
                default=False,
                help_text="All rungs are made or wanted; where most are made on demand, since somebody has played it.",
            ),
        ),
        migrations.RunPython(note_complete_clips, migrations.RunPython.noop),
    ]
