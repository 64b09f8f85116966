"""Wiring of the package that serves other people's pages."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ExchangeConfig(AppConfig):
    name = "exchange"
    label = "exchange"
    verbose_name = _("Exchange")

    def ready(self) -> None:
        from exchange.page_slots import register_clip_page_slots

        register_clip_page_slots()
