"""The language of a sound that a person chose, until players get that sound."""

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
    ]
