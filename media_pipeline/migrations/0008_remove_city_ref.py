"""Every clip has a collection."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import media_pipeline.models.clip


class Migration(migrations.Migration):

    dependencies = [
        ("media_pipeline", "0007_rest_to_root_collection"),
    ]

    operations = [
        migrations.AlterField(
            model_name="clip",
            name="collection",
            field=models.ForeignKey(
                default=media_pipeline.models.clip.root_collection_id,
                help_text="Who owns the clip: rights, quotas and the order of work follow from it.",
                on_delete=django.db.models.deletion.PROTECT,
                related_name="clips",
                to=settings.MEDIA_PIPELINE_COLLECTION_MODEL,
                verbose_name="collection",
            ),
        ),
        migrations.RemoveField(model_name="clip", name="city_ref"),
    ]
