"""What a page uses is counted once, in the language it stands in."""

import pytest
from django.utils import translation
from wagtail.models import ReferenceIndex
from wagtail.test.utils.form_data import streamfield

from home.models import ClipPage, StandardPage

from .desk import create

pytestmark = [pytest.mark.postgres, pytest.mark.usefixtures("reference_indexed")]


@pytest.mark.parametrize("original", ["de", "ca"])
@pytest.mark.parametrize("reader", ["en", "de", "ca"])
def test_a_reference_is_counted_once(editor, city, original, reader):
    used = create(editor, city, ClipPage, original_language="ca", headline_ca="U")
    texts = {f"headline_{original}": "Seite", "body_de": streamfield([("clip", used.pk)])}
    page = create(editor, city, StandardPage, original_language=original, **texts)
    with translation.override(reader):
        StandardPage.objects.get(pk=page.pk).save_revision().publish()
        found = list(ReferenceIndex.get_references_to(used).values_list("model_path", flat=True))
    assert found == ["body_de.clip"]
