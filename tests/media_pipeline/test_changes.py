"""What happens to a clip is told to subscribers, inside the transaction that writes it."""

import io

import pytest
from django.db.transaction import TransactionManagementError

from media_pipeline import api
from media_pipeline.changes import notify_change
from media_pipeline.files import packages
from media_pipeline.models import Clip, Package, Poster

KIND = api.ClipChangeKind


@pytest.fixture
def told():
    """Kinds of the changes, in the order in which they are told."""
    kinds = []
    stop = api.on_change(lambda change: kinds.append(change.kind))
    yield kinds
    stop()


@pytest.fixture
def clip(transactional_db):
    return api.ingest_clip(io.BytesIO(b"bytes"), title="A clip", spoken_language="en")


def test_every_action_tells_what_it_changed(clip, told):
    package = Package.objects.create(clip=clip, key="key", duration_s=1, size_bytes=1)
    poster = Poster.objects.create(clip=clip, package=package, prefix="p", width=1, height=1, at_s=0)
    api.withdraw_clip(clip)
    api.restore_clip(clip)
    api.restore_clip(clip)
    api.choose_poster(clip, poster)
    caption = api.add_caption(clip, "en", "subtitles", b"WEBVTT\n\n00:01.000 --> 00:02.000\nHello\n", "a.vtt")
    api.remove_caption(caption)
    api.delete_clip(clip)
    assert told == [KIND.WITHDRAWN, KIND.RESTORED, KIND.POSTER, KIND.CAPTIONS, KIND.CAPTIONS, KIND.DELETED]


def test_another_package_is_told(clip, told):
    package = Package.objects.create(clip=clip, key="key", duration_s=1, size_bytes=1)
    packages.activate_package(clip, package)
    assert told == [KIND.PACKAGE_READY]


def test_a_subscriber_that_fails_rolls_the_change_back(clip):
    def refuse(change):
        raise RuntimeError(change.kind)

    stop = api.on_change(refuse)
    try:
        with pytest.raises(RuntimeError):
            api.withdraw_clip(clip)
    finally:
        stop()
    assert Clip.objects.get().state == Clip.State.RECEIVED


def test_nothing_is_told_outside_a_transaction(clip, told):
    with pytest.raises(TransactionManagementError):
        notify_change(KIND.WITHDRAWN, clip)
    assert told == []
