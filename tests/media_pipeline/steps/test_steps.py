"""From a file to a package: every step with the real tools, and what each failure leaves behind."""

import json
import shutil
from importlib import import_module

import pytest

from media_pipeline import api
from media_pipeline.ffmpeg.errors import ErrorCode, MediaError
from media_pipeline.files import packages
from media_pipeline.models import Clip, Job, Master, Package, Poster, Rendition, Storyboard
from media_pipeline.steps import run_current_step

from ..clips import files_below, fresh, job_of, run_all, run_next, until
from ..doubles import RecordingRunner
from ..moments import armed, before

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow, pytest.mark.usefixtures("replayed")]
BROKEN = MediaError(ErrorCode.ENCODE_FAILED, stderr_tail="broken pipe")


@pytest.fixture
def ready(clip):
    """The clip, published."""
    assert run_all(clip) == ["done"] * (len(Job.Step) - 1)
    return fresh(clip)


@pytest.mark.parametrize("step", Job.Step)
def test_every_step_has_a_module(step):
    assert callable(import_module(f"{run_current_step.__module__}.{step}").run)


def test_steps_share_the_whole_time():
    assert sum(step.share for step in Job.Step) == pytest.approx(1)


def test_a_file_becomes_a_package(clip, media):
    before = api.clip_progress(clip)
    status = api.process_now(clip)
    after = api.clip_progress(clip)
    assert (before.status, before.percent, before.over) == ("queued", 0, False)
    assert (after.status, after.percent, after.over) == ("done", 100, True)
    assert (status.state, status.error, status.duration) == ("READY", None, pytest.approx(2, abs=0.1))
    assert [(rung.codec, rung.width, rung.height) for rung in status.renditions] == [("h264", 320, 180)]
    package = fresh(clip).package
    assert files_below(media / "published") == sorted(f"{package.prefix}{name}" for name in package.files)
    assert sorted(package.files) == [
        "180-h264-iframes.m3u8",
        "180-h264.m3u8",
        "180-h264.mp4",
        "audio.m3u8",
        "audio.mp4",
        "download.mp4",
        *(f"poster-{place}-320.{ending}" for place in (1, 2, 3, 4) for ending in ("jpg", "webp")),
        "storyboard.webp",
    ]
    assert package.size_bytes == sum(size for size, _ in package.files.values())
    assert package.download_bytes == package.files["download.mp4"][0]
    assert files_below(media / "work") == []


def test_what_the_rows_say(ready):
    package = ready.package
    assert list(
        Rendition.objects.values_list("kind", "codec", "codecs", "width", "media_name", "iframe_playlist_name")
    ) == [
        ("audio", "aac", "mp4a.40.2", None, "audio.mp4", ""),
        ("video", "h264", "avc1.64000c", 320, "180-h264.mp4", "180-h264-iframes.m3u8"),
    ]
    posters = Poster.objects.all()
    assert ready.poster == posters[0]
    assert list(posters.values_list("prefix", "widths", "formats", "width", "height")) == [
        (f"poster-{place}", [320], ["webp", "jpg"], 320, 180) for place in (1, 2, 3, 4)
    ]
    board = Storyboard.objects.get()
    assert (board.package, board.sheets, board.columns, board.rows) == (package, ["storyboard.webp"], 5, 1)
    assert board.times_s == [0.0, 0.48, 0.96, 1.44, 1.92]
    assert package.recipe["master"] == Master.objects.get().sha256


def test_players_texts_are_composed_from_rows(ready):
    caption = api.add_caption(ready, "uk", "captions", b"1\n00:00:00,000 --> 00:00:01,000\n\xd0\x94\n")
    key = ready.package.key
    lines = api.playlist_text(ready).splitlines()
    assert [line for line in lines if line and not line.startswith("#")] == [f"{key}/180-h264.m3u8"]
    (subtitles,) = [line for line in lines if "TYPE=SUBTITLES" in line]
    assert subtitles == (
        '#EXT-X-MEDIA:TYPE=SUBTITLES,GROUP-ID="subs",NAME="Українська (CC)",LANGUAGE="uk",DEFAULT=NO,AUTOSELECT=YES,'
        'FORCED=NO,CHARACTERISTICS="public.accessibility.transcribes-spoken-dialog,'
        'public.accessibility.describes-music-and-sound",URI="subs/uk.captions.m3u8"'
    )
    assert "../captions/uk.captions.vtt" in api.subtitle_playlist_text(caption).splitlines()
    assert api.storyboard_text(ready.package).split("\n\n")[:3:2] == [
        "WEBVTT",
        f"00:00:00.480 --> 00:00:00.960\n{key}/storyboard.webp#xywh=160,0,160,90",
    ]


def test_a_clip_without_a_package_has_no_playlist(clip):
    with pytest.raises(ValueError, match="no package"):
        api.playlist_text(clip)


def test_every_process_runs_once(clip):
    runner = RecordingRunner()
    assert run_all(clip, runner) == ["done"] * (len(Job.Step) - 1)
    assert runner.purposes == ["loudness", "encode", "measured", "package", "download", "survey", "posters"]


def test_what_was_made_is_not_made_again(ready):
    runner, again = RecordingRunner(), api.retry_job(ready)
    assert run_all(ready, runner) == ["done", "done"]
    assert (runner.purposes, fresh(ready).package, fresh(ready).state) == (["loudness"], ready.package, "READY")
    assert "exists and is intact" in Job.objects.get(pk=again.pk).log_tail


@pytest.mark.parametrize("chosen", [0, 2], ids=["the best", "an editor's choice"])
def test_a_repair_keeps_the_poster_and_says_when_it_wrote(ready, media, chosen):
    shown = ready.package.posters.all()[chosen]
    api.choose_poster(ready, shown)
    (media / "published" / ready.package.prefix / "audio.mp4").write_bytes(b"rotten")
    assert [audited.ok for audited in api.audit_clips(repair=True)] == [False]
    assert run_all(ready)[-1] == "done"
    now = fresh(ready)
    assert (now.package, now.package.written_at > ready.package.written_at) == (ready.package, True)
    assert (now.poster == shown, now.poster.at_s, now.poster.prefix) == (False, shown.at_s, shown.prefix)
    assert packages.is_package_complete(now.package)


def other_recipe(package):
    return {"THREADS": 1 if package.recipe["threads"] != 1 else 2}


def test_a_new_recipe_is_kept_beside_the_old_one(ready, media, settings):
    settings.MEDIA_PIPELINE = settings.MEDIA_PIPELINE | other_recipe(ready.package)
    api.retry_job(ready)
    run_all(ready)
    old, new = Package.objects.get(pk=ready.package.pk), fresh(ready).package
    assert (old.retired_at is None, new.retired_at) == (False, None)
    assert old.key != new.key
    assert sorted(path.name for path in (media / "published" / ready.public_id).iterdir()) == sorted([old.key, new.key])


def test_a_clip_that_plays_keeps_playing_when_a_new_encode_fails(ready, settings):
    settings.MEDIA_PIPELINE = settings.MEDIA_PIPELINE | other_recipe(ready.package) | {"MAX_ATTEMPTS": 1}
    api.retry_job(ready)
    assert run_all(ready, RecordingRunner(encode=BROKEN)) == ["done", "done", "failed"]
    now = fresh(ready)
    assert (now.state, now.package, now.error_code) == ("READY", ready.package, "encode_failed")


def test_sound_that_cannot_be_measured_is_not_raised(clip):
    assert run_all(clip, RecordingRunner(loudness=BROKEN)) == ["done"] * (len(Job.Step) - 1)
    assert fresh(clip).package.recipe["audio"]["treatment"]["gain_db"] == 0.0


def cut(name):
    """What a tool does that leaves half a file and says that all is well."""

    def shorten(command):
        path = command.outdir / name
        path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])

    return shorten


@pytest.mark.parametrize(
    ("purpose", "failure", "said"),
    [
        *((purpose, BROKEN, "broken pipe") for purpose in ("encode", "package", "download", "survey", "posters")),
        ("encode", cut("180-h264.mp4"), "verify_failed"),
        ("encode", cut("audio.mp4"), "verify_failed"),
        ("package", cut("package/180-h264.mp4"), "verify_failed"),
        ("download", cut("download.mp4"), "verify_failed"),
    ],
)
def test_a_step_that_fails_is_tried_again(clip, purpose, failure, said):
    assert sorted(run_all(clip, RecordingRunner(**{purpose: failure}))) == ["done"] * (len(Job.Step) - 1) + ["queued"]
    assert said in job_of(clip).log_tail
    assert (fresh(clip).state, packages.is_package_complete(fresh(clip).package)) == ("READY", True)


@pytest.mark.parametrize(
    ("code", "attempts", "state"),
    [
        (ErrorCode.TIMEOUT, 3, "FAILED"),
        (ErrorCode.NO_FFMPEG, 1, "FAILED"),
        (ErrorCode.DISK_FULL, 1, "FAILED"),
        (ErrorCode.NO_DECODABLE_FRAMES, 1, "REJECTED"),
        (ErrorCode.TOO_MUCH_WORK, 1, "REJECTED"),
    ],
)
def test_what_waiting_cannot_cure_ends_at_once_and_the_rest_after_three_attempts(
    clip, media, small_video, code, attempts, state
):
    until(clip, "encode")
    outcomes = [run_next(clip, RecordingRunner(encode=MediaError(code))) for _ in range(attempts)]
    assert outcomes == ["queued"] * (attempts - 1) + ["failed"]
    assert (fresh(clip).state, fresh(clip).error_code) == (state, code.value)
    assert (media / "masters" / clip.master.file.name).read_bytes() == small_video.read_bytes()
    assert files_below(media / "work") + files_below(media / "published") == []


def test_work_that_is_gone_is_done_again(clip, media):
    runner = RecordingRunner()
    until(clip, "package", runner)
    (folder,) = (media / "work" / "jobs").glob("*/encode-*")
    shutil.rmtree(folder)
    outcomes = run_all(clip, runner)
    assert (outcomes[0], fresh(clip).state) == ("queued", "READY")
    assert runner.purposes.count("encode") == 2


def test_a_disk_without_space_is_seen_before_the_work(clip, settings):
    until(clip, "encode")
    settings.MEDIA_PIPELINE = settings.MEDIA_PIPELINE | {"MIN_FREE_BYTES": 1 << 60}
    runner = RecordingRunner()
    assert run_all(clip, runner) == ["failed"]
    assert (runner.purposes, fresh(clip).error_code) == ([], "disk_full")


def test_an_original_that_is_gone_is_named(clip, media):
    (media / "masters" / clip.master.file.name).unlink()
    status = api.process_now(clip)
    assert (status.state, status.error.code) == ("FAILED", "master_missing")


def test_work_is_json_and_neither_it_nor_the_log_names_a_folder_of_this_machine(clip, media):
    said = f"{media.joinpath('work', 'jobs', 'x')}: broken"
    until(clip, "publish", RecordingRunner(encode=MediaError(ErrorCode.ENCODE_FAILED, stderr_tail=said)))
    job = job_of(clip)
    assert sorted(job.work) == ["encode", "package", "plan", "probe", "stills"]
    assert "/jobs/x: broken" in job.log_tail
    assert str(media) not in json.dumps(job.work) + job.log_tail


def test_a_clip_that_is_withdrawn_while_it_is_published_stays_withdrawn(clip):
    until(clip, "publish")
    with armed(before(packages, "activate_package", lambda _frame: api.withdraw_clip(clip))):
        assert run_all(clip) == ["done"]
    assert (fresh(clip).state, fresh(clip).package is None) == ("WITHDRAWN", False)
    api.restore_clip(clip)
    assert (fresh(clip).state, clip.withdrawals.open().exists()) == ("READY", False)


def test_a_deleted_clip_leaves_nothing(ready, media):
    api.delete_clip(ready)
    assert files_below(media / "published") + files_below(media / "masters") + files_below(media / "work") == []
    assert (Clip.objects.count(), Job.objects.count(), Package.objects.count()) == (0, 0, 0)


def test_a_file_that_is_no_video_is_refused(transactional_db, tmp_path, media):
    path = tmp_path / "notes.mp4"
    path.write_text("Dear diary")
    clip = api.ingest_clip(path, title="x", spoken_language="en")
    status = api.process_now(clip)
    assert (status.state, status.error.code) == ("REJECTED", "not_a_video")
    assert status.as_json()["error"] == {
        "code": "not_a_video",
        "message": f"{status.error.message} {status.error.advice}",
    }
    assert (media / "masters" / clip.master.file.name).exists()
