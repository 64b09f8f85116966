"""Avatars of editors are cleaned like every other image: a selfie may hold the location of a home."""

from typing import Any

from wagtail.admin.forms.account import AvatarPreferencesForm

from home.upload_fields import use_field_class


class AvatarUploadForm(AvatarPreferencesForm):
    """Wagtail's account form with our image field."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        from .form_fields import ImageUploadField  # needs the image model, and settings name forms while models load

        super().__init__(*args, **kwargs)
        use_field_class(self, "avatar", ImageUploadField)


def use_avatar_upload_form() -> None:
    """Make the account page use the form, and show what it takes and why not; Wagtail has no setting for it."""
    from wagtail.admin.views.account import AvatarSettingsPanel

    AvatarSettingsPanel.form_class = AvatarUploadForm
    AvatarSettingsPanel.template_name = "home/admin/avatar_panel.html"
