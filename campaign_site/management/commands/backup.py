"""``manage.py backup DIR``: everything the site cannot do without."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from campaign_site.backup.archive import make_backup
from campaign_site.backup.errors import BackupError


class Command(BaseCommand):
    help = (
        "Save the database, the original files, the published files and what editors uploaded to a folder, while the "
        "site runs. Repeat it with the same folder: only what has changed is copied."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", metavar="DIR", type=Path, help="folder of the backup, best on another disk")
        keys = parser.add_mutually_exclusive_group(required=True)
        keys.add_argument("--secrets", metavar="DIR", type=Path, help="another folder for the keys of the site")
        keys.add_argument("--without-secrets", action="store_true", help="leave the keys out: you keep them yourself")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            manifest = make_backup(options["folder"], options["secrets"], self.stdout.write)
        except BackupError as problem:
            raise CommandError(str(problem)) from problem
        except OSError as problem:
            raise CommandError(f"The backup is not complete: {problem}") from problem
        self.stdout.write(f"Saved: {manifest['clips']} clips, {manifest['made_at']}.")
        for name in manifest["not_included"]:
            self.stdout.write(
                f"Not included: {name}. These files are on no disk of this machine; save them where they are."
            )
