#!/usr/bin/env python3
"""Run a management command of the site: ``python manage.py help`` lists them."""

import os
import sys

from campaign_site.env import SettingError


def main() -> None:
    """Hand the command line to Django; a setting that cannot be used ends in one sentence, not in a traceback."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "campaign_site.settings.dev")
    from django.core.management import execute_from_command_line

    try:
        execute_from_command_line(sys.argv)
    except SettingError as problem:
        sys.exit(f"Cannot start: {problem}")


if __name__ == "__main__":
    main()
