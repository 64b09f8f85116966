"""Addresses that carry no language: machines' doors, media and short links."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
