"""Forms of the clips admin: upload a clip, edit its details, add captions."""

from django import forms
from django.db import transaction
from django.urls import reverse
from django.utils.functional import lazy
from django.utils.html import format_html
from django.utils.translation import get_language, gettext, ngettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.models import Collection

from home.access.clip_policy import cities_of, has_page
from home.clip_permissions import clip_permission_policy
from home.editing.clip_page_draft import create_clip_page
from home.i18n.fields import language_choices
from home.models import CityPage
from media_pipeline import api
from media_pipeline.models import Caption, Clip

# Sound alone, too: the person is asked whether it is meant.
VIDEO_ACCEPT = "video/*,audio/*,.mkv,.mts,.m2ts,.mxf,.avi,.wmv,.flv,.3gp"
CAPTION_ACCEPT = ",".join(f".{extension}" for each in api.UPLOAD_FORMATS for extension in each.extensions) + ",.txt"


def field_error(code: str) -> forms.ValidationError:
    """What happened and what to do, with a link to the code's help page."""
    problem = api.upload_error_message(code)
    address = reverse("clips:help_code", args=[problem.code])
    sentence = format_html('{} {} (<a href="{}">{}</a>)', problem.message, problem.advice, address, problem.code)
    return forms.ValidationError(sentence, code=str(code))


class ClipDetailsForm(WagtailAdminModelForm):
    """What a person knows about a clip: title, language, city; and whether its sound stays as it is."""

    spoken_language = forms.ChoiceField(
        label=_("Spoken language"), choices=language_choices, help_text=_("The language spoken in the clip.")
    )
    city = forms.ModelChoiceField(
        queryset=None, label=_("City"), help_text=_("The city this clip belongs to. Its group can edit the clip.")
    )

    class Meta:
        model = Clip
        fields = ("title", "spoken_language", "keep_sound")

    sound_changed = False  # by `save`: the clip is being prepared again

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        city = self.fields["city"]
        city.queryset = cities_of(self.for_user).order_by("title")
        if self.instance.pk is None:
            return
        if clip_permission_policy.acts_for_archive(self.for_user, "add"):
            city.required, city.empty_label = False, _("No city: only the archive’s editors")
        own = CityPage.objects.filter(collection=self.instance.collection_id)
        city.initial = own.first()
        if has_page(self.instance):
            city.queryset, city.disabled, city.required = own, True, False
            city.help_text = _("The clip goes with its page: to change the city, move the page.")

    @property
    def shown_language(self):
        """The spoken language that the person saw: meanwhile another sound may have brought its own."""
        return self.data.get("shown_language", self.initial.get("spoken_language", ""))

    def save(self, commit=True):
        # Columns of its own: the worker may write others at this moment.
        clip, data = self.instance, self.cleaned_data
        with transaction.atomic():
            if data["spoken_language"] != self.shown_language:
                api.correct_language(clip, data["spoken_language"])
            changes = {"title": data["title"]}
            if not has_page(Clip.objects.select_for_update().get(pk=clip.pk)):
                city = data["city"]
                changes["collection"] = city.collection_id if city else Collection.get_first_root_node().pk
            Clip.objects.filter(pk=clip.pk).update(**changes)
            self.sound_changed = api.keep_sound(clip, data["keep_sound"])
        clip.refresh_from_db()
        return clip


class ClipUploadForm(ClipDetailsForm):
    """A new clip. ``clean`` stores the file and queues its job, so that a refused file is an error of the field."""

    file = forms.FileField(
        label=_("Video file"),
        help_text=_("Any video from a phone, camera or editing program. You can leave once the upload is done."),
        widget=forms.ClearableFileInput(attrs={"accept": VIDEO_ACCEPT}),
        # An empty file gets our sentence with its code, not the form's own.
        allow_empty_file=True,
    )
    with_page = forms.BooleanField(
        label=_("Create a draft page"),
        required=False,
        initial=True,
        help_text=_("The clip is public only when its page is published."),
    )
    field_order = ("file", "title", "spoken_language", "city", "with_page")

    class Meta(ClipDetailsForm.Meta):
        fields = ("title", "spoken_language")

    def clean(self):
        data = super().clean()
        if self.errors:
            return data
        try:
            self.clip = api.ingest_clip(
                data["file"],
                title=data["title"],
                spoken_language=data["spoken_language"],
                original_name=data["file"].name,
                collection=data["city"].collection_id,
                uploader=self.for_user,
            )
        except api.MediaError as error:
            self.add_error("file", field_error(error.code))
        return data

    def save(self, commit=True):
        city = self.cleaned_data["city"]
        if self.cleaned_data["with_page"] and city.permissions_for_user(self.for_user).can_add_subpage():
            create_clip_page(self.clip, city, headline=self.clip.title, language=self.clip.spoken_language)
        self.instance = self.clip
        return self.clip


def _caption_help() -> str:
    # Translators: formats are e.g. "WebVTT (.vtt) · SubRip (.srt)".
    words = gettext("Any caption file: %(formats)s and others. You see what we read before anything is saved.")
    return words % {"formats": api.well_known_formats(get_language())}


class CaptionUploadForm(forms.Form):
    """One caption file for one language; a track of the same language and kind is replaced."""

    language = forms.ChoiceField(label=_("Language"), choices=language_choices)
    kind = forms.ChoiceField(label=_("Type"), choices=Caption.Kind)
    file = forms.FileField(
        label=_("File"),
        help_text=lazy(_caption_help, str)(),
        widget=forms.ClearableFileInput(attrs={"accept": CAPTION_ACCEPT}),
        allow_empty_file=True,
    )

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > api.MAX_CAPTION_BYTES:
            limit = api.MAX_CAPTION_BYTES // (1024 * 1024)
            raise forms.ValidationError(
                ngettext(
                    "The file is larger than %(limit)d megabyte. Caption files are small: did you choose the "
                    "video by mistake?",
                    "The file is larger than %(limit)d megabytes. Caption files are small: did you choose the "
                    "video by mistake?",
                    limit,
                )
                % {"limit": limit}
            )
        return file

    def read_for(self, clip: Clip) -> api.ParsedCaptions | None:
        """What the file would become; if it is refused, add the reason to the form's errors and return None."""
        data = self.cleaned_data
        try:
            return api.read_captions(clip, data["language"], data["file"].read(), data["file"].name)
        except api.MediaError as error:
            self.add_error("file", field_error(error.code))
            return None
