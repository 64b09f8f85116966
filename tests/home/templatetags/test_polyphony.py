"""Filters of the public templates."""

from django.template import Context, Template
from django.utils.translation import override

from home.i18n.fields import LocalizedText


def test_the_filters_of_the_templates():
    template = Template(
        "{% load polyphony formats %}<p{{ t|lang_attrs }}>"
        '{{ "ca"|language_name_here }}, {{ 41000|format_timecode }}</p>'
    )
    with override("en"):
        shown = template.render(Context({"t": LocalizedText("Hola", "ca", "en")}))
        plain = template.render(Context({"t": LocalizedText("Hello", "en", "en")}))
    assert (shown, plain) == ('<p lang="ca" dir="ltr">Catalan, 0:41</p>', "<p>Catalan, 0:41</p>")
