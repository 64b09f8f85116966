"""Everything about one clip: original file, published files, captions, jobs, problems, and what can be done."""

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from wagtail.admin.views import generic

from home import links
from home.access.clip_policy import allowed_actions, clips_of
from home.admin.clips import file_details, presenters, sound_tracks
from home.admin.clips.caption_preview import CaptionWarning, places_in_words
from home.admin.clips.columns import with_column_data
from home.admin.clips.forms import CaptionUploadForm, ClipDetailsForm
from home.clip_permissions import clip_permission_policy
from home.context.poster import candidate_image, poster_of
from home.i18n import durations
from home.i18n.languages import native_name
from media_pipeline import api

CODES_OF_UNUSED_TRACKS = (api.WarningCode.EXTRA_TRACKS_DROPPED, api.WarningCode.AUDIO_DROPPED)


class DetailView(generic.InspectView):
    """Everything about a clip on one page."""

    template_name = "home/admin/clips/detail.html"
    page_title = _lazy("Clip")
    # Set by an action whose form was refused: the form with its errors.
    details_form: ClipDetailsForm | None = None
    caption_form: CaptionUploadForm | None = None

    def get_object(self, queryset=None):
        return get_object_or_404(with_column_data(clips_of(self.request.user)), pk=self.kwargs["pk"])

    def get_edit_url(self):
        return None

    def get_delete_url(self):
        return None

    def get_page_subtitle(self):
        return self.object.title

    def get_fields(self):
        return []

    def get_context_data(self, **kwargs):
        clip = self.object
        page = presenters.page_of(clip)
        translations = presenters.translation_rows(page)
        posters = clip.posters.select_related("package").filter(package=clip.package)
        return super().get_context_data(
            clip=clip,
            status=presenters.clip_status_row(clip),
            is_question=presenters.is_question(clip),
            may_retry=clip.state != clip.State.READY or bool(clip.error_code),
            problem=api.error_message(clip.error_code) if clip.error_code else None,
            warnings=[api.warning_message(code) for code in clip.notes],
            page=page,
            withdrawals=clip.withdrawals.open().select_related("withdrawn_by"),
            translations=translations,
            missing=[row for row in translations if row.state == "missing"],
            spoken_name=native_name(clip.spoken_language),
            original_file=file_details.original_file_rows(getattr(clip, "master", None)),
            sounds=sound_tracks.sound_tracks(clip),
            unused_tracks=sound_tracks.unused_tracks_text(clip),
            codes_of_unused_tracks=CODES_OF_UNUSED_TRACKS,
            renditions=file_details.rendition_rows(clip.package),
            captions=[_caption_row(clip, caption) for caption in clip.captions.all()],
            posters=[_poster_row(clip, poster) for poster in posters],
            jobs=clip.jobs.order_by("-created_at")[:10],
            video_url=links.download_url(clip) if clip.package_id or clip.preview_id else "",
            growing_url=links.playlist_url(clip) if _shows_growing_preview(clip) else "",
            only_first_version=clip.package_id is None and clip.preview_id is not None,
            poster_url=poster_of(clip).url,
            allowed=allowed_actions(self.request.user, clip),
            may_upload=clip_permission_policy.user_has_permission(self.request.user, "add"),
            details_form=self.details_form or ClipDetailsForm(instance=clip, for_user=self.request.user),
            caption_form=self.caption_form or CaptionUploadForm(initial=_chosen_track(self.request)),
            **kwargs,
        )


def _chosen_track(request) -> dict[str, str]:
    """Language and type that somebody chose before, who comes back from the preview for another file."""
    return {name: request.GET[name] for name in ("language", "kind") if name in request.GET}


def _shows_growing_preview(clip) -> bool:
    """Whether what plays now is a preview that is still being written."""
    return clip.package_id is None and clip.preview is not None and clip.preview.growing


def _caption_row(clip, caption) -> dict:
    stored = [code for code in caption.warnings if code != api.WarningCode.CAPTION_BEYOND_CLIP]
    beyond = api.captions_beyond(caption, clip)
    notes = [CaptionWarning(api.warning_message(code), "") for code in stored]
    if beyond:
        code = api.WarningCode.CAPTION_BEYOND_CLIP
        notes.append(CaptionWarning(api.warning_message(code), places_in_words(beyond)))
    return {
        "pk": caption.pk,
        "language": native_name(caption.language),
        "code": caption.language,
        "kind": caption.get_kind_display(),
        "cues": len(caption.cues),
        "source": caption.source_name,
        "warnings": notes,
        "track_url": links.captions_url(clip, caption),
        "files": [
            (each.extension.upper(), links.captions_url(clip, caption, each.extension)) for each in api.DOWNLOAD_FORMATS
        ],
    }


def _poster_row(clip, poster) -> dict:
    return {
        "pk": poster.pk,
        "url": candidate_image(clip, poster).url,
        "chosen": poster.pk == clip.poster_id,
        "label": _("Picture at %(time)s") % {"time": durations.format_clock(poster.at_s)},
    }
