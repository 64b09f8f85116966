"""The page types, and the snippets and images they share."""

from django.apps import apps

from .base import TranslatedMixin, TranslatedPage
from .choices import Licence
from .city import CityContact, CityIndexPage, CityPage
from .clip import ClipPage, ClipRepost
from .gone import GoneAddress
from .home import HomePage
from .image import Picture, PictureRendition
from .news import NewsDocument, NewsIndexPage, NewsPage
from .password_attempts import PasswordAttempts
from .project import ProjectIndexPage, ProjectPage, ProjectPartner
from .role import ArchiveRole, CityRole
from .snippets import FundingProgramme, Person, Theme
from .standard import StandardPage
from .story import StoryPage


def translated_models() -> list[type[TranslatedMixin]]:
    """Every page type and snippet with ``translated_fields``: what is written once per language."""
    return [model for model in apps.get_app_config("home").get_models() if issubclass(model, TranslatedMixin)]


def page_types() -> list[type[TranslatedPage]]:
    """Every page type. A new one also needs its template and a function in ``home.context.VALUES_BY_MODEL``."""
    return [model for model in translated_models() if issubclass(model, TranslatedPage)]
