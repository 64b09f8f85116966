"""What editors compose: pages below their city, and the words and people they share."""

from .base import TranslatedMixin, TranslatedPage
from .city import CityContact, CityIndexPage, CityPage
from .clip import ClipPage, ClipRepost
from .home import HomePage
from .image import Picture, PictureRendition
from .news import NewsDocument, NewsIndexPage, NewsPage
from .project import ProjectIndexPage, ProjectPage, ProjectPartner
from .snippets import FundingProgramme, Person, Theme
from .standard import StandardPage
from .story import StoryPage

__all__ = [
    "CityContact",
    "CityIndexPage",
    "CityPage",
    "ClipPage",
    "ClipRepost",
    "FundingProgramme",
    "HomePage",
    "NewsDocument",
    "NewsIndexPage",
    "NewsPage",
    "Person",
    "Picture",
    "PictureRendition",
    "ProjectIndexPage",
    "ProjectPage",
    "ProjectPartner",
    "StandardPage",
    "StoryPage",
    "Theme",
    "TranslatedMixin",
    "TranslatedPage",
]
