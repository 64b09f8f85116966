"""One clip from inside: what came, what was made of it, what went wrong, and what can be done."""

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from wagtail.admin.views import generic

from home import links
from home.access.clip_policy import clips_of, has_page
from home.admin.clips import file_facts, presenters
from home.admin.clips.forms import CaptionForm, FactsForm
from home.context.poster import still_of, still_of_poster
from home.i18n.languages import own_name
from media_pipeline import api


class DetailView(generic.InspectView):
    """Everything about a clip on one page."""

    template_name = "home/admin/clips/detail.html"
    page_title = _lazy("Clip")
    # Forms that need another look, by name; filled in by the actions.
    forms: dict = {}

    def get_object(self, queryset=None):
        return get_object_or_404(presenters.for_list(clips_of(self.request.user)), pk=self.kwargs["pk"])

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
        texts = presenters.text_states(page)
        return super().get_context_data(
            clip=clip,
            standing=presenters.standing(clip),
            problem=api.problem(clip.error_code) if clip.error_code else None,
            warnings=[api.warning(code) for code in clip.warnings],
            page=page,
            texts=texts,
            missing=[text for text in texts if text.state == "missing"],
            city_name=presenters.city_names([clip]).get(clip.city_ref, ""),
            spoken_name=own_name(clip.spoken_language),
            source_facts=file_facts.of_master(getattr(clip, "master", None)),
            renditions=file_facts.of_package(clip.package),
            captions=[_caption(clip, caption) for caption in clip.captions.all()],
            posters=[
                _poster(clip, poster) for poster in clip.posters.select_related("package").filter(package=clip.package)
            ],
            jobs=clip.jobs_newest_first[:10],
            video_url=links.download_url(clip) if clip.package_id or clip.preview_id else "",
            only_first_version=clip.package_id is None and clip.preview_id is not None,
            poster_url=still_of(clip).url,
            can_delete=not has_page(clip),
            facts_form=self.forms.get("facts_form") or FactsForm(instance=clip, for_user=self.request.user),
            caption_form=self.forms.get("caption_form") or CaptionForm(),
            actions=_action_urls(clip),
            **kwargs,
        )


def _caption(clip, caption) -> dict:
    return {
        "pk": caption.pk,
        "language": own_name(caption.language),
        "code": caption.language,
        "kind": caption.get_kind_display(),
        "cues": len(caption.cues),
        "source": caption.source_name,
        "warnings": [api.warning(code) for code in caption.warnings],
        "vtt": links.captions_url(clip, caption, "vtt"),
        "srt": links.captions_url(clip, caption, "srt"),
        "remove": reverse("clips:caption_remove", args=[clip.pk, caption.pk]),
    }


def _poster(clip, poster) -> dict:
    return {
        "pk": poster.pk,
        "url": still_of_poster(clip, poster).url,
        "chosen": poster.pk == clip.poster_id,
        "label": _("Picture at %(time)s") % {"time": file_facts.clock(poster.at_s)},
    }


def _action_urls(clip) -> dict[str, str]:
    names = ("retry", "as_sound", "cancel", "withdraw", "restore", "poster", "caption_add", "facts", "page_add")
    return {name: reverse(f"clips:{name}", args=[clip.pk]) for name in names} | {
        "delete": reverse("clips:delete", args=[clip.pk])
    }
