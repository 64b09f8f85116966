"""The EU statement: by programme, period and share, in words that stay true."""

from datetime import date

import pytest

from home.context.eu_statement import eu_statement

LAST_DAY, FIRST_DAY = date(2020, 12, 31), date(2021, 1, 1)


@pytest.mark.parametrize(
    ("name", "kind", "statement"),
    [
        ("Erasmus+", "co_funded", "Co-funded by the Erasmus+ programme of the European Union"),
        ("Erasmus+", "funded", "Funded by the Erasmus+ programme of the European Union"),
        (
            "Internal Security Fund – Police",
            "co_funded",
            "Co-funded by the Internal Security Fund – Police of the European Union",
        ),
        ("LIFE", "funded", "Funded by the LIFE of the European Union"),
    ],
)
def test_until_2020_the_programme_is_named(name, kind, statement):
    said, disclaimer = eu_statement(name, LAST_DAY, kind)
    assert said == statement
    assert disclaimer.endswith("held responsible for any use which may be made of the information contained therein.")


@pytest.mark.parametrize(
    ("kind", "statement"),
    [("funded", "Funded by the European Union"), ("co_funded", "Co-funded by the European Union")],
)
def test_since_2021_only_the_union_is_named_and_the_authority_in_the_disclaimer(kind, statement):
    said, disclaimer = eu_statement("Erasmus+", FIRST_DAY, kind, "EACEA")
    assert said == statement
    assert disclaimer == (
        "Views and opinions expressed are however those of the author(s) only and do not necessarily reflect those of "
        "the European Union or the granting authority (EACEA). Neither the European Union nor the granting authority "
        "can be held responsible for them."
    )


def test_without_a_name_the_authority_stays_an_authority():
    _said, disclaimer = eu_statement("Erasmus+", FIRST_DAY, "funded")
    assert "the granting authority. Neither" in disclaimer
