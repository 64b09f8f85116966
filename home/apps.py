"""Wiring of the app where editors compose and people watch."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from .images.forbidden_decoders import forbid_decoders

forbid_decoders()  # before Wagtail's image library is imported, which would bring its own reader of HEIC


class HomeConfig(AppConfig):
    name = "home"
    label = "home"
    verbose_name = _("Polyphony")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from media_pipeline import api

        from .access import checks  # noqa: F401 - importing registers them
        from .admin.exports import neutralise_exports
        from .admin.privacy import use_nameable_groups_form
        from .context import register_page_contexts
        from .editing.receivers import connect_receivers
        from .editing.scheduled_publishing import publish_scheduled_pages
        from .i18n.case_folding import use_folded_lookups
        from .i18n.fields import install_descriptors
        from .i18n.search import use_folded_search
        from .images.avatars import use_avatar_upload_form
        from .images.form_fields import name_accepted_images
        from .sign_in.forms import use_slowed_password_change_form

        install_descriptors()
        use_folded_lookups()
        use_folded_search()
        register_page_contexts()
        use_avatar_upload_form()
        name_accepted_images()
        neutralise_exports()
        use_nameable_groups_form()
        use_slowed_password_change_form()
        connect_receivers(self)
        api.register_periodic_task(publish_scheduled_pages)
