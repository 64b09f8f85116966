"""The sentence and the disclaimer that European funding asks for, in the active language.

Two forms exist and both stay true for ever: projects of the periods up to 2020 name their programme, projects of
2021-27 name the European Union alone and carry a longer disclaimer that names the granting authority (Model Grant
Agreement, article 17). So the wording belongs to a project's programme and start, never to a template.
"""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

NEW_FORM_SINCE = date(2021, 1, 1)
"""Projects that start on this day or later use the form of 2021-27."""

ERASMUS_PLUS = "Erasmus+"
"""The one programme with a wording of its own: it is called a programme, the others are funds."""


@dataclass(frozen=True)
class EuStatement:
    """What funding asks for, in the active language: the sentence beside the emblem, and the disclaimer."""

    text: str
    disclaimer: str


def eu_statement(programme_name: str, period_start: date, *, co_funded: bool, granting_authority: str) -> EuStatement:
    """The statement of a project. Up to 2020 it names the programme, by its name in the reader's language.

    ``granting_authority`` is used by the form of 2021-27 only; where it is empty the disclaimer speaks of "the
    granting authority".
    """
    if period_start >= NEW_FORM_SINCE:
        text = _("Co-funded by the European Union") if co_funded else _("Funded by the European Union")
        return EuStatement(text, _disclaimer_since_2021(granting_authority))
    if programme_name == ERASMUS_PLUS:
        co_funded_text = _("Co-funded by the Erasmus+ programme of the European Union")
        funded_text = _("Funded by the Erasmus+ programme of the European Union")
    else:
        co_funded_text = _("Co-funded by the %(programme)s of the European Union") % {"programme": programme_name}
        funded_text = _("Funded by the %(programme)s of the European Union") % {"programme": programme_name}
    disclaimer = _(
        "The European Commission’s support for the production of this publication does not constitute an endorsement "
        "of the contents, which reflect the views only of the authors, and the Commission cannot be held responsible "
        "for any use which may be made of the information contained therein."
    )
    return EuStatement(co_funded_text if co_funded else funded_text, disclaimer)


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
