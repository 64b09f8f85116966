"""Warnings above the shared fields."""

from collections.abc import Callable
from typing import Any

from wagtail.admin.panels import Panel


class WarningPanel(Panel):
    """Shows the sentences that ``warnings(instance)`` returns, and nothing when there are none."""

    def __init__(self, warnings: Callable[[Any], list[str]], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.warnings = warnings

    def clone_kwargs(self) -> dict[str, Any]:
        return {**super().clone_kwargs(), "warnings": self.warnings}

    @property
    def clean_name(self) -> str:
        return "warnings"

    class BoundPanel(Panel.BoundPanel):
        template_name = "home/admin/warnings.html"

        def __init__(self, **kwargs: Any) -> None:
            super().__init__(**kwargs)
            self.sentences = self.panel.warnings(self.instance) if self.instance is not None else []

        def is_shown(self) -> bool:
            return bool(self.sentences)
