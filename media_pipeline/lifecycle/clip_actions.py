"""What people decide about a clip: withdraw it, restore it, choose its sound and poster, delete it permanently."""

from functools import partial
from typing import Any

from django.db import transaction
from django.utils import timezone

from media_pipeline.changes import ClipChangeKind, notify_change
from media_pipeline.conf import conf
from media_pipeline.ffmpeg.errors import REFUSALS
from media_pipeline.files import replicas, storage
from media_pipeline.jobs import submit, workdir
from media_pipeline.lifecycle import ledger
from media_pipeline.models import Clip, Poster

ON_DEMAND_PRIORITY = -10  # new clips, which nobody can watch yet, come first


def withdraw_clip(clip: Clip, *, by: Any = None, reason: str = "", by_archive: bool = True) -> None:
    """Take the clip out of the public's reach at once; its files stay.

    ``by`` is the user who decided, None for a program. ``by_archive``: nobody may restore it for its city alone.
    """
    with transaction.atomic():
        withdrawal = clip.withdrawals.create(withdrawn_by=by, reason=reason, by_archive=by_archive)
        Clip.objects.filter(pk=clip.pk).update(state=Clip.State.WITHDRAWN)
        notify_change(ClipChangeKind.WITHDRAWN, clip)
        ledger.note_withdrawal(withdrawal)


def restore_clip(clip: Clip, *, by: Any = None, by_archive: bool = True) -> bool:
    """End the withdrawals of the clip: it is what its package and its last job say. Return whether it is restored.

    Unless ``by_archive``, what was withdrawn by the archive stays withdrawn.
    """
    with transaction.atomic():
        fresh = _locked(clip)
        ended = fresh.withdrawals.open() if by_archive else fresh.withdrawals.open().filter(by_archive=False)
        for withdrawal in ended:
            transaction.on_commit(partial(ledger.note_restoration, withdrawal))
        ended.update(restored_at=timezone.now(), restored_by=by)
        if fresh.state != Clip.State.WITHDRAWN or fresh.withdrawals.open().exists():
            return False
        if fresh.package_id is not None:
            state = Clip.State.READY
        elif fresh.jobs.active().exists():
            state = Clip.State.RECEIVED
        else:
            state = Clip.State.REJECTED if fresh.error_code in REFUSALS else Clip.State.FAILED
        Clip.objects.filter(pk=clip.pk).update(state=state)
        notify_change(ClipChangeKind.RESTORED, clip)
        return True


def accept_audio_only(clip: Clip) -> None:
    """Say that sound without a picture is meant; ``retry_job`` then draws one. A video keeps its own picture."""
    Clip.objects.filter(pk=clip.pk).update(sound_only=True)


def choose_sound(clip: Clip, track: int, language: str = "") -> bool:
    """Let people hear this stream of the original file. Return whether that is new: then another package is prepared.

    ``language`` is what it speaks: the clip's spoken language from the moment it is heard, "" to leave that alone.
    """
    with transaction.atomic():
        fresh = _locked(clip)
        if fresh.package is not None and fresh.package.sound_stream == track:
            language = ""  # it is heard already, and a person may have said what it speaks
        new = _save_sound_wishes(fresh, audio_track=track, chosen_language=language)
        if new:
            submit.retry_job(clip)  # without a package, too: it may have failed because of the other sound
        return new


def keep_sound(clip: Clip, kept: bool) -> bool:
    """Say whether the sound stays as it is. Return whether that is new.

    Where players have a package, another is prepared; the old one plays until then.
    """
    with transaction.atomic():
        fresh = _locked(clip)
        new = _save_sound_wishes(fresh, keep_sound=kept)
        if new and fresh.package is not None:
            submit.retry_job(clip)
        return new


def _locked(clip: Clip) -> Clip:
    """The clip as it is now, with its package, locked for the caller's transaction."""
    return Clip.objects.select_for_update(of=("self",)).select_related("package").get(pk=clip.pk)


def _save_sound_wishes(locked: Clip, **wishes: int | str) -> bool:
    """Save what is wished. Return whether it is new.

    A job that runs meanwhile is followed by one with these wishes (``StepContext.finish_job``).
    """
    before = locked.sound_wishes
    for name, value in wishes.items():
        setattr(locked, name, value)
    if locked.sound_wishes == before:
        return False
    locked.save(update_fields=list(wishes))
    return True


def correct_language(clip: Clip, language: str) -> None:
    """Say which language is spoken in what people hear. A sound that they do not hear yet no longer changes it."""
    Clip.objects.filter(pk=clip.pk).update(spoken_language=language, chosen_language="")


def want_all_rungs(clip: Clip) -> None:
    """Have those rungs made that wait for a first viewer, where they do; what there is plays until then.

    To be called whenever somebody plays it: it costs nothing but the first time. While the clip is being worked on
    nothing happens, and the next viewer counts.
    """
    if not conf().rungs_on_demand or clip.all_rungs or clip.package_id is None:
        return
    with transaction.atomic():
        waiting = Clip.objects.filter(pk=clip.pk, all_rungs=False)
        if not clip.jobs.active().exists() and waiting.update(all_rungs=True):
            submit.submit_job(clip, priority=ON_DEMAND_PRIORITY)


def choose_poster(clip: Clip, poster: Poster) -> None:
    """Show this candidate before the clip plays. Raises ValueError for a picture of another clip."""
    if poster.clip_id != clip.pk:
        raise ValueError("the poster belongs to another clip")
    with transaction.atomic():
        Clip.objects.filter(pk=clip.pk).update(poster=poster)
        notify_change(ClipChangeKind.POSTER, clip)


def delete_clip(clip: Clip) -> None:
    """Permanently remove the clip, its original file with its copy and every file made of it.

    Rows go first, files on commit. What a worker that has not noticed yet still writes goes with the next sweep.
    """
    master = getattr(clip, "master", None)
    master_name, public_id = master.file.name if master else "", clip.public_id
    job_dirs = [workdir.job_dir(pk) for pk in clip.jobs.values_list("pk", flat=True)]

    def remove_files() -> None:
        if master_name:
            storage.masters().delete(master_name)
            replicas.remove_replica(master_name)
        storage.remove_published(f"{public_id}/")
        for folder in job_dirs:
            storage.remove_folder(folder)

    with transaction.atomic():
        submit.cancel_job(clip)
        notify_change(ClipChangeKind.DELETED, clip)
        clip.delete()
        ledger.note_deletion(public_id)
        transaction.on_commit(remove_files)
