"""Wiring of the demo content. Without this folder and its line in INSTALLED_APPS the site runs as well."""

from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "demo"
    label = "demo"
