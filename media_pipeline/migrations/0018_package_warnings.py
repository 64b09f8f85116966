"""A package's warning codes in a column of their own: until now in its recipe, those of the plan and those found later."""

from django.db import migrations, models


def move_codes_out_of_recipes(apps, schema_editor):
    """A recipe keeps what its plan said; very old ones name no codes, and the clip has those of its last job."""
    Clip, Package = (apps.get_model("media_pipeline", name) for name in ("Clip", "Package"))
    playing = dict(Clip.objects.filter(package__isnull=False).values_list("package_id", "warnings"))
    for package in Package.objects.iterator():
        recipe = dict(package.recipe)
        found = recipe.pop("found", [])
        planned = recipe.get("warnings", playing.get(package.pk, []))
        codes = list(dict.fromkeys([*planned, *found]))
        Package.objects.filter(pk=package.pk).update(recipe=recipe, warnings=codes)


class Migration(migrations.Migration):
    dependencies = [("media_pipeline", "0017_clip_chosen_language")]

    operations = [
        migrations.AddField(
            model_name="package",
            name="warnings",
            field=models.JSONField(
                blank=True,
                default=list,
                help_text="Warning codes: those of its plan, then what was found out while it was made.",
            ),
        ),
        migrations.AlterField(
            model_name="package",
            name="recipe",
            field=models.JSONField(
                default=dict, help_text="The recipe as values, with the reasons for each choice."
            ),
        ),
        migrations.RunPython(move_codes_out_of_recipes, migrations.RunPython.noop),
    ]
