"""What every step is handed: the job in our hands, the tools, the door to processes, and where to build."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from django.db import transaction

from media_pipeline.ffmpeg import json_values
from media_pipeline.ffmpeg.run.command import EncodeProgress, ProcessCommand, ProcessResult, Runner
from media_pipeline.ffmpeg.run.toolchain import Toolchain
from media_pipeline.files import manifest, storage
from media_pipeline.jobs import lease, queue, workdir
from media_pipeline.models import Clip, Job, Master

T = TypeVar("T")


@dataclass(frozen=True)
class Work:
    """One attempt at one step."""

    held: lease.Held
    runner: Runner
    tools: Toolchain

    @property
    def job(self) -> Job:
        return self.held.job

    @property
    def clip(self) -> Clip:
        return self.held.job.clip

    @property
    def master(self) -> Master:
        return self.held.job.clip.master

    def call(
        self, command: ProcessCommand, *, progress: Callable[[EncodeProgress], float] | None = None
    ) -> ProcessResult:
        """Run a command under the job's lease. ``progress`` turns a report into the part (0 to 1) that is done.

        Raises MediaError, with ``cancelled`` when the lease is gone, the job was cancelled or the worker stops.
        """

        def report(said: EncodeProgress) -> None:
            if progress is not None:
                self.held.part(progress(said))

        return self.runner(command, on_progress=report, should_stop=self.held.should_stop)

    @contextmanager
    def master_file(self) -> Iterator[Path]:
        """A path at which the master can be read. Raises MediaError(master_missing)."""
        nearby = workdir.place_of(self.held)
        with storage.local_copy(storage.masters(), str(self.master.file.name), nearby) as path:
            yield path

    def folder(self) -> Path:
        """This attempt's own folder to build in."""
        return workdir.enter(self.held)

    def left_by(self, step: str) -> Path:
        """The folder an earlier step left. Raises StartOver when it is gone."""
        folder = workdir.left_by(self.held, step)
        if folder is None:
            raise lease.StartOver
        return folder

    def value(self, step: str, name: str, kind: type[T]) -> T:
        """A value an earlier step left. Raises StartOver when this version cannot read it."""
        try:
            return json_values.from_json(kind, self.job.work[step][name])
        except (KeyError, TypeError, ValueError):
            raise lease.StartOver from None

    def files_of(self, step: str) -> manifest.Files:
        """The manifest of the folder an earlier step left. Raises StartOver when there is none."""
        files: manifest.Files | None = self.job.work.get(step, {}).get("files")
        if files is None:
            raise lease.StartOver
        return files

    def leave_folder(self, folder: Path, write: Callable[[], Any] = lambda: None, **left: Any) -> None:
        """End the step with a finished folder: synced, its manifest in the row. Raises as ``advance`` does."""
        with storage.disk_errors():
            storage.sync_tree(folder)
            files = manifest.files_of(folder)
        self.advance(write, folder=folder.name, files=files, **left)

    def advance(self, write: Callable[[], Any] = lambda: None, **left: Any) -> None:
        """End the step in one short transaction: ``write`` changes rows, ``left`` is kept for later steps.

        Raises LostLease, with nothing written, when somebody else owns the job by now.
        """
        with transaction.atomic():
            self.held.advance(**({self.job.step: left} if left else {}))
            write()
            queue.send(self.job)

    def finish(self, write: Callable[[], Any]) -> None:
        """End the job well, in one short transaction with what ``write`` changes. Raises LostLease."""
        with transaction.atomic():
            self.held.end(Job.Status.DONE, progress=1, error_code="")
            write()
