"""A city has a collection, and roles have groups. The collection is filled by the next migration."""

import django.db.models.deletion
from django.db import migrations, models

import home.models.base


class Migration(migrations.Migration):

    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
        ("home", "0001_initial"),
        ("media_pipeline", "0006_clip_collection"),
        ("wagtailcore", "0097_baselogentry_uuid_action_timestamp_indexes"),
    ]

    operations = [
        migrations.AddField(
            model_name="citypage",
            name="collection",
            field=models.OneToOneField(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="city",
                to="wagtailcore.collection",
            ),
        ),
        migrations.CreateModel(
            name="ArchiveRole",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("role", models.CharField(choices=[("archive_editor", "archive editors"), ("translator", "translators")], max_length=20)),
                ("language", models.CharField(blank=True, max_length=16, validators=[home.models.base.validate_language])),
                ("group", models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name="archive_role", to="auth.group")),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("role", "language"), name="one_group_per_archive_role"),
                    models.CheckConstraint(
                        condition=models.Q(("role", "translator"), ("language", ""), _connector="XOR"),
                        name="only_translators_have_a_language",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CityRole",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("role", models.CharField(choices=[("editor", "editors"), ("contributor", "contributors")], max_length=20)),
                ("collection", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="roles", to="wagtailcore.collection")),
                ("group", models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name="city_role", to="auth.group")),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("collection", "role"), name="one_group_per_city_and_role"),
                ],
            },
        ),
    ]
