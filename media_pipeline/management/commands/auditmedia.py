"""``manage.py auditmedia``: is everything still there that was uploaded and made?"""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from media_pipeline import api
from media_pipeline.audit.codes import AUDIT_TEXTS, AuditFinding, ClipAudit


class Command(BaseCommand):
    help = (
        "Check all original files and published files for damage. With --repair: repair them. Exit "
        "status 1 if something was damaged or missing, even if it is repaired now."
    )

    requires_system_checks = ["media_pipeline"]

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="Print one JSON object.")
        parser.add_argument(
            "--repair",
            action="store_true",
            help="Restore original files from their copies, create missing copies, and have a worker rebuild "
            "published files.",
        )

    def handle(self, *, repair: bool, **options: Any) -> None:
        clips: list[ClipAudit] = []
        try:
            for clip in api.audit_clips(repair=repair):
                clips.append(clip)
                lines = [f"{found.code}: {found.message}" for found in clip.found]
                lines += [f"{done}: {AUDIT_TEXTS[done]}" for done in clip.repairs]
                for line in () if options["json"] else lines:
                    self.stdout.write(f"{clip.id} {line}")
            strays = list(api.unreferenced_files())
        except PermissionError as problem:
            raise CommandError(str(problem)) from problem
        ok = all(clip.ok for clip in clips)
        if options["json"]:
            report = {"ok": ok, "clips": [clip.as_json() for clip in clips], "strays": [s.as_json() for s in strays]}
            self.stdout.write(json.dumps(report, ensure_ascii=False))
        else:
            self._conclude(clips, strays)
        if not ok:
            raise SystemExit(1)

    def _conclude(self, clips: list[ClipAudit], strays: list[AuditFinding]) -> None:
        for stray in strays:
            self.stdout.write(f"- {stray.code}: {stray.message}")
        number, harmed = len(clips), sum(not clip.ok for clip in clips)
        looked = ngettext("%(number)d clip checked.", "%(number)d clips checked.", number)
        said = ngettext(
            "%(harmed)d clip has damaged or missing files.",
            "%(harmed)d clips have damaged or missing files.",
            harmed,
        )
        well = _("All files are intact.")
        self.stdout.write(f"{looked % {'number': number}} {said % {'harmed': harmed} if harmed else well}")
