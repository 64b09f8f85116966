"""Editing themes, people and programmes while others do."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.decorators import classonlymethod
from django.utils.translation import gettext as _
from wagtail.snippets.views.snippets import EditView

from .pages.lost_text import answer_with_text


def save_in_turn(view: Callable[..., HttpResponse], model: type[Model]) -> Callable[..., HttpResponse]:
    """Let ``view`` save in one transaction, and give people their text back where there is nothing left to save."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method != "POST":
            return view(request, *args, **kwargs)
        try:
            with transaction.atomic():
                return view(request, *args, **kwargs)
        except Http404:
            sentence = _("This was deleted while you were editing it.")
        except PermissionDenied:
            sentence = _("You may no longer change this.")
        return answer_with_text(request, model, sentence)

    return answer


class SharedEditView(EditView):
    """Saves one form at a time, each merged with what the one before it stored; refuses others' contacts."""

    @classonlymethod
    def as_view(cls, **options: Any) -> Callable[..., HttpResponse]:  # noqa: N805 - a class method of Django's own kind
        return save_in_turn(super().as_view(**options), options["model"])

    def get_queryset(self) -> QuerySet[Any]:
        found = super().get_queryset()
        return found.select_for_update(of=("self",)) if self.request.method == "POST" else found

    def get_object(self, queryset: Any = None) -> Any:
        thing = super().get_object(queryset)
        if not self.permission_policy.user_has_permission_for_instance(self.request.user, "change", thing):
            raise PermissionDenied
        return thing
