"""A withdrawal outlives the database: whatever backup is restored, the clip stays withdrawn."""

import logging

import pytest

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


def test_clips_of_another_site_and_no_ledger_are_no_trouble(ledger, clip, settings):
    api.withdraw_clip(clip)
    Clip.objects.all().delete()
    reconcile_ledger()
    settings.MEDIA_PIPELINE = settings.MEDIA_PIPELINE | {"LEDGER_FILE": None}
    reconcile_ledger()
    assert not Withdrawal.objects.exists()


def test_a_worker_does_it_at_its_start():
    assert reconcile_ledger in [task.run for task in PERIODIC_TASKS]
