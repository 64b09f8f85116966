"""What the player shows of a clip."""

import pytest
from django.utils.translation import override

from home.context.player import best_track_language
from media_pipeline.models import Clip


@pytest.mark.parametrize(
    ("reader", "offered", "found"),
    [
        ("de", ["de", "en", "fr"], "de"),
        ("ca", ["es", "fr", "en"], "es"),
        ("pl", ["en", "fr"], "fr"),
        ("pl", ["en", "de"], "en"),
        ("pl", ["de"], "de"),
        ("pl", [], None),
    ],
)
def test_the_track_a_reader_understands_best(reader, offered, found):
    with override(reader):
        assert best_track_language(offered, Clip(spoken_language="fr", collection_id=1)) == found
