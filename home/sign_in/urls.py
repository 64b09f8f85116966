"""Our views in front of Wagtail's of the same address and name: some below a page's language, some without one."""

from django.urls import path
from django.views.decorators.cache import never_cache

from home.sign_in import views

localized_patterns = [
    path(
        "_util/authenticate_with_password/<int:page_view_restriction_id>/<int:page_id>/",
        views.enter_page_password,
        name="wagtailcore_authenticate_with_password",
    ),
    path("_util/login/", views.VisitorSignInView.as_view(), name="wagtailcore_login"),
]
urlpatterns = [
    path("admin/logout/", views.sign_out, name="wagtailadmin_logout"),
    path("admin/password_reset/", never_cache(views.PasswordMailView.as_view()), name="wagtailadmin_password_reset"),
    path(
        "admin/password_reset/confirm/<uidb64>/<token>/",
        views.PasswordByMailView.as_view(),
        name="wagtailadmin_password_reset_confirm",
    ),
    path(
        "documents/authenticate_with_password/<int:restriction_id>/",
        views.enter_collection_password,
        name="wagtaildocs_authenticate_with_password",
    ),
]
