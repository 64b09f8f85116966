"""A withdrawal outlives the database: whatever backup is restored, the clip stays withdrawn."""

import json
import logging

import pytest
from django.db import transaction
from django.db.models.signals import pre_delete

from media_pipeline import api
from media_pipeline.lifecycle.ledger import LedgerEvent, read_ledger, reconcile_ledger
from media_pipeline.models import Clip, Withdrawal
from media_pipeline.worker.periodic import PERIODIC_TASKS
from tests.media_pipeline.clips import fresh

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]


@pytest.fixture
def ledger(settings, tmp_path):
    file = tmp_path / "elsewhere" / "withdrawals.jsonl"
    settings.MEDIA_PIPELINE = settings.MEDIA_PIPELINE | {"LEDGER_FILE": file}
    return file


@pytest.fixture
def clip(db):
    return Clip.objects.create(title="x", spoken_language="de", state="FAILED")


def go_back_to_before(clip):
    """What a restored backup does to a clip that was public in it."""
    Withdrawal.objects.all().delete()
    Clip.objects.filter(pk=clip.pk).update(state="FAILED")


def events(file):
    return [(entry.event, entry.clip) for entry in read_ledger(file)]


def test_what_was_withdrawn_after_the_backup_stays_withdrawn(ledger, clip):
    api.withdraw_clip(clip, reason="Anna asked for it", by_archive=False)
    assert "Anna" not in ledger.read_text()
    before = clip.withdrawals.get()
    go_back_to_before(clip)
    for _ in range(2):
        reconcile_ledger()
        after = clip.withdrawals.get()
        assert (fresh(clip).state, after.uid, after.withdrawn_at, after.by_archive) == (
            "WITHDRAWN", before.uid, before.withdrawn_at, False
        )  # fmt: skip
    assert events(ledger) == [(LedgerEvent.WITHDRAWN, clip.public_id)]


def test_what_was_restored_is_not_withdrawn_again(ledger, clip):
    api.withdraw_clip(clip)
    api.restore_clip(clip)
    go_back_to_before(clip)
    reconcile_ledger()
    assert (fresh(clip).state, events(ledger)[-1][0]) == ("FAILED", LedgerEvent.RESTORED)


def test_a_deleted_clip_that_is_back_is_withdrawn_until_somebody_restores_it(ledger, clip):
    values = Clip.objects.filter(pk=clip.pk).values().get()
    api.delete_clip(clip)
    Clip.objects.create(**values)
    reconcile_ledger()
    back = Clip.objects.get()
    assert (back.state, back.withdrawals.get().by_archive) == ("WITHDRAWN", True)
    api.restore_clip(back)
    reconcile_ledger()
    assert fresh(back).state == "FAILED"


def test_the_ledger_learns_what_it_does_not_know(ledger, clip, settings, caplog):
    ledger.parent.write_text("a file in the place of the folder")
    with caplog.at_level(logging.ERROR):
        api.withdraw_clip(clip)
    assert (fresh(clip).state, len(caplog.records), clip.public_id in caplog.text) == ("WITHDRAWN", 1, True)
    with pytest.raises(OSError, match="elsewhere"):
        reconcile_ledger()
    ledger.parent.unlink()
    reconcile_ledger()
    assert events(ledger) == [(LedgerEvent.WITHDRAWN, clip.public_id)]


def test_a_line_that_was_cut_off_spoils_no_other(ledger, clip):
    other = Clip.objects.create(title="y", spoken_language="de", state="FAILED")
    api.withdraw_clip(clip)
    ledger.write_bytes(ledger.read_bytes() + b'{"at": "20')
    api.withdraw_clip(other)
    assert events(ledger) == [(LedgerEvent.WITHDRAWN, clip.public_id), (LedgerEvent.WITHDRAWN, other.public_id)]
    assert ledger.stat().st_mode & 0o777 == 0o600


def test_a_line_of_nonsense_keeps_no_other_withdrawal_back(ledger, clip):
    api.withdraw_clip(clip)
    good = json.loads(ledger.read_text())
    odd = [{"at": 5}, {"at": "2026-99-29T13:13:51+00:00"}, {"uid": "nonsense"}, {"event": "lost"}, {"clip": []}]
    lines = [json.dumps(good | each) for each in odd] + ["[]", "5", json.dumps(good)]
    ledger.write_bytes("\n".join(lines).encode() + b"\n\xff\xfe{")
    go_back_to_before(clip)
    reconcile_ledger()
    assert (fresh(clip).state, clip.withdrawals.count()) == ("WITHDRAWN", 1)


def test_a_clip_that_could_not_be_deleted_is_not_withdrawn_for_it(ledger, clip):
    def refuse(**_facts):
        raise RuntimeError("no")

    pre_delete.connect(refuse, sender=Clip)
    try:
        with pytest.raises(RuntimeError):
            api.delete_clip(clip)
    finally:
        pre_delete.disconnect(refuse, sender=Clip)
    reconcile_ledger()
    assert (fresh(clip).state, events(ledger)) == ("FAILED", [])


def test_a_restoration_that_was_undone_is_not_written_down(ledger, clip):
    api.withdraw_clip(clip)
    with transaction.atomic():
        api.restore_clip(clip)
        transaction.set_rollback(True)
    assert (fresh(clip).state, events(ledger)) == ("WITHDRAWN", [(LedgerEvent.WITHDRAWN, clip.public_id)])


def test_a_deletion_is_not_forgotten_while_the_ledger_cannot_be_written(ledger, clip):
    values = Clip.objects.filter(pk=clip.pk).values().get()
    ledger.mkdir(parents=True)
    api.delete_clip(clip)
    with pytest.raises(IsADirectoryError):
        reconcile_ledger()
    ledger.rmdir()
    reconcile_ledger()
    assert events(ledger) == [(LedgerEvent.DELETED, clip.public_id)]
    Clip.objects.create(**values)
    for _ in range(2):
        reconcile_ledger()
    assert (Clip.objects.get().state, len(events(ledger))) == ("WITHDRAWN", 2)  # the deletion, and that it is withdrawn


def test_a_ledger_that_cannot_be_written_is_known_before_it_is_needed(ledger):
    ledger.parent.write_text("a file in the place of the folder")
    with pytest.raises(OSError, match="elsewhere"):
        reconcile_ledger()


def test_clips_of_another_site_and_no_ledger_are_no_trouble(ledger, clip, settings):
    api.withdraw_clip(clip)
    Clip.objects.all().delete()
    reconcile_ledger()
    settings.MEDIA_PIPELINE = settings.MEDIA_PIPELINE | {"LEDGER_FILE": None}
    reconcile_ledger()
    assert not Withdrawal.objects.exists()


def test_a_worker_does_it_at_its_start():
    assert reconcile_ledger in [task.run for task in PERIODIC_TASKS]
