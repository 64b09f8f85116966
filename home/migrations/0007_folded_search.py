"""Nothing in the tables: from here on the search index is folded, and ``home.i18n.search`` writes it anew."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("home", "0006_gone_addresses")]
    operations = []
