"""Small questions about a job's row that the file side asks."""

from uuid import UUID

from media_pipeline.models import Job


def active_folders(job_id: str) -> set[str] | None:
    """Names of the folders a job still needs: what finished steps left and what the present lease is making.

    None when the job is over or there is no such job.
    """
    row = Job.objects.active().filter(pk=_uuid(job_id)).values_list("work", "step", "lease").first()
    if row is None:
        return None
    work, step, lease = row
    named = {left["folder"] for left in work.values() if isinstance(left, dict) and "folder" in left}
    return named | ({f"{step}-{lease.hex}"} if lease else set())


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
