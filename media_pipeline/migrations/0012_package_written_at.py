from django.db import migrations, models
from django.db.models import F
from django.utils import timezone


def written_when_made(apps, schema_editor):
    """What is there today was written when its row was made, or repaired since, which nobody noted."""
    apps.get_model("media_pipeline", "Package").objects.update(written_at=F("created_at"))


class Migration(migrations.Migration):
    dependencies = [("media_pipeline", "0011_remove_withdrawn_at")]

    operations = [
        migrations.AddField(
            model_name="package",
            name="written_at",
            field=models.DateTimeField(
                default=timezone.now, help_text="When its files got their present bytes: a repair writes them anew."
            ),
        ),
        migrations.RunPython(written_when_made, migrations.RunPython.noop),
    ]
