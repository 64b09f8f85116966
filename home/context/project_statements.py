"""The European Union's statements of a page's projects, each wording once."""

from collections.abc import Iterable

from home.context.eu_statement import NEW_FORM_SINCE, EuStatement, eu_statement
from home.i18n.fields import localized_text
from home.models import FundingProgramme, ProjectPage


def eu_statements(projects: Iterable[ProjectPage]) -> tuple[EuStatement, ...]:
    """Statements in the page's language, in the projects' order, without repeating one. Select their programme."""
    statements = (
        eu_statement(
            str(localized_text(project.programme, "name")),
            # A project whose start nobody has typed in yet is a new one.
            project.starts_on or NEW_FORM_SINCE,
            co_funded=project.co_funded,
            granting_authority=project.granting_authority,
        )
        for project in projects
        if project.programme and project.programme.statement == FundingProgramme.Statement.EU
    )
    return tuple(dict.fromkeys(statements))
