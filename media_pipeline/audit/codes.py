"""What an audit finds and what a repair did, in codes, each with its sentence for the site administrator."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext_lazy as _


class AuditCode(StrEnum):
    """What is said of one stored file, or of all published files of a clip."""

    MASTER_OK = "master_ok"
    MASTER_DAMAGED = "master_damaged"
    MASTER_MISSING = "master_missing"
    COPY_OK = "copy_ok"
    COPY_DAMAGED = "copy_damaged"
    COPY_MISSING = "copy_missing"
    FILES_OK = "files_ok"
    FILE_DAMAGED = "file_damaged"
    FILE_MISSING = "file_missing"
    FILE_UNKNOWN = "file_unknown"
    PACKAGE_MISSING = "package_missing"
    NOTHING_PUBLISHED = "nothing_published"
    AUDIT_FAILED = "audit_failed"
    STRAY_MASTER = "stray_master"
    STRAY_COPY = "stray_copy"


class RepairCode(StrEnum):
    """What was done about it, or why nothing could be done."""

    MASTER_RESTORED = "master_restored"
    COPY_WRITTEN = "copy_written"
    REBUILD_QUEUED = "rebuild_queued"
    CANNOT_RESTORE = "cannot_restore"
    CANNOT_REBUILD = "cannot_rebuild"
    NOT_REBUILT = "not_rebuilt"
    REPAIR_FAILED = "repair_failed"


PUBLISHED_DAMAGE_CODES = frozenset(
    {AuditCode.FILE_DAMAGED, AuditCode.FILE_MISSING, AuditCode.FILE_UNKNOWN, AuditCode.PACKAGE_MISSING}
)
DAMAGE_CODES = PUBLISHED_DAMAGE_CODES | {
    AuditCode.MASTER_DAMAGED,
    AuditCode.MASTER_MISSING,
    AuditCode.COPY_DAMAGED,
    AuditCode.COPY_MISSING,
    AuditCode.AUDIT_FAILED,
}

AUDIT_TEXTS: dict[str, Any] = {
    AuditCode.MASTER_OK: _("The original file is intact."),
    AuditCode.MASTER_DAMAGED: _("The original file is damaged: its checksum has changed."),
    AuditCode.MASTER_MISSING: _("The original file is missing."),
    AuditCode.COPY_OK: _("The copy of the original file is intact."),
    AuditCode.COPY_DAMAGED: _("The copy of the original file is damaged."),
    AuditCode.COPY_MISSING: _("The copy of the original file is missing."),
    AuditCode.FILES_OK: _("All published files are intact."),
    AuditCode.FILE_DAMAGED: _("The published file “%(file)s” is damaged."),
    AuditCode.FILE_MISSING: _("The published file “%(file)s” is missing."),
    AuditCode.FILE_UNKNOWN: _("Unexpected file among the published files: “%(file)s”."),
    AuditCode.PACKAGE_MISSING: _("The clip is marked ready, but no complete version is published."),
    AuditCode.NOTHING_PUBLISHED: _("Nothing is published yet."),
    AuditCode.AUDIT_FAILED: _("This clip could not be checked. See the log."),
    AuditCode.STRAY_MASTER: _("The original file “%(file)s” belongs to no clip."),
    AuditCode.STRAY_COPY: _("The copy “%(file)s” belongs to no clip."),
    RepairCode.MASTER_RESTORED: _("The original file was restored from its copy."),
    RepairCode.COPY_WRITTEN: _("A copy of the original file was created."),
    RepairCode.REBUILD_QUEUED: _("The published files will be rebuilt."),
    RepairCode.CANNOT_RESTORE: _("No intact copy of the original file was found. Restore it from the backup."),
    RepairCode.CANNOT_REBUILD: _("Restore the original file first. Then the published files can be rebuilt."),
    RepairCode.NOT_REBUILT: _("The clip is withdrawn, so its published files are not rebuilt."),
    RepairCode.REPAIR_FAILED: _("The repair failed. See the log."),
}
"""Lazy translations; those with ``%(file)s`` are about one file."""


@dataclass(frozen=True)
class AuditFinding:
    """One finding; ``file`` is the name of the file it is about, "" where that goes without saying."""

    code: AuditCode
    file: str = ""

    @property
    def message(self) -> str:
        """The sentence, in the active language."""
        return str(AUDIT_TEXTS[self.code]) % {"file": self.file}

    def as_json(self) -> dict[str, str]:
        """The values as JSON can carry them."""
        return {"code": self.code.value, "file": self.file, "message": self.message}


@dataclass(frozen=True)
class ClipAudit:
    """What was found about one clip, and what was done. ``id`` is the public id, ``title`` the working title."""

    id: str
    title: str
    found: tuple[AuditFinding, ...]
    repairs: tuple[RepairCode, ...] = ()

    @property
    def codes(self) -> frozenset[AuditCode]:
        """Everything that was found, as codes."""
        return frozenset(found.code for found in self.found)

    @property
    def ok(self) -> bool:
        """Whether nothing was damaged or missing. A copy that was only missing and is written by now is well."""
        made_up = {AuditCode.COPY_MISSING} if RepairCode.COPY_WRITTEN in self.repairs else set()
        return not (self.codes & DAMAGE_CODES) - made_up

    def as_json(self) -> dict[str, Any]:
        """The values as JSON can carry them."""
        return {
            "id": self.id,
            "title": self.title,
            "ok": self.ok,
            "findings": [found.as_json() for found in self.found],
            "repairs": [{"code": code.value, "message": str(AUDIT_TEXTS[code])} for code in self.repairs],
        }
