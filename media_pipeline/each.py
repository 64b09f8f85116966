"""Work on many things, where one that fails must not stop the rest."""

from collections.abc import Callable, Iterable
from typing import TypeVar

from media_pipeline.database_outage import is_outage

_ThingT = TypeVar("_ThingT")
_ResultT = TypeVar("_ResultT")


def do_each(
    things: Iterable[_ThingT], do: Callable[[_ThingT], _ResultT], name: Callable[[_ThingT], str] = str
) -> list[_ResultT]:
    """Call ``do`` with each of ``things``, and return what it returned.

    When some fail, an ExceptionGroup is raised after the last; a note on each error names its thing. A database that
    does not answer ends it at once, with its error: all others would fail alike.
    """
    results, failures = [], []
    for thing in things:
        try:
            results.append(do(thing))
        except Exception as failure:
            if is_outage(failure):
                raise
            failure.add_note(name(thing))
            failures.append(failure)
    if failures:
        raise ExceptionGroup(f"{len(failures)} of {len(failures) + len(results)} failed", failures)
    return results
