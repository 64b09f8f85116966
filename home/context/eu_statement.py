"""The sentence and the disclaimer that European funding asks for, in the active language.

Two forms exist and both stay true for ever: projects of the periods up to 2020 name their programme, projects of
2021-27 name the European Union alone and carry a longer disclaimer that names the granting authority (Model Grant
Agreement, article 17). So the wording belongs to a project's programme and start, never to a template.
"""

from datetime import date
from typing import Literal

from django.utils.translation import gettext as _

FundingKind = Literal["funded", "co_funded"]

NEW_FORM_SINCE = date(2021, 1, 1)
"""Projects that start on this day or later use the form of 2021-27."""

ERASMUS_PLUS = "Erasmus+"
"""The one programme with a wording of its own: it is called a programme, the others are funds."""


def eu_statement(
    programme_name: str, period_start: date, kind: FundingKind = "co_funded", granting_authority: str = ""
) -> tuple[str, str]:
    """Return (statement, disclaimer) as plain text in the active language.

    ``programme_name`` is the name in the reader's language. ``granting_authority`` is used by the form of 2021-27
    only; without it the disclaimer speaks of "the granting authority".
    """
    if period_start >= NEW_FORM_SINCE:
        return _statement_since_2021(kind), _disclaimer_since_2021(granting_authority)
    return _statement_until_2020(programme_name, kind), _disclaimer_until_2020()


def _statement_until_2020(programme_name: str, kind: FundingKind) -> str:
    if programme_name == ERASMUS_PLUS:
        if kind == "funded":
            return _("Funded by the Erasmus+ programme of the European Union")
        return _("Co-funded by the Erasmus+ programme of the European Union")
    if kind == "funded":
        return _("Funded by the %(programme)s of the European Union") % {"programme": programme_name}
    return _("Co-funded by the %(programme)s of the European Union") % {"programme": programme_name}


def _disclaimer_until_2020() -> str:
    return _(
        "The European Commission’s support for the production of this publication does not constitute an endorsement "
        "of the contents, which reflect the views only of the authors, and the Commission cannot be held responsible "
        "for any use which may be made of the information contained therein."
    )


def _statement_since_2021(kind: FundingKind) -> str:
    return _("Funded by the European Union") if kind == "funded" else _("Co-funded by the European Union")


def _disclaimer_since_2021(granting_authority: str) -> str:
    if granting_authority:
        return _(
            "Views and opinions expressed are however those of the author(s) only and do not necessarily reflect those "
            "of the European Union or the granting authority (%(authority)s). Neither the European Union nor the "
            "granting authority can be held responsible for them."
        ) % {"authority": granting_authority}
    return _(
        "Views and opinions expressed are however those of the author(s) only and do not necessarily reflect those "
        "of the European Union or the granting authority. Neither the European Union nor the granting authority can "
        "be held responsible for them."
    )
