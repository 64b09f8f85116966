"""The EU statement: by programme, period and share, in words that stay true."""

from datetime import date

import pytest

from home.context.eu_statement import eu_statement

LAST_DAY, FIRST_DAY = date(2020, 12, 31), date(2021, 1, 1)


@pytest.mark.parametrize(
    ("name", "co_funded", "sentence"),
    [
        ("Erasmus+", True, "Co-funded by the Erasmus+ programme of the European Union"),
        ("Erasmus+", False, "Funded by the Erasmus+ programme of the European Union"),
        ("Internal Security Fund", True, "Co-funded by the Internal Security Fund of the European Union"),
        ("LIFE", False, "Funded by the LIFE of the European Union"),
    ],
)
def test_until_2020_the_programme_is_named(name, co_funded, sentence):
    statement = eu_statement(name, LAST_DAY, co_funded=co_funded, granting_authority="EACEA")
    assert statement.text == sentence
    assert statement.disclaimer.endswith("any use which may be made of the information contained therein.")


@pytest.mark.parametrize(
    ("co_funded", "authority", "sentence", "named"),
    [
        (False, "EACEA", "Funded by the European Union", "the granting authority (EACEA)"),
        (True, "", "Co-funded by the European Union", "the granting authority"),
    ],
)
def test_since_2021_only_the_union_is_named_and_the_authority_in_the_disclaimer(co_funded, authority, sentence, named):
    statement = eu_statement("Erasmus+", FIRST_DAY, co_funded=co_funded, granting_authority=authority)
    assert statement.text == sentence
    assert statement.disclaimer == (
        "Views and opinions expressed are however those of the author(s) only and do not necessarily reflect those of "
        f"the European Union or {named}. Neither the European Union nor the granting authority can be held responsible "
        "for them."
    )
