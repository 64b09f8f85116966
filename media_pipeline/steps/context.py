"""What every step is handed: the leased job, the tools, what runs commands, and where to build."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from media_pipeline.database_outage import call_until_answered
from media_pipeline.ffmpeg import json_values
from media_pipeline.ffmpeg.errors import WarningCode
from media_pipeline.ffmpeg.run.command import EncodeProgress, ProcessCommand, ProcessResult, Runner
from media_pipeline.ffmpeg.run.toolchain import Toolchain
from media_pipeline.files import manifest, storage
from media_pipeline.jobs import lease, queue, shutdown, submit, workdir
from media_pipeline.models import Clip, Job, Master

ResultT = TypeVar("ResultT")


@dataclass(frozen=True)
class StepContext:
    """One attempt at one step."""

    leased: lease.LeasedJob
    runner: Runner
    tools: Toolchain

    @property
    def job(self) -> Job:
        return self.leased.job

    @property
    def clip(self) -> Clip:
        return self.leased.job.clip

    @property
    def master(self) -> Master:
        return self.leased.job.clip.master

    def run_command(
        self, command: ProcessCommand, *, progress: Callable[[EncodeProgress], float] | None = None
    ) -> ProcessResult:
        """Run a command under the job's lease. ``progress`` turns a report into the part (0 to 1) that is done.

        Raises MediaError, with ``cancelled`` when the lease is gone, the job was cancelled or the worker stops.
        """

        def report(said: EncodeProgress) -> None:
            if progress is not None:
                self.leased.report_progress(progress(said))

        return self.runner(command, on_progress=report, should_stop=self.leased.should_stop)

    @contextmanager
    def master_file(self) -> Iterator[Path]:
        """A path at which the master can be read. Raises MediaError(master_missing)."""
        with storage.local_copy(storage.masters(), str(self.master.file.name), workdir.step_dir(self.job)) as path:
            yield path

    def make_dir(self) -> Path:
        """This attempt's own folder to build in, empty at first."""
        folder = workdir.step_dir(self.job)
        with storage.disk_errors():
            folder.mkdir(parents=True, exist_ok=True)
        return folder

    def finished_dir(self, step: str) -> Path:
        """The folder an earlier step left. Raises StartOver when it is gone."""
        name: str = self.job.work.get(step, {}).get("folder", "")
        folder = workdir.job_dir(self.job.pk) / name
        if not name or not folder.is_dir():
            raise lease.StartOver
        return folder

    def load_result(self, step: str, kind: type[ResultT], name: str = "made") -> ResultT:
        """The value an earlier step left. Raises StartOver when this version cannot read it."""
        try:
            return json_values.from_json(kind, self.job.work[step][name])
        except (KeyError, TypeError, ValueError):
            raise lease.StartOver from None

    def manifest_of(self, step: str) -> manifest.Manifest:
        """The manifest of the folder an earlier step left. Raises StartOver when there is none."""
        files: manifest.Manifest | None = self.job.work.get(step, {}).get("files")
        if files is None:
            raise lease.StartOver
        return files

    def commit_dir(self, folder: Path, made: object, write: Callable[[], Any] = lambda: None) -> None:
        """End the step with a finished folder, synced, and what was ``made`` in the row. Raises as ``advance`` does."""
        with storage.disk_errors():
            storage.sync_tree(folder)
            files = manifest.read_manifest(folder)
        self.advance(write, folder=folder.name, files=files, made=json_values.to_json(made))

    def advance(self, write: Callable[[], Any] = lambda: None, **left: Any) -> None:
        """End the step in one short transaction: ``write`` changes rows, ``left`` is kept for later steps.

        Raises LostLease, with nothing written, when another worker owns the job by now.
        """

        def commit() -> None:
            self.leased.advance(**({self.job.step: left} if left else {}))
            write()
            queue.enqueue_on_commit(self.job)

        self.write_rows(commit)

    def add_warnings(self, warnings: Iterable[WarningCode]) -> None:
        """Write what a step found out about the clip beside what is known, in the caller's transaction."""
        known = Clip.objects.values_list("warnings", flat=True).get(pk=self.clip.pk)
        codes = list(dict.fromkeys((*known, *(code.value for code in warnings))))
        Clip.objects.filter(pk=self.clip.pk).update(warnings=codes)

    def finish_job(self, write: Callable[[], Any]) -> None:
        """End the job well, in one short transaction with what ``write`` changes. Raises LostLease.

        What people changed about the sound since the probe gets a job of its own.
        """

        def commit() -> None:
            self.leased.end(Job.Status.DONE, progress=1, error_code="")
            clip = Clip.objects.select_for_update(of=("self",)).get(pk=self.clip.pk)
            write()
            if self.job.work.get(Job.Step.PROBE, {}).get("sound_wishes", clip.sound_wishes) != clip.sound_wishes:
                submit.submit_job(clip, priority=self.job.priority)

        self.write_rows(commit)

    def write_rows(self, write: Callable[[], Any]) -> None:
        """Call ``write`` in one transaction, as soon as the database can be used: what a step made is not lost by it.

        When it was committed and nobody heard of that, the second time raises LostLease: the job is no longer ours.
        """
        call_until_answered(write, pause=shutdown.stop_event.wait, atomic=True)
