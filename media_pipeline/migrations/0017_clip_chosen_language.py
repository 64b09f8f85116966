"""The language of a sound that a person chose, until players get that sound; the sound itself, once they got one."""

from django.db import migrations, models


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
    ]
