"""``manage.py restore DIR``: a backup comes back, and what was withdrawn since stays withdrawn."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from campaign_site.backup.archive import restore_backup
from campaign_site.backup.errors import BackupError
from campaign_site.setup.locks import lock_data_dir
from campaign_site.setup.steps import SetupError
from media_pipeline.models import Clip


class Command(BaseCommand):
    help = "Bring back what the command backup saved. Stop the site before. Clips withdrawn since stay withdrawn."
    # The database may not exist yet, or may be of another version.
    requires_system_checks = ()
    requires_migrations_checks = False

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", metavar="DIR", type=Path, help="folder of the backup")
        parser.add_argument(
            "--secrets", metavar="DIR", type=Path, help="folder of the keys; without it, those here stay"
        )
        parser.add_argument("--replace", action="store_true", help="replace what this site has now")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            with lock_data_dir(settings.DATA_DIR):
                manifest = restore_backup(
                    options["folder"], options["secrets"], self.stdout.write, replace=options["replace"]
                )
        except (BackupError, SetupError) as problem:
            raise CommandError(str(problem)) from problem
        except OSError as problem:
            raise CommandError(f"The backup is not restored: {problem}") from problem
        withdrawn = Clip.objects.filter(state=Clip.State.WITHDRAWN).count()
        self.stdout.write(
            f"Restored: {Clip.objects.count()} clips ({withdrawn} withdrawn), saved {manifest['made_at']}."
        )
