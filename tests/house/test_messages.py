"""What is found for translation is what gettext is asked for at run time."""

import pytest
from django.template import Context, Template
from django.utils import translation

from campaign_site.setup.messages import ExtractionError, Message, in_python, in_template

TEMPLATE = """{% load i18n %}
{# Translators: on the start page. #}
{% translate "Hello you" %}
{% blocktranslate trimmed count number=clips with city=place %}
  One clip from {{ city }}, 50% longer
{% plural %}
  {{ number }} clips from {{ city }}
{% endblocktranslate %}
{% include "x.html" with label=_("Say \\"it\\"") %}
{% translate "May" context "month" as month %}
{% blocktranslate context "tone" %}it's{% endblocktranslate %}
"""


def test_templates() -> None:
    found = [(m.context, m.singular, m.plural, m.note) for m in in_template(TEMPLATE, "home/templates/a.html")]
    assert found == [
        (None, "Hello you", None, "Translators: on the start page."),
        (None, "One clip from %(city)s, 50%% longer", "%(number)s clips from %(city)s", ""),
        (None, 'Say "it"', None, ""),
        ("month", "May", None, ""),
        ("tone", "it's", None, ""),
    ]


def test_python() -> None:
    source = (
        "from django.utils.translation import gettext_lazy as _, ngettext, pgettext\n"
        "# Translators: a button.\n"
        'a = _("Play " "the clip")\n'
        'b = ngettext("%(n)s clip", "%(n)s clips", 3)\n'
        'c = pgettext("tone", "warm")\n'
        "d = _(choice.label)\n"
    )
    assert list(in_python(source, "home/a.py")) == [
        Message("Play the clip", None, None, "home/a.py", "Translators: a button."),
        Message("%(n)s clip", "%(n)s clips", None, "home/a.py", ""),
        Message("warm", None, "tone", "home/a.py", ""),
    ]


@pytest.mark.parametrize("call", ['_(f"Hello {name}")', '_("a" + b)', '_("Hello %s" % name)', '_("")'])
def test_a_text_that_is_computed_is_refused(call: str) -> None:
    with pytest.raises(ExtractionError, match=r"^home/a\.py:1: "):
        list(in_python(call, "home/a.py"))


def test_what_was_found_is_what_is_looked_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """Render the template with a catalogue that records every question."""
    asked: list[tuple[str | None, str]] = []
    catalogue = translation.trans_real.DjangoTranslation("en")

    def record_plain(text: str) -> str:
        asked.append((None, text))
        return text

    def record_plural(one: str, many: str, number: int) -> str:
        asked.append((None, one))
        return one if number == 1 else many

    monkeypatch.setattr(catalogue, "gettext", lambda text: record_plain(text.replace("\x04", "|")))
    monkeypatch.setattr(catalogue, "ngettext", record_plural)
    monkeypatch.setattr(translation.trans_real._active, "value", catalogue, raising=False)
    Template(TEMPLATE.replace('{% include "x.html" with label=', "{% firstof ").replace(") %}", ") %}")).render(
        Context({"clips": 1, "place": "Lille"})
    )
    found = {(None, f"{m.context}|{m.singular}" if m.context else m.singular) for m in in_template(TEMPLATE, "a.html")}
    assert set(asked) == found
