"""Nothing is told about clips of others, through no door of the area."""

import pytest
from django.urls import reverse

pytestmark = pytest.mark.django_db


def doors(clip) -> list[str]:
    by_key = [reverse(f"clips:{name}", args=[clip.pk]) for name in ("inspect", "history", "history_results", "usage")]
    return [*by_key, reverse("clip_chooser:chosen", args=[clip.pk])]


def test_clips_of_others_are_unknown(client, editor, tree, make_clip):
    clip = make_clip(tree["b"], ready=True, title="Not yours")
    assert [client.get(url).status_code for url in doors(clip)] == [404, 404, 404, 404, 404]
    several = client.get(reverse("clip_chooser:chosen_multiple"), {"id": clip.pk})
    assert "Not yours" not in several.content.decode()


def test_ones_own_clips_answer(client, editor, tree, make_clip):
    clip = make_clip(tree["a"], ready=True, title="Mine")
    found = [client.get(url) for url in doors(clip)]
    assert [answer.status_code for answer in found] == [200, 200, 200, 200, 200]
    several = client.get(reverse("clip_chooser:chosen_multiple"), {"id": clip.pk})
    assert "Mine" in several.content.decode()
