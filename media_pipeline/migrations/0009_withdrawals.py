"""Withdrawals become rows: who, when, why. Filled by the next migration."""

import uuid

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('media_pipeline', '0008_remove_city_ref'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterModelOptions(
            name='clip',
            options={'ordering': ['-created_at', '-pk'], 'permissions': [('caption_clip', 'Can caption clip'), ('publish_clip', 'Can publish clip'), ('withdraw_clip', 'Can withdraw clip'), ('restore_clip', 'Can restore clip'), ('retry_clip', 'Can retry clip'), ('replace_clip', 'Can replace clip')], 'verbose_name': 'clip', 'verbose_name_plural': 'clips'},
        ),
        migrations.CreateModel(
            name='Withdrawal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False, help_text='Its name in the ledger.', unique=True)),
                ('withdrawn_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('reason', models.TextField(blank=True)),
                ('by_archive', models.BooleanField(default=False)),
                ('restored_at', models.DateTimeField(blank=True, null=True)),
                ('clip', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='withdrawals', to='media_pipeline.clip')),
                ('restored_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('withdrawn_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-withdrawn_at', '-pk'],
            },
        ),
    ]
