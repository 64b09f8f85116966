"""Addresses: machines' ones without a language first, then the pages below the language they are read in."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from home.sign_in import urls as sign_in_urls

urlpatterns = [
    path("", include(sign_in_urls)),
    path("admin/", include("home.admin.urls")),
    path("admin/", include(wagtailadmin_urls)),
    path("", include("home.urls")),
    path("", include("exchange.urls")),
    path("documents/", include(wagtaildocs_urls)),
    *i18n_patterns(
        path("", include(sign_in_urls.localized_patterns)),
        path("", include(wagtail_urls)),
        prefix_default_language=True,
    ),
]

handler400 = "campaign_site.bad_requests.bad_request"
# The page that says so in the reader's language; what a machine asks for answers in one line (home.refusal).
handler404 = "home.refusal.not_found_page"
# A database that is away or locked is no fault of ours: 503, with what was typed.
handler500 = "home.unavailable.server_error_page"
