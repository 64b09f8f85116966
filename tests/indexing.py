"""Tests write no search index and no index of references (a third of what saving a page costs) unless they ask."""

from typing import Any

from django_tasks.backends.immediate import ImmediateBackend

INDEXING = ("modelsearch.tasks.insert_or_update_object_task", "wagtail.tasks.update_reference_index_task")


class WithoutIndexing(ImmediateBackend):
    """Runs every task at once, but those that index."""

    def enqueue(self, task: Any, args: Any, kwargs: Any) -> Any:
        return None if task.module_path in INDEXING else super().enqueue(task, args, kwargs)
