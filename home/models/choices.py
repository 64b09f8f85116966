"""Choices that several models share."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Licence(models.TextChoices):
    """Licences a work can carry; the value is the SPDX-like code that is stored."""

    CC0 = "CC0-1.0", _("CC0 1.0 (no rights reserved)")
    BY = "CC-BY-4.0", _("CC BY 4.0 (attribution)")
    BY_SA = "CC-BY-SA-4.0", _("CC BY-SA 4.0 (attribution, share alike)")
    BY_NC = "CC-BY-NC-4.0", _("CC BY-NC 4.0 (attribution, non-commercial)")
    BY_NC_SA = "CC-BY-NC-SA-4.0", _("CC BY-NC-SA 4.0 (attribution, non-commercial, share alike)")
    ALL_RIGHTS = "ARR", _("All rights reserved")

    @property
    def short(self) -> str:
        """The name people know, such as ``CC BY-SA 4.0``; empty for all rights reserved."""
        return (
            ""
            if self is Licence.ALL_RIGHTS
            else self.value.replace("CC-", "CC ").replace("CC0-", "CC0 ").replace("-4.0", " 4.0")
        )

    @property
    def url(self) -> str:
        """Address of the deed, empty where there is none."""
        if self is Licence.ALL_RIGHTS:
            return ""
        if self is Licence.CC0:
            return "https://creativecommons.org/publicdomain/zero/1.0/"
        kind = self.value.removeprefix("CC-").removesuffix("-4.0").lower()
        return f"https://creativecommons.org/licenses/{kind}/4.0/"

    @property
    def allows_adaptation(self) -> bool:
        """Whether others may build on the work, as an Erasmus+ project has to allow."""
        return self is not Licence.ALL_RIGHTS

    @property
    def allows_download(self) -> bool:
        """Whether everybody may keep a copy and show it to others, in class for example."""
        return self is not Licence.ALL_RIGHTS


class Accent(models.TextChoices):
    """The accent colours; each name is a pair of CSS tokens whose contrast is checked."""

    CORAL = "coral", _("coral")
    SUN = "sun", _("sun")
    SKY = "sky", _("sky")
    MINT = "mint", _("mint")
    VIOLET = "violet", _("violet")


class Age(models.IntegerChoices):
    """From which age a clip is recommended."""

    ALL = 0, _("for all ages")
    SIX = 6, _("from 6 years")
    TEN = 10, _("from 10 years")
    TWELVE = 12, _("from 12 years")
    FOURTEEN = 14, _("from 14 years")
    SIXTEEN = 16, _("from 16 years")
    EIGHTEEN = 18, _("from 18 years")
