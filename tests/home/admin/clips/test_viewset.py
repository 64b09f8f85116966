"""Nothing is told about clips of others, by no view of the area."""

import pytest
from django.urls import reverse


@pytest.mark.parametrize(("city", "status", "shown"), [("a", 200, True), ("b", 404, False)])
def test_ones_own_clips_answer_and_those_of_others_are_unknown(client, editor, tree, make_clip, city, status, shown):
    clip = make_clip(tree[city], ready=True, title="Whose")
    for name in ("inspect", "history", "history_results", "usage"):
        assert client.get(reverse(f"clips:{name}", args=[clip.pk])).status_code == status
    assert client.get(reverse("clip_chooser:chosen", args=[clip.pk])).status_code == status
    several = client.get(reverse("clip_chooser:chosen_multiple"), {"id": clip.pk})
    assert ("Whose" in several.content.decode()) == shown
