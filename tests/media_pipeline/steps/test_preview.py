"""The first version: there early, for the people of the clip alone, gone when the whole is there."""

import pytest

from media_pipeline import api
from media_pipeline.ffmpeg.errors import ErrorCode, MediaError
from media_pipeline.ffmpeg.run import process
from media_pipeline.files import packages, storage
from media_pipeline.lifecycle import cleanup
from media_pipeline.models import Package

from ..clips import files_below, fresh, job_of, run_next, until
from ..doubles import RecordingRunner

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow, pytest.mark.usefixtures("replayed")]


@pytest.fixture(autouse=True)
def as_shipped(settings, media):
    """The settings a new site has."""
    plain = {"CODECS", "COPY_WEB_FIT", "PREVIEW"}
    settings.MEDIA_PIPELINE = {key: value for key, value in settings.MEDIA_PIPELINE.items() if key not in plain}


@pytest.fixture
def clip(transactional_db, make_video):
    """A clip whose video may be served as it is."""
    picture = ("-f", "lavfi", "-i", "testsrc=size=320x180:rate=25:duration=2")
    sound = ("-f", "lavfi", "-i", "sine=frequency=440:duration=2")
    coded = ("-c:v", "libx264", "-crf", "30", "-pix_fmt", "yuv420p", "-c:a", "aac", "-ac", "2", "-shortest")
    return api.ingest_clip(make_video("fit.mp4", *picture, *sound, *coded), title="A fit video", spoken_language="en")


@pytest.fixture
def heavy_video(make_video):
    """A video no browser plays: it must be encoded."""
    return make_video("heavy.mp4", "-f", "lavfi", "-i", "testsrc2=size=320x240:rate=25:duration=2", "-c:v", "mpeg4")


def rungs(package):
    return [(row.codec, row.width, row.height) for row in package.renditions.order_by("-width") if row.width]


def test_a_fit_video_is_copied_and_shown_to_its_people_first(clip, media):
    early = until(clip, "plan")
    assert (early.package, early.state, early.preview.early) == (None, "PROBED", True)
    assert rungs(early.preview) == [("h264", 320, 180)]
    assert files_below(media / "published") == sorted(f"{early.preview.prefix}{name}" for name in early.preview.files)
    videos = [name for name in sorted(early.preview.files) if name.endswith(".mp4")]
    assert videos == ["180-copy.mp4", "audio.mp4", "download.mp4"]
    assert files_below(media / "work") == []
    assert f"{early.preview.key}/180-copy.m3u8" in api.playlist_text(early, early.preview)
    with pytest.raises(ValueError, match="no package"):
        api.playlist_text(early)


def test_the_whole_takes_its_place_and_players_keep_the_first(clip, media):
    first = until(clip, "plan").preview
    assert api.process_now(clip).state == "READY"
    whole = fresh(clip)
    assert (whole.preview_id, whole.package.early) == (None, False)
    assert Package.objects.get(pk=first.pk).retired_at is not None
    cleanup.clean_up()
    assert set(first.files) <= {path.name for path in (media / "published" / first.prefix).iterdir()}
    Package.objects.filter(pk=first.pk).update(retired_at="2020-01-01T00:00:00Z")
    cleanup.clean_up()
    assert [path.name for path in (media / "published" / clip.public_id).iterdir()] == [whole.package.key]


def test_any_other_video_is_encoded_small_and_then_in_full(heavy_video, transactional_db):
    clip = api.ingest_clip(heavy_video, title="Old", spoken_language="en")
    assert rungs(until(clip, "plan").preview) == [("h264", 320, 240)]
    assert api.process_now(clip).state == "READY"
    assert sorted(rungs(fresh(clip).package)) == [("av1", 320, 240), ("h264", 320, 240)]


class WatchingRunner(RecordingRunner):
    """Notes after each report of progress what the clip's people have."""

    def __init__(self, clip, media, **failures):
        super().__init__(**failures)
        self.clip, self.media, self.seen = clip, media, []

    def __call__(self, command, *, on_progress=None, should_stop=None):
        def watch(said):
            on_progress(said)
            preview = fresh(self.clip).preview
            if preview is not None:
                texts = {path.name: path.read_text() for path in (self.media / "published").rglob("*.m3u8")}
                self.seen.append((preview.growing, preview.renditions.count(), texts))

        real = process.run_process
        return real(command, on_progress=watch if on_progress and command.progress else None, should_stop=should_stop)


@pytest.fixture
def heavy_clip(heavy_video, transactional_db):
    return api.ingest_clip(heavy_video, title="Old", spoken_language="en")


def test_a_preview_is_watched_while_it_grows(heavy_clip, media):
    runner = WatchingRunner(heavy_clip, media)
    early = until(heavy_clip, "plan", runner)
    growing, renditions, texts = runner.seen[-1]
    assert (growing, renditions, list(texts)) == (True, 1, ["240-h264.m3u8"])
    assert "#EXT-X-START:TIME-OFFSET=0,PRECISE=YES" in texts["240-h264.m3u8"]
    assert "#EXT-X-PLAYLIST-TYPE:EVENT" in texts["240-h264.m3u8"]
    # Now it has its end, its download, and the same names.
    names = ["240-h264.m3u8", "240-h264.mp4", "download.mp4"]
    folder = media / "published" / early.preview.prefix
    assert (early.preview.growing, sorted(early.preview.files)) == (False, names)
    assert sorted(path.name for path in folder.iterdir()) == names
    assert (folder / "240-h264.m3u8").read_text().endswith("#EXT-X-ENDLIST\n")
    assert packages.is_package_complete(early.preview)
    assert early.preview.duration_s == pytest.approx(2.0, abs=0.05)
    assert files_below(media / "work") == []


@pytest.mark.parametrize("another_disk", [False, True])
def test_where_it_cannot_grow_it_comes_whole(heavy_clip, media, monkeypatch, another_disk):
    if another_disk:
        monkeypatch.setattr(storage, "device_of", lambda folder: hash(folder.name))
    early = until(heavy_clip, "plan")
    assert (early.preview.growing, packages.is_package_complete(early.preview)) == (False, True)


@pytest.mark.parametrize("code", [ErrorCode.PACKAGE_FAILED, ErrorCode.CANCELLED])
def test_a_preview_that_fails_is_gone(heavy_clip, media, code):
    class Failing(WatchingRunner):
        def __call__(self, command, **watched):
            if self.purpose(command) == "download":
                raise MediaError(code, "broken")
            return super().__call__(command, **watched)

    runner = Failing(heavy_clip, media)
    run_next(heavy_clip, runner)
    run_next(heavy_clip, runner)
    assert runner.seen
    assert (fresh(heavy_clip).preview, Package.objects.count(), files_below(media / "published")) == (None, 0, [])


def test_what_a_killed_worker_was_showing_is_replaced_or_removed(heavy_clip, media):
    early = until(heavy_clip, "plan").preview
    Package.objects.filter(pk=early.pk).update(growing=True)
    cleanup.clean_up()
    assert Package.objects.filter(pk=early.pk).exists()  # its job will begin the step again
    heavy_clip.jobs.update(step="preview")
    again = until(heavy_clip, "plan").preview
    assert (again.growing, packages.is_package_complete(again)) == (False, True)
    Package.objects.filter(pk=again.pk).update(growing=True)
    heavy_clip.jobs.update(status="cancelled")
    cleanup.clean_up()
    assert (fresh(heavy_clip).preview, files_below(media / "published")) == (None, [])


def test_without_a_preview_the_work_goes_on(clip):
    runner = RecordingRunner(package=MediaError(ErrorCode.PACKAGE_FAILED, "broken"))
    assert until(clip, "plan", runner).preview is None
    assert "preview: left out: package_failed" in job_of(clip).log_tail
    assert api.process_now(clip).state == "READY"


@pytest.mark.parametrize("code", [ErrorCode.DISK_FULL, ErrorCode.NO_SANDBOX])
def test_what_holds_for_the_whole_machine_ends_it(clip, code):
    until(clip, "plan", RecordingRunner(package=MediaError(code, "no")))
    assert (job_of(clip).status, job_of(clip).error_code) == ("failed", code)


def test_a_clip_that_plays_gets_no_preview(clip):
    api.process_now(clip)
    known = Package.objects.count()
    api.retry_job(clip)
    assert (until(clip, "plan").preview, Package.objects.count()) == (None, known)


def test_the_setting_leaves_it_out(clip, settings):
    settings.MEDIA_PIPELINE = settings.MEDIA_PIPELINE | {"PREVIEW": False}
    assert until(clip, "plan").preview is None
