"""What one can do to a clip. Every action is a POST, checks the person's right, says what happened, and goes back."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from wagtail.admin import messages
from wagtail.log_actions import log

from home.access.clip_policy import ClipPermissionPolicy, cities_of, clips_of
from home.admin.clips.forms import CaptionForm, FactsForm
from home.admin.clips.views.detail import DetailView
from home.editing.clip_page_draft import create_clip_page
from media_pipeline import api
from media_pipeline.ffmpeg.errors import ErrorCode
from media_pipeline.models import Clip


def clip_for(request: HttpRequest, pk: int) -> Clip:
    """The clip, if the person may work on it; 404 otherwise, so that nothing is told about clips of others."""
    if not request.user.has_perm("wagtailadmin.access_admin"):
        raise PermissionDenied
    return get_object_or_404(clips_of(request.user), pk=pk)


def _back(clip: Clip, part: str = "") -> HttpResponse:
    response = redirect("clips:inspect", clip.pk)
    response["Location"] += f"#{part}" if part else ""
    return response


@require_POST
def retry(request, pk):
    """Begin again where the last job failed."""
    clip = clip_for(request, pk)
    if clip.state == Clip.State.WITHDRAWN:
        messages.error(request, _("The clip is withdrawn. Bring it back first."))
    else:
        api.retry(clip)
        log(instance=clip, action="wagtail.edit")
        messages.success(request, _("We try again. You can leave this page."))
    return _back(clip)


@require_POST
def as_sound(request, pk):
    """Sound without a picture is meant: draw one."""
    clip = clip_for(request, pk)
    if clip.error_code == ErrorCode.NO_VIDEO_STREAM:
        api.take_as_sound(clip)
        log(instance=clip, action="wagtail.edit")
    return retry(request, pk)


@require_POST
def cancel(request, pk):
    """Stop what is going on; the film stays."""
    clip = clip_for(request, pk)
    if api.cancel(clip):
        messages.success(request, _("The work is being stopped. Your film is kept."))
    else:
        messages.warning(request, _("There is nothing to stop: the work is already over."))
    return _back(clip)


@require_POST
def withdraw(request, pk):
    """Take the clip away from the public at once."""
    clip = clip_for(request, pk)
    api.withdraw(clip)
    log(instance=clip, action="wagtail.unpublish")
    messages.success(
        request, _("The clip is withdrawn: nobody outside can watch it any more, on no page and in no lesson.")
    )
    return _back(clip)


@require_POST
def restore(request, pk):
    """Undo a withdrawal."""
    clip = clip_for(request, pk)
    api.restore(clip)
    log(instance=clip, action="wagtail.publish")
    messages.success(request, _("The clip is back. It is public wherever its page is published."))
    return _back(clip)


@require_POST
def poster(request, pk):
    """Choose the picture people see first."""
    clip = clip_for(request, pk)
    chosen = get_object_or_404(
        clip.posters, pk=request.POST.get("poster") if request.POST.get("poster", "").isdecimal() else 0
    )
    api.choose_poster(clip, chosen)
    log(instance=clip, action="wagtail.edit", content_changed=True)
    messages.success(request, _("This picture is shown from now on."))
    return _back(clip, "pictures")


@require_POST
def facts(request, pk):
    """Correct title, language or city."""
    clip = clip_for(request, pk)
    form = FactsForm(request.POST, instance=clip, for_user=request.user)
    if not form.is_valid():
        return _detail_with(request, pk, facts_form=form)
    form.save()
    log(instance=clip, action="wagtail.edit", content_changed=True)
    messages.success(request, _("Saved."))
    return _back(clip, "facts")


@require_POST
def caption_add(request, pk):
    """Add or replace one caption track."""
    clip = clip_for(request, pk)
    form = CaptionForm(request.POST, request.FILES)
    added = form.add_to(clip) if form.is_valid() else None
    if added is None:
        return _detail_with(request, pk, caption_form=form)
    log(instance=clip, action="wagtail.edit", content_changed=True)
    messages.success(request, _("The captions are in. They are shown with the clip at once."))
    for code in added.warnings:
        messages.warning(request, api.warning(code).message)
    return _back(clip, "captions")


@require_POST
def caption_remove(request, pk, caption_pk):
    """Remove one caption track."""
    clip = clip_for(request, pk)
    get_object_or_404(clip.captions, pk=caption_pk).delete()
    log(instance=clip, action="wagtail.edit", content_changed=True)
    messages.success(request, _("The captions are removed."))
    return _back(clip, "captions")


@require_POST
def page_add(request, pk):
    """Give the clip its draft page."""
    clip = clip_for(request, pk)
    city = cities_of(request.user).filter(pk=clip.city_ref).first()
    if city is None or clip.pages.exists():
        messages.error(
            request, _("Choose a city for the clip first.") if city is None else _("The clip already has a page.")
        )
        return _back(clip, "facts")
    page = create_clip_page(clip, city, headline=clip.title, language=clip.spoken_language)
    return redirect("wagtailadmin_pages:edit", page.pk)


def _detail_with(request: HttpRequest, pk: int, **forms) -> HttpResponse:
    """The detail page again, with the form that needs another look and all that was typed."""
    messages.error(request, _("Not saved yet; the reason stands beside the field."))
    view = DetailView.as_view(
        model=Clip,
        permission_policy=ClipPermissionPolicy(),
        index_url_name="clips:index",
        header_icon="media",
        forms=forms,
    )
    request.method = "GET"
    return view(request, pk=pk)
