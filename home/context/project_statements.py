"""The European Union's statements of a page's projects, each wording once."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from home.context.eu_statement import NEW_FORM_SINCE, eu_statement
from home.i18n.fields import LocalizedText, localized_text
from home.i18n.languages import current_language
from home.models import FundingProgramme, ProjectPage


@dataclass(frozen=True)
class EuStatement:
    """What funding asks for. ``label`` stands beside the emblem, ``form`` is funded or cofunded."""

    text: LocalizedText
    disclaimer: LocalizedText
    form: str
    label: str


def eu_statements(projects: Iterable[ProjectPage]) -> tuple[EuStatement, ...]:
    """Statements in the page's language, in the projects' order, without repeating one. Select their programme."""
    shown = (project_statement(project) for project in projects)
    return tuple(dict.fromkeys(statement for statement in shown if statement is not None))


def project_statement(project: ProjectPage) -> EuStatement | None:
    """The statement of one project; None where no programme of the European Union pays."""
    programme = project.programme
    if programme is None or programme.statement != FundingProgramme.Statement.EU:
        return None
    text, disclaimer = eu_statement(
        str(localized_text(programme, "name")),
        # A project whose start nobody has typed in yet is a new one.
        project.starts_on or NEW_FORM_SINCE,
        "co_funded" if project.co_funded else "funded",
        project.granting_authority,
    )
    here = current_language()
    return EuStatement(
        text=LocalizedText(text, here, here),
        disclaimer=LocalizedText(disclaimer, here, here),
        form="cofunded" if project.co_funded else "funded",
        label=_("Co-funded by the European Union") if project.co_funded else _("Funded by the European Union"),
    )
