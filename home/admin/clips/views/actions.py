"""The actions on a clip. Each is a POST, checks permission, reports in a message, and returns to the detail page.

``ACTIONS`` at the end gives each its name in the address and in ``{% url %}``.
"""

from collections.abc import Callable

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from wagtail.admin import messages
from wagtail.log_actions import log

from home.access.clip_policy import ACTION_PERMISSIONS, cities_of, clip_permission_policy, clips_of
from home.admin.clips.forms import CaptionUploadForm, ClipDetailsForm
from home.admin.clips.views.detail import DetailView
from home.editing.clip_page_draft import create_clip_page
from media_pipeline import api
from media_pipeline.models import Clip


def get_clip_for(request: HttpRequest, pk: int, action: str) -> Clip:
    """The clip, if the person may take ``action`` (a key of ``ACTION_PERMISSIONS``) on it.

    404 where the person may not work on it, which discloses nothing about clips of others; 403 where only the
    permission for this action is missing.
    """
    if not request.user.has_perm("wagtailadmin.access_admin"):
        raise PermissionDenied
    clip = get_object_or_404(clips_of(request.user), pk=pk)
    if not clip_permission_policy.user_has_permission_for_instance(request.user, ACTION_PERMISSIONS[action], clip):
        raise PermissionDenied
    return clip


def _redirect_to_detail(clip: Clip, anchor: str = "") -> HttpResponse:
    response = redirect("clips:inspect", clip.pk)
    response["Location"] += f"#{anchor}" if anchor else ""
    return response


@require_POST
def retry_view(request, pk):
    """Start again where the last job failed."""
    clip = get_clip_for(request, pk, "retry")
    if clip.state == Clip.State.WITHDRAWN:
        messages.error(request, _("This clip is withdrawn. Restore it first."))
    else:
        api.retry_job(clip)
        log(instance=clip, action="wagtail.edit")
        messages.success(request, _("Trying again. You can leave this page."))
    return _redirect_to_detail(clip)


@require_POST
def accept_audio_only_view(request, pk):
    """Publish sound without a picture: the pipeline draws one."""
    clip = get_clip_for(request, pk, "as_sound")
    if clip.error_code == api.ErrorCode.NO_VIDEO_STREAM:
        api.accept_audio_only(clip)
        log(instance=clip, action="wagtail.edit")
    return retry_view(request, pk)


@require_POST
def cancel_view(request, pk):
    """Cancel the running job; the original file stays."""
    clip = get_clip_for(request, pk, "cancel")
    if api.cancel_job(clip):
        messages.success(request, _("Cancelling. Your original file is safe."))
    else:
        messages.warning(request, _("Nothing to cancel: this is already finished."))
    return _redirect_to_detail(clip)


@require_POST
def withdraw_view(request, pk):
    """Hide the clip from the public at once."""
    clip = get_clip_for(request, pk, "withdraw")
    api.withdraw_clip(clip)
    log(instance=clip, action="wagtail.unpublish")
    messages.success(request, _("Clip withdrawn. The public can’t watch it any more."))
    return _redirect_to_detail(clip)


@require_POST
def restore_view(request, pk):
    """Undo a withdrawal."""
    clip = get_clip_for(request, pk, "restore")
    api.restore_clip(clip)
    log(instance=clip, action="wagtail.publish")
    messages.success(request, _("Clip restored. It is public wherever its page is published."))
    return _redirect_to_detail(clip)


@require_POST
def choose_poster_view(request, pk):
    """Choose the poster."""
    clip = get_clip_for(request, pk, "poster")
    chosen = get_object_or_404(
        clip.posters, pk=request.POST.get("poster") if request.POST.get("poster", "").isdecimal() else 0
    )
    api.choose_poster(clip, chosen)
    log(instance=clip, action="wagtail.edit", content_changed=True)
    messages.success(request, _("Poster changed."))
    return _redirect_to_detail(clip, "pictures")


@require_POST
def edit_details_view(request, pk):
    """Change title, language or city."""
    clip = get_clip_for(request, pk, "facts")
    form = ClipDetailsForm(request.POST, instance=clip, for_user=request.user)
    if not form.is_valid():
        return _detail_with_errors(request, pk, details_form=form)
    form.save()
    log(instance=clip, action="wagtail.edit", content_changed=True)
    messages.success(request, _("Saved."))
    return _redirect_to_detail(clip, "facts")


@require_POST
def add_captions_view(request, pk):
    """Add or replace one caption track."""
    clip = get_clip_for(request, pk, "caption_add")
    form = CaptionUploadForm(request.POST, request.FILES)
    added = form.add_to(clip) if form.is_valid() else None
    if added is None:
        return _detail_with_errors(request, pk, caption_form=form)
    log(instance=clip, action="wagtail.edit", content_changed=True)
    messages.success(request, _("Captions added and published."))
    for code in added.warnings:
        messages.warning(request, api.warning_message(code).message)
    return _redirect_to_detail(clip, "captions")


@require_POST
def remove_captions_view(request, pk, caption_pk):
    """Remove one caption track."""
    clip = get_clip_for(request, pk, "caption_remove")
    api.remove_caption(get_object_or_404(clip.captions, pk=caption_pk))
    log(instance=clip, action="wagtail.edit", content_changed=True)
    messages.success(request, _("Captions removed."))
    return _redirect_to_detail(clip, "captions")


@require_POST
def create_page_view(request, pk):
    """Create the clip's draft page."""
    clip = get_clip_for(request, pk, "page_add")
    city = cities_of(request.user).filter(collection=clip.collection_id).first()
    if city is None or clip.pages.exists():
        messages.error(
            request, _("Choose a city for the clip first.") if city is None else _("This clip already has a page.")
        )
        return _redirect_to_detail(clip, "facts")
    page = create_clip_page(clip, city, headline=clip.title, language=clip.spoken_language)
    return redirect("wagtailadmin_pages:edit", page.pk)


def _detail_with_errors(request: HttpRequest, pk: int, **forms) -> HttpResponse:
    """The detail page again, with the refused form and all that was typed."""
    messages.error(request, _("Not saved. Please check the marked fields."))
    view = DetailView.as_view(
        model=Clip,
        permission_policy=clip_permission_policy,
        index_url_name="clips:index",
        header_icon="media",
        **forms,
    )
    request.method = "GET"
    return view(request, pk=pk)


ACTIONS: dict[str, Callable[[HttpRequest, int], HttpResponse]] = {
    "retry": retry_view,
    "as_sound": accept_audio_only_view,
    "cancel": cancel_view,
    "withdraw": withdraw_view,
    "restore": restore_view,
    "poster": choose_poster_view,
    "facts": edit_details_view,
    "caption_add": add_captions_view,
    "page_add": create_page_view,
}
