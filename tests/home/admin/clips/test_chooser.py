"""Choosing a clip for a page: one's own are offered and searched."""

from django.urls import reverse


def test_the_chooser_offers_and_searches_the_own_clips(client, editor, tree, make_clip):
    make_clip(title="ours"), make_clip(tree["b"], title="theirs")
    text = client.get(reverse("clip_chooser:choose")).json()["html"]
    assert ("ours" in text, "theirs" in text) == (True, False)
    for query, found in (("our", True), ("nothing like it", False)):
        answer = client.get(reverse("clip_chooser:choose_results"), {"q": query})
        assert (answer.status_code, "ours" in answer.content.decode()) == (200, found)
