"""Choices that several models share."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


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
        name, _dash, version = self.value.replace("CC-", "CC ").rpartition("-")
        return "" if self is Licence.ALL_RIGHTS else f"{name} {version}"

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

    CORAL = "coral", pgettext_lazy("colour", "Coral")
    SUN = "sun", pgettext_lazy("colour", "Sun yellow")
    SKY = "sky", pgettext_lazy("colour", "Sky blue")
    MINT = "mint", pgettext_lazy("colour", "Mint")
    VIOLET = "violet", pgettext_lazy("colour", "Violet")


class Age(models.IntegerChoices):
    """From which age a clip is recommended."""

    ALL = 0, _("All ages")
    SIX = 6, _("Ages 6 and over")
    TEN = 10, _("Ages 10 and over")
    TWELVE = 12, _("Ages 12 and over")
    FOURTEEN = 14, _("Ages 14 and over")
    SIXTEEN = 16, _("Ages 16 and over")
    EIGHTEEN = 18, _("Ages 18 and over")
