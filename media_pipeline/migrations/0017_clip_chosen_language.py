"""The language of a sound that a person chose, until players get that sound; the sound itself, once they got one."""

from django.db import migrations, models


def note_what_plays(apps, schema_editor):
    """Packages name their sound; what encode and stills found out stood with the clip alone."""
    Clip, Package = (apps.get_model("media_pipeline", name) for name in ("Clip", "Package"))
    for clip in Clip.objects.filter(package__isnull=False).select_related("package").iterator():
        recipe = clip.package.recipe
        heard = (recipe.get("audio") or {}).get("stream")
        Clip.objects.filter(pk=clip.pk, audio_track=None).update(audio_track=heard)
        found = [code for code in clip.warnings if code not in recipe.get("warnings", ())]
        Package.objects.filter(pk=clip.package_id).update(recipe={**recipe, "found": found})


class Migration(migrations.Migration):

    dependencies = [
        ('media_pipeline', '0016_clip_all_rungs'),
    ]

    operations = [
        migrations.AddField(
            model_name='clip',
            name='chosen_language',
            field=models.CharField(blank=True, help_text='What the chosen sound speaks: the spoken language as soon as players get that sound.', max_length=16),
        ),
        migrations.AlterField(
            model_name='clip',
            name='audio_track',
            field=models.PositiveSmallIntegerField(blank=True, help_text='Index of the sound that people hear, in the original file: chosen, else that of the first package.', null=True),
        ),
        migrations.AlterField(
            model_name='clip',
            name='error_code',
            field=models.CharField(blank=True, help_text='Code of the last refusal or failure; see error_texts.py.', max_length=40),
        ),
        migrations.AlterField(
            model_name='clip',
            name='warnings',
            field=models.JSONField(blank=True, default=list, help_text='Warning codes of the last job, in the order they were found.'),
        ),
        migrations.AlterField(
            model_name='package',
            name='recipe',
            field=models.JSONField(default=dict, help_text='The recipe as values, with the reasons for each choice; found: warning codes beside its own.'),
        ),
        migrations.RunPython(note_what_plays, migrations.RunPython.noop),
    ]
