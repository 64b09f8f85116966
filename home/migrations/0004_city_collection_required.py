"""Every city has its collection."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("home", "0003_city_collections"),
    ]

    operations = [
        migrations.AlterField(
            model_name="citypage",
            name="collection",
            field=models.OneToOneField(
                editable=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="city",
                to="wagtailcore.collection",
            ),
        ),
    ]
