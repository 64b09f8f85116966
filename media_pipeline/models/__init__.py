"""What the archive stores about videos, one file per thing.

A Clip is the thing people talk about; a Master is the file they uploaded; a Package is one complete, immutable
set of Renditions made from it; Captions, Chapters, Posters and Storyboards belong to them; a Job says what is
being done right now and what happened before; a Withdrawal says who took a clip from the public, and why.
"""

from .caption import Caption
from .chapter import Chapter
from .clip import Clip
from .job import Job
from .master import Master
from .package import Package
from .periodic_task_run import PeriodicTaskRun
from .rendition import Rendition
from .stills import Poster, Storyboard
from .withdrawal import Withdrawal

__all__ = [
    "Caption",
    "Chapter",
    "Clip",
    "Job",
    "Master",
    "Package",
    "PeriodicTaskRun",
    "Poster",
    "Rendition",
    "Storyboard",
    "Withdrawal",
]
