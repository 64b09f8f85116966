"""Portraits of editors are drawn afresh like every other picture: a selfie says where its owner lives."""

from typing import Any

from wagtail.admin.forms.account import AvatarPreferencesForm


class PortraitForm(AvatarPreferencesForm):
    """Wagtail's form of the account page, with our field for the picture."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        from .form_fields import PictureField  # needs the picture model, and forms are named while models still load

        super().__init__(*args, **kwargs)
        field = self.fields["avatar"]
        self.fields["avatar"] = PictureField(label=field.label, required=False, widget=field.widget)


def clean_portraits() -> None:
    """Let the account page use the form; Wagtail has no setting for it."""
    from wagtail.admin.views.account import AvatarSettingsPanel

    AvatarSettingsPanel.form_class = PortraitForm
