"""The date of a withdrawal stands in its row."""

from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ("media_pipeline", "0010_rows_of_withdrawals"),
    ]

    operations = [
        migrations.RemoveField(model_name="clip", name="withdrawn_at"),
    ]
