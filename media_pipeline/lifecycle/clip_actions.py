"""What people decide about a clip that exists: take it away, bring it back, choose its picture, delete it for ever."""

from pathlib import Path

from django.db import transaction
from django.utils import timezone

from media_pipeline.changes import ClipChangeKind, notify_change
from media_pipeline.ffmpeg.errors import REFUSALS
from media_pipeline.files import replicas, storage
from media_pipeline.jobs import submit, workdir
from media_pipeline.models import Clip, Poster


def withdraw_clip(clip: Clip) -> None:
    """Take the clip out of the public's reach at once; its files stay."""
    with transaction.atomic():
        Clip.objects.filter(pk=clip.pk).update(state=Clip.State.WITHDRAWN, withdrawn_at=timezone.now())
        notify_change(ClipChangeKind.WITHDRAWN, clip)


def restore_clip(clip: Clip) -> None:
    """Undo ``withdraw``: the clip is what its package and its last job say."""
    with transaction.atomic():
        fresh = Clip.objects.select_for_update().get(pk=clip.pk)
        if fresh.state == Clip.State.WITHDRAWN:
            Clip.objects.filter(pk=clip.pk).update(state=_state_of(fresh), withdrawn_at=None)
            notify_change(ClipChangeKind.RESTORED, clip)


def accept_audio_only(clip: Clip) -> None:
    """Say that sound without a picture is meant; ``jobs.retry`` then draws one. A film keeps its own picture."""
    Clip.objects.filter(pk=clip.pk).update(sound_only=True)


def choose_poster(clip: Clip, poster: Poster) -> None:
    """Show this candidate before the clip plays. Raises ValueError for a picture of another clip."""
    if poster.clip_id != clip.pk:
        raise ValueError("the poster belongs to another clip")
    with transaction.atomic():
        Clip.objects.filter(pk=clip.pk).update(poster=poster)
        notify_change(ClipChangeKind.POSTER, clip)


def delete_clip(clip: Clip) -> None:
    """Remove the clip, its master with its copy and every file made of it, for ever. Rows go first, files on commit."""
    submit.cancel_job(clip)
    master = getattr(clip, "master", None)
    master_name, public_id = master.file.name if master else "", clip.public_id
    rooms = [workdir.job_dir(pk) for pk in clip.jobs.values_list("pk", flat=True)]
    with transaction.atomic():
        notify_change(ClipChangeKind.DELETED, clip)
        clip.delete()
        transaction.on_commit(lambda: _remove_files(master_name, public_id, rooms))


def _remove_files(master_name: str, public_id: str, rooms: list[Path]) -> None:
    """What a worker that has not noticed yet still writes goes with the next sweep."""
    if master_name:
        storage.masters().delete(master_name)
        replicas.remove_replica(master_name)
    storage.remove_published(f"{public_id}/")
    for room in rooms:
        storage.remove_folder(room)


def _state_of(clip: Clip) -> Clip.State:
    if clip.package_id is not None:
        return Clip.State.READY
    if clip.jobs.active().exists():
        return Clip.State.RECEIVED
    return Clip.State.REJECTED if clip.error_code in REFUSALS else Clip.State.FAILED
