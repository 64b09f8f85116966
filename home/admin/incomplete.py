"""What no form of the site sends: Wagtail reads some of it without a question, and breaks.

The answer is 400 with a sentence, as from views that check. Errors of which the request could be innocent are not here.
"""

from django.core.exceptions import ObjectDoesNotExist
from django.core.paginator import InvalidPage
from django.db import DataError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils.datastructures import MultiValueDictKeyError
from django.utils.translation import get_language_from_request, override
from django.utils.translation import gettext as _

# Errors that name what was sent: a field that is missing, a number that no column can hold.
ALWAYS = (MultiValueDictKeyError, OverflowError, DataError)
# Functions that take for a number what was sent: the key of a row, and how many blocks a text has.
READ_AS_NUMBERS = {"get_prep_value", "value_from_datadict"}
# Where Wagtail takes for granted what its own page sends.
AT = {
    "wagtailadmin_choose_page_external_link": AttributeError,  # without an address
    "wagtailadmin_dismissibles": (TypeError, ValueError),  # an object in JSON
    "wagtailadmin_pages:copy": ObjectDoesNotExist,  # to below a page that does not exist
    "wagtailadmin_workflows:edit": (ValueError, InvalidPage),  # the page of a list
    "wagtailredirects:process_import": KeyError,  # without a format
}


def answer(request: HttpRequest, error: Exception) -> HttpResponse | None:
    """400 where ``error`` comes of what was sent."""
    in_admin = request.path.startswith(reverse("wagtailadmin_home"))
    if not isinstance(error, MultiValueDictKeyError) and not (in_admin and comes_of_what_was_sent(request, error)):
        return None
    with override(get_language_from_request(request)):
        if "text/html" in request.headers.get("Accept", ""):
            return render(request, "400.html", status=400)
        line = _("What was sent is incomplete or damaged. Go back, reload the page and try again.")
        return HttpResponse(f"{line}\n", status=400, content_type="text/plain; charset=utf-8")


def comes_of_what_was_sent(request: HttpRequest, error: Exception) -> bool:
    """Whether ``error`` would not be there had the request been one of the site's own."""
    if isinstance(error, ALWAYS):
        return True
    if isinstance(error, NoReverseMatch):
        return any("/" not in sent for sent in (request.GET.get("next"), request.POST.get("next")) if sent)
    if isinstance(error, ValueError) and raised_in(error) in READ_AS_NUMBERS:
        return True
    match = request.resolver_match
    return match is not None and isinstance(error, AT.get(match.view_name, ()))


def raised_in(error: Exception) -> str:
    """Return the name of the function that raised ``error``."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    return trace.tb_frame.f_code.co_name if trace is not None else ""
