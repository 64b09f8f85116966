"""A clip: one video with one permanent public id, whatever files it has today."""

import secrets

from django.apps import apps
from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

BASE58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
PUBLIC_ID_LENGTH = 11


def new_public_id() -> str:
    """Return 11 random base58 characters (64 bits): short in a link, impossible to guess or to misread."""
    return "".join(secrets.choice(BASE58) for _ in range(PUBLIC_ID_LENGTH))


def root_collection_id() -> int:
    """Return the key of the root of the collections (a treebeard tree): clips that nobody else owns belong to it."""
    return apps.get_model(settings.MEDIA_PIPELINE_COLLECTION_MODEL).get_first_root_node().pk


class ClipQuerySet(models.QuerySet):
    """Questions about clips that read as a sentence."""

    def playable(self):
        """Clips with a complete package that nobody has withdrawn."""
        return self.filter(package__isnull=False).exclude(state=Clip.State.WITHDRAWN)

    def in_collections(self, collections):
        """Clips that belong to one of ``collections``: a list or queryset of rows or keys."""
        return self.filter(collection__in=collections)

    def show_state(self, clip: "Clip", state: "Clip.State", code: str = "") -> None:
        """Write ``state`` and the code of what went wrong ("" for nothing).

        A clip that players already have keeps playing, and a withdrawn one stays withdrawn.
        """
        self.filter(pk=clip.pk).update(error_code=code)
        self.filter(pk=clip.pk, package=None).exclude(state=Clip.State.WITHDRAWN).update(state=state)


class Clip(models.Model):
    """One video. ``package`` is what players get; publishing another is one column."""

    class State(models.TextChoices):
        RECEIVED = "RECEIVED", pgettext_lazy("clip state", "Uploaded")
        PROBED = "PROBED", pgettext_lazy("clip state", "Checked")
        ENCODING = "ENCODING", pgettext_lazy("clip state", "Preparing")
        READY = "READY", pgettext_lazy("clip state", "Ready")
        FAILED = "FAILED", pgettext_lazy("clip state", "Failed")
        REJECTED = "REJECTED", pgettext_lazy("clip state", "Rejected")
        WITHDRAWN = "WITHDRAWN", pgettext_lazy("clip state", "Withdrawn")

    public_id = models.CharField(max_length=PUBLIC_ID_LENGTH, unique=True, default=new_public_id, editable=False)
    title = models.CharField(_("working title"), max_length=255)
    spoken_language = models.CharField(
        _("spoken language"), max_length=16, help_text=_("The language spoken in the clip.")
    )
    collection = models.ForeignKey(
        settings.MEDIA_PIPELINE_COLLECTION_MODEL,
        verbose_name=_("collection"),
        on_delete=models.PROTECT,
        related_name="clips",
        default=root_collection_id,
        help_text="Who owns the clip: rights, quotas and the order of work follow from it.",
    )
    uploader = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="uploaded_clips"
    )
    sound_only = models.BooleanField(default=False, help_text="Sound only: a drawing of the sound is shown.")
    audio_track = models.PositiveSmallIntegerField(
        null=True,
        blank=True,
        help_text="Index of the sound that people hear, in the original file: chosen, else that of the first package.",
    )
    chosen_language = models.CharField(
        max_length=16,
        blank=True,
        help_text="What the chosen sound speaks: the spoken language as soon as players get that sound.",
    )
    keep_sound = models.BooleanField(
        _("Keep the sound as it is"),
        default=False,
        help_text=_(
            "For music and art. Otherwise we make all clips about equally loud, and correct sound that is "
            "on one side only."
        ),
    )
    all_rungs = models.BooleanField(
        default=False,
        help_text="All rungs are made or wanted; where most are made on demand, since somebody has played it.",
    )
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.RECEIVED, db_index=True)
    error_code = models.CharField(
        max_length=40, blank=True, help_text="Code of the last refusal or failure; see error_texts.py."
    )
    warnings = models.JSONField(
        default=list, blank=True, help_text="Warning codes of the last job, in the order they were found."
    )
    package = models.ForeignKey(
        "media_pipeline.Package",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text="The complete package that players get now.",
    )
    preview = models.ForeignKey(
        "media_pipeline.Package",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text="Preview for the clip's team, until the complete package is ready.",
    )
    poster = models.ForeignKey(
        "media_pipeline.Poster",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text="The picture people see before the clip plays; the best candidate unless an editor chose another.",
    )
    demo_key = models.CharField(
        max_length=64, blank=True, db_index=True, help_text="Stable name of a demo clip, else empty."
    )
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)
    ready_at = models.DateTimeField(null=True, blank=True)

    objects = ClipQuerySet.as_manager()

    class Meta:
        verbose_name = _("clip")
        verbose_name_plural = _("clips")
        ordering = ["-created_at", "-pk"]
        # Beside add, change, delete and view; granted per collection.
        permissions = [
            ("caption_clip", "Can caption clip"),
            ("publish_clip", "Can publish clip"),
            ("withdraw_clip", "Can withdraw clip"),
            ("restore_clip", "Can restore clip"),
            ("retry_clip", "Can retry clip"),
            ("replace_clip", "Can replace clip"),
        ]

    def __str__(self) -> str:
        return self.title or self.public_id

    @property
    def notes(self) -> list[str]:
        """Warning codes of what plays now; before the first package, of what was found so far."""
        return self.package.warnings if self.package else self.warnings

    @property
    def sound_wishes(self) -> list[int | bool | None]:
        """What people want of the sound, as JSON keeps it: a package that was made of other wishes is out of date."""
        return [self.audio_track, self.keep_sound]

    @property
    def is_playable(self) -> bool:
        """Whether a player would find a complete package."""
        return self.package_id is not None and self.state != self.State.WITHDRAWN

    @property
    def duration_s(self) -> float | None:
        """Length in seconds of what plays now, None before the first package."""
        return self.package.duration_s if self.package else None
