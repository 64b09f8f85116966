"""The form of a clip page: one page per clip, below the city that owns it."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from home.clip_lookup import conflicting_owner, pages_showing

from .translated import TranslatedPageForm


class ClipPageForm(TranslatedPageForm):
    """Refuses a clip that another page shows (live, draft or scheduled) or that belongs to another city."""

    def clean(self) -> dict[str, Any]:
        super().clean()
        clip = self.cleaned_data.get("clip")
        if clip is None:
            return self.cleaned_data
        others, city = pages_showing(clip, exclude=self.instance), self._parent()
        if others:
            sentence = _("This clip already has a page: “%(title)s”. Edit that page or choose another clip.")
            params = {"title": others[0].get_admin_display_title()}
            self.add_error("clip", ValidationError(sentence, code="second_page", params=params))
        elif "clip" in self.changed_data and city and (owner := conflicting_owner(clip, city)):
            sentence = _("This clip belongs to %(city)s. Create its page there.")
            params = {"city": owner.get_admin_display_title()}
            self.add_error("clip", ValidationError(sentence, code="other_city", params=params))
        return self.cleaned_data
