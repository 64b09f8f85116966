"""The demo's document is one that the site itself accepts."""

from demo.handout import programme_pdf
from home.documents.checks import check_document


def test_our_own_handout_is_accepted():
    check_document(programme_pdf(), "pdf")
