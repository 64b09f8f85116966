"""Wagtail's API for its own admin: images and documents are those that the person may choose or change."""

from typing import Any

from django.db.models import QuerySet
from wagtail import hooks
from wagtail.api.v2.router import WagtailAPIRouter
from wagtail.documents.api.admin.views import DocumentsAdminAPIViewSet
from wagtail.documents.permissions import permission_policy as document_policy
from wagtail.images.api.admin.views import ImagesAdminAPIViewSet
from wagtail.images.permissions import permission_policy as image_policy


class PermittedImagesAPIViewSet(ImagesAdminAPIViewSet):
    def get_queryset(self) -> QuerySet[Any]:
        return permitted(super().get_queryset(), image_policy, self.request.user)


class PermittedDocumentsAPIViewSet(DocumentsAdminAPIViewSet):
    def get_queryset(self) -> QuerySet[Any]:
        return permitted(super().get_queryset(), document_policy, self.request.user)


def permitted(things: QuerySet[Any], policy: Any, user: Any) -> QuerySet[Any]:
    """Of ``things`` those on which ``user`` has any right."""
    mine = policy.instances_user_has_any_permission_for(user, ["choose", "change", "delete"])
    return things.filter(pk__in=mine.values("pk"))


@hooks.register("construct_admin_api", order=1)
def register_permitted_endpoints(router: WagtailAPIRouter) -> None:
    """In the place of Wagtail's own endpoints of these names."""
    router.register_endpoint("images", PermittedImagesAPIViewSet)
    router.register_endpoint("documents", PermittedDocumentsAPIViewSet)
