"""Tests write no search index and no index of references (a third of what saving a page costs) unless they ask."""

from typing import Any

from django_tasks.backends.immediate import ImmediateBackend

SEARCH = "modelsearch.tasks.insert_or_update_object_task"
REFERENCES = "wagtail.tasks.update_reference_index_task"


class WithoutIndexing(ImmediateBackend):
    """Runs every task at once, but those that index."""

    left_out: tuple[str, ...] = (SEARCH, REFERENCES)

    def enqueue(self, task: Any, args: Any, kwargs: Any) -> Any:
        return None if task.module_path in self.left_out else super().enqueue(task, args, kwargs)


class WithReferenceIndex(WithoutIndexing):
    """Runs every task at once, but those that write the search index.

    Its full-text table has rows that belong to no model, so rows of a test that are recorded and written back would
    not fit it.
    """

    left_out = (SEARCH,)
