"""Filters that write dates, sizes, lists and times as the page's language does: ``{% load formats %}``."""

from django import template

from home.i18n import date_ranges, durations, formats

register = template.Library()

register.filter(formats.format_date)
register.filter(formats.format_datetime)
register.filter(formats.format_number)
register.filter(formats.format_file_size)
register.filter(formats.format_list)
register.filter(durations.format_timecode)
register.filter(date_ranges.project_period)
