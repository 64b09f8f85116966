"""The truth about work: what is asked for, who has it, how far it is, what went wrong.

The queue carries only this row's id. A worker owns a job while it holds the lease; a late worker whose lease
was taken cannot write (its conditional updates match no row).
"""

import datetime
import uuid

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from media_pipeline.models.clip import Clip


class JobQuerySet(models.QuerySet):
    """Questions about jobs that read as a sentence."""

    def active(self):
        """Jobs that are waiting or running; a clip has at most one."""
        return self.filter(status__in=(Job.Status.QUEUED, Job.Status.RUNNING))

    def due(self):
        """Waiting jobs that may start now; that of a withdrawn clip waits until the clip is restored.

        The clip is asked for in a subquery: in an UPDATE a join would hide the conditions on the row itself from
        PostgreSQL's second look at it, and two workers could claim one job.
        """
        withdrawn = Exists(Clip.objects.filter(pk=OuterRef("clip"), state=Clip.State.WITHDRAWN))
        waiting = self.filter(~withdrawn, status=Job.Status.QUEUED, cancel_requested=False)
        return waiting.filter(Q(not_before=None) | Q(not_before__lte=timezone.now()))

    def without_heartbeat(self, lease_s: float):
        """Running jobs without a sign of life for ``lease_s`` seconds.

        A heartbeat further in the future than that comes from a clock that was set back: it counts as silence too.
        """
        now, lease = timezone.now(), datetime.timedelta(seconds=lease_s)
        silence = Q(heartbeat_at__lt=now - lease) | Q(heartbeat_at__gt=now + lease) | Q(heartbeat_at=None)
        return self.filter(silence, status=Job.Status.RUNNING)


class Job(models.Model):
    """One clip on its way through the steps."""

    class Status(models.TextChoices):
        QUEUED = "queued", pgettext_lazy("job status", "In the queue")
        RUNNING = "running", pgettext_lazy("job status", "Running")
        DONE = "done", pgettext_lazy("job status", "Finished")
        FAILED = "failed", pgettext_lazy("job status", "Failed")
        CANCELLED = "cancelled", pgettext_lazy("job status", "Cancelled")

    class Step(models.TextChoices):
        """The steps in their order, with the share of a job's time that each took on the benchmark's clips.

        What a step does is ``run`` in the module of its name in ``media_pipeline/steps``.
        """

        def __new__(cls, name: str, share: float) -> "Job.Step":
            step = str.__new__(cls, name)
            step._value_, step.share = name, share
            return step

        PROBE = "probe", 0.02, pgettext_lazy("job step", "Checking the file")
        PREVIEW = "preview", 0.08, pgettext_lazy("job step", "Creating a preview")
        PLAN = "plan", 0.08, pgettext_lazy("job step", "Planning")
        ENCODE = "encode", 0.73, pgettext_lazy("job step", "Converting the video")
        PACKAGE = "package", 0.03, pgettext_lazy("job step", "Packaging")
        STILLS = "stills", 0.05, pgettext_lazy("job step", "Creating pictures")
        PUBLISH = "publish", 0.01, pgettext_lazy("job step", "Finishing")

        @property
        def later(self) -> list["Job.Step"]:
            """The steps after this one."""
            steps = list(Job.Step)
            return steps[steps.index(self) + 1 :]

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    clip = models.ForeignKey("media_pipeline.Clip", on_delete=models.CASCADE, related_name="jobs")
    step = models.CharField(max_length=10, choices=Step, default=Step.PROBE)
    status = models.CharField(max_length=10, choices=Status, default=Status.QUEUED, db_index=True)
    priority = models.SmallIntegerField(default=0, help_text="-100 to 100, higher first.")
    progress = models.FloatField(default=0, help_text="0 to 1, over all steps.")
    attempts = models.PositiveSmallIntegerField(default=0, help_text="Of the current step.")
    lease = models.UUIDField(null=True, blank=True, help_text="Who owns the run now.")
    worker = models.CharField(max_length=120, blank=True, help_text="Process that holds the lease, or held it last.")
    heartbeat_at = models.DateTimeField(null=True, blank=True)
    not_before = models.DateTimeField(null=True, blank=True)
    cost_s = models.FloatField(
        null=True, blank=True, help_text="Estimated seconds of work left; None before the file was checked."
    )
    watched_at = models.DateTimeField(
        null=True, blank=True, help_text="When an editor of the clip last looked at its progress."
    )
    dispatched_at = models.DateTimeField(null=True, blank=True, help_text="When the queue was last given this id.")
    cancel_requested = models.BooleanField(default=False)
    error_code = models.CharField(max_length=40, blank=True)
    log_tail = models.TextField(blank=True, help_text="The last lines for a sysadmin; no names of people.")
    work = models.JSONField(
        default=dict, blank=True, help_text="What one step leaves for the next: values, never files."
    )
    created_at = models.DateTimeField(auto_now_add=True)
    started_at = models.DateTimeField(null=True, blank=True)
    step_started_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        # Translators: a "job" is the work of preparing one clip.
        verbose_name = _("job")
        verbose_name_plural = _("jobs")
        ordering = ["-created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["clip"], condition=Q(status__in=("queued", "running")), name="one_active_job_per_clip"
            )
        ]

    def __str__(self) -> str:
        return f"{self.step} {self.status}"
