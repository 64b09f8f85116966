"""A clip belongs to a collection. Empty until the packages above have said which (see ``home``), then required."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("media_pipeline", "0005_requeue_moved_tasks"),
        # Collections as they are since Wagtail 1.0; the model is a setting, which migrations cannot depend on.
        ("wagtailcore", "0026_group_collection_permission"),
    ]

    operations = [
        migrations.AlterModelOptions(
            name="clip",
            options={
                "ordering": ["-created_at", "-pk"],
                "permissions": [
                    ("publish_clip", "Can publish clip"),
                    ("withdraw_clip", "Can withdraw clip"),
                    ("restore_clip", "Can restore clip"),
                    ("retry_clip", "Can retry clip"),
                    ("replace_clip", "Can replace clip"),
                ],
                "verbose_name": "clip",
                "verbose_name_plural": "clips",
            },
        ),
        migrations.AddField(
            model_name="clip",
            name="collection",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="clips",
                to=settings.MEDIA_PIPELINE_COLLECTION_MODEL,
            ),
        ),
    ]
