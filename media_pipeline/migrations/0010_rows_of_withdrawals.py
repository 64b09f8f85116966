"""Each withdrawn clip gets the row of its withdrawal. Nobody knows who decided it: the archive decides what becomes of it."""

from django.db import migrations
from django.utils import timezone


def add_rows(apps, schema_editor):
    withdrawals = apps.get_model("media_pipeline", "Withdrawal").objects
    clips = apps.get_model("media_pipeline", "Clip").objects.filter(state="WITHDRAWN")
    for pk, withdrawn_at in clips.values_list("pk", "withdrawn_at"):
        withdrawals.create(clip_id=pk, withdrawn_at=withdrawn_at or timezone.now(), by_archive=True)


class Migration(migrations.Migration):

    dependencies = [
        ("media_pipeline", "0009_withdrawals"),
    ]

    operations = [
        migrations.RunPython(add_rows, migrations.RunPython.noop),
    ]
