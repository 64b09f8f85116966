"""The form of a clip page: one page per clip, below the city that owns it."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from home.clip_lookup import clips_named_by, conflicting_owner, pages_showing
from home.clip_permissions import clip_permission_policy
from media_pipeline.models import Clip

from .translated import TranslatedPageForm


class ClipPageForm(TranslatedPageForm):
    """Refuses a clip that another page shows (live, draft or scheduled), that belongs to another city, or that the
    person may not work on.
    """

    def clean(self) -> dict[str, Any]:
        super().clean()
        clip = self.cleaned_data.get("clip")
        if clip is None:
            return self.cleaned_data
        others, city = pages_showing(clip, exclude=self.instance), self._parent()
        if not self._may_use(clip):  # before anything is said about the clip
            self.fields["clip"].bound_data = lambda data, initial: None
            self.add_error(
                "clip", ValidationError(_("You can’t use this clip. Choose one of yours."), code="not_yours")
            )
        elif others:
            sentence = _("This clip already has a page: “%(title)s”. Edit that page or choose another clip.")
            params = {"title": others[0].get_admin_display_title()}
            self.add_error("clip", ValidationError(sentence, code="second_page", params=params))
        elif city and (owner := conflicting_owner(clip, city)):
            sentence = _("This clip belongs to %(city)s. Create its page there.")
            params = {"city": owner.get_admin_display_title()}
            self.add_error("clip", ValidationError(sentence, code="other_city", params=params))
        return self.cleaned_data

    def _may_use(self, clip: Clip) -> bool:
        """A clip that the page has, now or in its draft, stays; another one needs the right to work on it."""
        kept = clips_named_by(type(self.instance).objects.filter(pk=self.instance.pk)) if self.instance.pk else []
        return clip.pk in dict(kept) or clip_permission_policy.user_has_permission_for_instance(
            self.for_user, "change", clip
        )
