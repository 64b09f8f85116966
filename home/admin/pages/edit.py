"""Editing a page while others do: saves are merged field by field, and what cannot be saved is not lost."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.admin.views.pages.edit import EditView
from wagtail.admin.views.pages.revisions import RevisionsRevertView
from wagtail.models import Page

from home.forms.merging import CHOICE, LOADED
from home.i18n.formats import format_list
from home.models import TranslatedPage

from .lost_text import answer_with_text, page_model
from .versions import continuable


class SavesInTurnMixin:
    """One save of a page at a time: each compares with what the one before it stored."""

    def dispatch(self, request: HttpRequest, page_id: int, **kwargs: Any) -> HttpResponse:
        if request.method != "POST":
            return super().dispatch(request, page_id, **kwargs)
        try:
            with transaction.atomic():
                Page.objects.select_for_update(of=("self",)).filter(pk=page_id).first()
                return super().dispatch(request, page_id, **kwargs)
        except Http404:
            sentence = _("This was deleted while you were editing it.")
        except PermissionDenied:
            sentence = _("You may no longer change this.")
        if self.expects_json_response:
            return self.json_error_response("validation_error", sentence)
        return answer_with_text(request, page_model(page_id), sentence)


class MergingEditView(SavesInTurnMixin, EditView):
    """Wagtail's view. A form that knows what it was loaded with is never out of date: the form merges."""

    @property
    def is_merging(self) -> bool:
        return LOADED in self.request.POST and isinstance(self.page, TranslatedPage)

    @property
    def is_out_of_date(self) -> bool:
        return not self.is_merging and super().is_out_of_date

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.is_merging:
            self._continue_own_version()
        return super().post(request, *args, **kwargs)

    def _continue_own_version(self) -> None:
        """Let a background save go on in its own version, which moves to the top when others saved after it.

        Otherwise two people who type at the same time would add a version every second.
        """
        sent = self.request.POST.copy()
        if self.expects_json_response:  # a choice between versions is made by pressing a button
            for name in [name for name in sent if name.startswith(f"{CHOICE}-")]:
                del sent[name]
        own = continuable(self.page, self.request.user, sent.get("overwrite_revision_id", ""))
        if own is None:
            sent.pop("overwrite_revision_id", None)
        else:
            self.page.latest_revision = own
        self.request.POST = sent

    def workflow_action_is_valid(self) -> bool:
        """Wagtail's, which needs a task: somebody else may have approved meanwhile. The text is then saved."""
        return self.page.current_workflow_task is not None and super().workflow_action_is_valid()

    def form_valid(self, form: Any) -> HttpResponse:
        response = super().form_valid(form)
        if form.kept and not self.expects_json_response:
            names = format_list([form.described(name) for name in form.kept])
            sentence = _("Others changed this meanwhile, and it was kept: %(fields)s")
            messages.info(self.request, sentence % {"fields": names})
        return response

    def publish_action(self) -> HttpResponse:
        if self.is_merging and not self.form.accept_place():
            sentence = _("This page was moved or unpublished while you were editing it. Publish again if you want to.")
            self.form.add_error(None, sentence)
            return self.form_invalid(self.form)
        return super().publish_action()

    def form_invalid(self, form: Any) -> HttpResponse:
        found = form.all_conflicts() if self.is_merging else []
        if found and self.expects_json_response:
            author = found[0].authorship.author or _("Someone else")
            sentence = _("%(name)s changed “%(field)s”, too. Save to compare both versions.")
            return self.json_error_response("validation_error", sentence % {"name": author, "field": found[0].label})
        return super().form_invalid(form)


class RevertView(SavesInTurnMixin, RevisionsRevertView):
    """Replacing a page by an earlier version of it: not for translators, and not over what nobody here has seen."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not self.page.is_changeable_in_full(request.user):
            raise PermissionDenied
        return super().post(request, *args, **kwargs)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not self.page.is_changeable_in_full(request.user):
            raise PermissionDenied
        return super().get(request, *args, **kwargs)

    def form_valid(self, form: Any) -> HttpResponse:
        if self.is_out_of_date:
            sentence = _("Someone saved this page meanwhile. Save again to replace that, too.")
            form.add_error(None, sentence)
            return self.form_invalid(form)
        return super().form_valid(form)
