"""The actions on a clip. Each is a POST, checks permission, reports in a message, and returns to the detail page.

What asks something first answers a GET with a page for it, which is what people see where no script opens a dialog.
"""

from collections.abc import Callable

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods
from wagtail.admin import messages
from wagtail.log_actions import log

from home.access.clip_policy import CLIP_ADMIN_ACTIONS, cities_of, permitted_actions, possible_actions
from home.admin.clips import caption_preview
from home.admin.clips.caption_preview import CaptionUpload
from home.admin.clips.forms import CaptionUploadForm, ClipDetailsForm, field_error
from home.admin.clips.sound_tracks import sound_tracks
from home.admin.clips.views.detail import DetailView
from home.clip_permissions import clip_permission_policy
from home.editing.clip_page_draft import create_clip_page
from home.i18n.fields import language_choices
from media_pipeline import api
from media_pipeline.models import Clip

MAX_REASON_LENGTH = 1000

urlpatterns: list[URLPattern] = []


def get_clip_for(request: HttpRequest, pk: int, action: str) -> Clip:
    """The clip, if the person may take ``action`` (a key of ``CLIP_ADMIN_ACTIONS``) on it.

    404 where the person may not work on it, which discloses nothing about clips of others; 403 where only the
    permission for this action is missing.
    """
    if not request.user.has_perm("wagtailadmin.access_admin"):
        raise PermissionDenied
    enough = {"change", CLIP_ADMIN_ACTIONS[action].permission}
    clips = clip_permission_policy.instances_user_has_any_permission_for(request.user, enough)
    clip = get_object_or_404(clips, pk=pk)
    if action not in permitted_actions(request.user, clip):
        raise PermissionDenied
    return clip


def clip_action(
    name: str, *, section: str = "", entry: str = "wagtail.edit", address: str = "", question: Promise | None = None
) -> Callable:
    """Make ``act(request, clip)`` a view called ``name`` in ``{% url %}``.

    What ``act`` returns in words was done: it is shown, and logged as ``entry``. After None ``act`` has told the person
    itself; a response is passed on. ``section`` is the part of the detail page whose content the action changes;
    ``question`` is the title of the page that asks before, with the template of the action's name.
    """

    def register(act: Callable) -> Callable:
        @require_http_methods(["GET", "POST"] if question else ["POST"])
        def view(request, pk, **captured):
            clip = get_clip_for(request, pk, name)
            if name not in possible_actions(clip):
                messages.error(request, _("This isn’t possible now: the clip has changed since you opened this page."))
                return redirect("clips:inspect", pk)
            if request.method == "GET":
                context = {"clip": clip, "page_title": question, "page_subtitle": clip.title, "header_icon": "media"}
                return render(request, f"home/admin/clips/{name}.html", context)
            done = act(request, clip, **captured)
            if isinstance(done, HttpResponse):
                return done
            if done:
                log(instance=clip, action=entry, content_changed=bool(section))
                messages.success(request, done)
            return redirect(reverse("clips:inspect", args=[pk]) + (f"#{section}" if section else ""))

        urlpatterns.append(path(address or f"<int:pk>/{name}/", view, name=name))
        return act

    return register


@clip_action("retry")
def retry_preparation(request, clip):
    """Start again where the last job failed."""
    api.retry_job(clip)
    return _("Trying again. You can leave this page.")


@clip_action("as_sound")
def retry_as_audio_only(request, clip):
    """Publish sound without a picture: the pipeline draws one."""
    if clip.error_code == api.ErrorCode.NO_VIDEO_STREAM:
        api.accept_audio_only(clip)
    return retry_preparation(request, clip)


@clip_action("cancel")
def cancel_preparation(request, clip):
    """Cancel the running job; the original file stays."""
    if api.cancel_job(clip):
        messages.success(request, _("Cancelling. Your original file is safe."))
    else:
        messages.warning(request, _("Nothing to cancel: this is already finished."))


@clip_action("withdraw", entry="wagtail.unpublish", question=gettext_lazy("Withdraw clip"))
def withdraw_from_public(request, clip):
    """Hide the clip from the public at once. Who acts for the whole archive decides for it."""
    by_archive = clip_permission_policy.acts_for_archive(request.user, "withdraw")
    reason = request.POST.get("reason", "")[:MAX_REASON_LENGTH].strip()
    api.withdraw_clip(clip, by=request.user, reason=reason, by_archive=by_archive)
    return _("Clip withdrawn. The public can’t watch it any more.")


@clip_action("restore", entry="wagtail.publish")
def restore_to_public(request, clip):
    """Undo a withdrawal."""
    by_archive = clip_permission_policy.acts_for_archive(request.user, "restore")
    if not api.restore_clip(clip, by=request.user, by_archive=by_archive):
        raise PermissionDenied  # the archive withdrew it in this very moment
    return _("Clip restored. It is public wherever its page is published.")


@clip_action("sound", section="sound")
def change_sound_track(request, clip):
    """Choose which sound of the original file people hear; the clip is prepared again."""
    wanted = request.POST.get("track", "")[:6]
    track = next((each for each in sound_tracks(clip) if each.usable and str(each.index) == wanted), None)
    if track is None:
        raise Http404
    if track.chosen and not track.awaited:
        messages.success(request, _("This sound is used already."))
        return None
    # Players and pages name the language that is heard, and teachers look for it.
    language = track.language if track.language in dict(language_choices()) else ""
    if track.chosen or not api.choose_sound(clip, track.index, language):
        api.retry_job(clip)  # perhaps it could not be prepared; a job that runs goes on
    return _("Saved. We’re preparing the clip with this sound. You can leave this page.")


@clip_action("poster", section="pictures")
def change_poster(request, clip):
    """Choose the poster among the clip's own."""
    wanted = request.POST.get("poster", "")[:18]  # as many digits as a primary key has
    api.choose_poster(clip, get_object_or_404(clip.posters, pk=wanted if wanted.isdecimal() else 0))
    return _("Poster changed.")


@clip_action("facts", section="facts")
def edit_details(request, clip):
    """Change title, language or city, or whether the sound stays as it is."""
    form = ClipDetailsForm(request.POST, instance=clip, for_user=request.user)
    if not form.is_valid():
        return _detail_with_errors(request, clip, details_form=form)
    form.save()
    if form.sound_changed and clip.package_id:
        return _("Saved. We’re preparing the clip’s sound again. You can leave this page.")
    return _("Saved.")


@clip_action("caption_add", section="captions")
def upload_captions(request, clip):
    """Show what a file of captions would become; when that comes back, add or replace the track."""
    if "read" in request.POST:
        return _save_read_captions(request, clip)
    form = CaptionUploadForm(request.POST, request.FILES)
    found = form.read_for(clip) if form.is_valid() else None
    if found is None:
        return _detail_with_errors(request, clip, caption_form=form)
    data = form.cleaned_data
    upload = CaptionUpload(data["language"], data["kind"], api.display_name(data["file"].name), found)
    context = {"page_title": _("Check the captions"), "page_subtitle": clip.title, "header_icon": "media"}
    preview = caption_preview.preview_captions(clip, upload, request.user.pk)
    if len(preview.signed) > caption_preview.MAX_SIGNED_CHARS:
        form.add_error("file", field_error(api.ErrorCode.CAPTION_TOO_LARGE))
        return _detail_with_errors(request, clip, caption_form=form)
    return render(request, "home/admin/clips/caption_add.html", context | {"clip": clip, "preview": preview})


def _save_read_captions(request: HttpRequest, clip: Clip) -> str | None:
    """Store what the person has looked at."""
    upload = caption_preview.open_upload(request.POST["read"], clip, request.user.pk)
    if upload is None:
        messages.error(request, _("We no longer have this file. Choose it again."))
        return None
    api.save_captions(clip, upload.language, upload.kind, upload.found, upload.filename)
    return _("Captions added and published.")


@clip_action("caption_remove", section="captions", address="<int:pk>/captions/<int:caption_pk>/remove/")
def delete_captions(request, clip, caption_pk):
    """Remove one caption track."""
    api.remove_caption(get_object_or_404(clip.captions, pk=caption_pk))
    return _("Captions removed.")


@clip_action("page_add", section="facts")
def add_draft_page(request, clip):
    """Create the clip's draft page and open it."""
    city = cities_of(request.user).filter(collection=clip.collection_id).first()
    if city is not None and city.permissions_for_user(request.user).can_add_subpage():
        with transaction.atomic():
            Clip.objects.select_for_update().get(pk=clip.pk)  # who presses twice gets one page
            page = clip.pages.first() or create_clip_page(
                clip, city, headline=clip.title, language=clip.spoken_language
            )
        return redirect("wagtailadmin_pages:edit", page.pk)
    messages.error(request, _("Choose a city for the clip first."))
    return None


def _detail_with_errors(request: HttpRequest, clip: Clip, **forms) -> HttpResponse:
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
    return view(request, pk=clip.pk)
