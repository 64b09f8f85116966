"""From a file to a package: every step with the real tools, and what each failure leaves behind."""

import json

import pytest

from media_pipeline import api
from media_pipeline.ffmpeg.errors import ErrorCode, MediaError
from media_pipeline.files import packages
from media_pipeline.models import Clip, Job, Master, Package, Poster, Rendition, Storyboard
from media_pipeline.worker import run_job

from ..doubles import RecordingRunner

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow, pytest.mark.usefixtures("replayed")]


def fresh(clip):
    return Clip.objects.select_related("package", "poster", "master").get(pk=clip.pk)


def job_of(clip):
    return clip.jobs.order_by("-created_at").first()


def files_below(folder):
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


def through(clip, runner, rounds=20):
    """Carry the clip's job on, without waits, until it is over; the outcomes."""
    outcomes = []
    while job_of(clip).status in ("queued", "running") and len(outcomes) < rounds:
        Job.objects.update(not_before=None)
        outcomes.append(run_job.run_job(job_of(clip).pk, runner=runner))
    return outcomes


def test_a_film_becomes_a_package(clip, rooms):
    status = api.process_now(clip)
    assert (status.state, status.error, status.duration) == ("READY", None, pytest.approx(2, abs=0.1))
    assert [(rung.codec, rung.width, rung.height) for rung in status.renditions] == [("h264", 320, 180)]
    package = fresh(clip).package
    assert files_below(rooms / "published") == sorted(f"{package.prefix}{name}" for name in package.files)
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
    assert files_below(rooms / "work") == []


def test_what_the_rows_say(clip):
    api.process_now(clip)
    package = fresh(clip).package
    assert list(
        Rendition.objects.values_list("kind", "codec", "codecs", "width", "media_name", "iframe_playlist_name")
    ) == [
        ("audio", "aac", "mp4a.40.2", None, "audio.mp4", ""),
        ("video", "h264", "avc1.64000c", 320, "180-h264.mp4", "180-h264-iframes.m3u8"),
    ]
    posters = Poster.objects.all()
    assert fresh(clip).poster == posters[0]
    assert list(posters.values_list("prefix", "widths", "formats", "width", "height")) == [
        (f"poster-{place}", [320], ["webp", "jpg"], 320, 180) for place in (1, 2, 3, 4)
    ]
    board = Storyboard.objects.get()
    assert (board.package, board.sheets, board.columns, board.rows) == (package, ["storyboard.webp"], 5, 1)
    assert board.times_s == [0.0, 0.48, 0.96, 1.44, 1.92]
    assert package.recipe["master"] == Master.objects.get().sha256


def test_players_texts_are_composed_from_rows(clip):
    api.process_now(clip)
    now = fresh(clip)
    caption = api.add_caption(now, "uk", "captions", b"1\n00:00:00,000 --> 00:00:01,000\n\xd0\x94\n")
    key = now.package.key
    lines = api.playlist_text(now).splitlines()
    assert [line for line in lines if line and not line.startswith("#")] == [f"{key}/180-h264.m3u8"]
    (subtitles,) = [line for line in lines if "TYPE=SUBTITLES" in line]
    assert subtitles == (
        '#EXT-X-MEDIA:TYPE=SUBTITLES,GROUP-ID="subs",NAME="Українська (CC)",LANGUAGE="uk",DEFAULT=NO,AUTOSELECT=YES,'
        'FORCED=NO,CHARACTERISTICS="public.accessibility.transcribes-spoken-dialog,'
        'public.accessibility.describes-music-and-sound",URI="subs/uk.captions.m3u8"'
    )
    assert "../captions/uk.captions.vtt" in api.subtitle_playlist_text(caption).splitlines()
    assert api.storyboard_text(now.package).split("\n\n")[:3:2] == [
        "WEBVTT",
        f"00:00:00.480 --> 00:00:00.960\n{key}/storyboard.webp#xywh=160,0,160,90",
    ]


def test_a_clip_without_a_package_has_no_playlist(clip):
    with pytest.raises(ValueError, match="no package"):
        api.playlist_text(clip)


def test_progress_is_over_at_the_end(clip):
    assert (api.clip_progress(clip).status, api.clip_progress(clip).percent, api.clip_progress(clip).over) == (
        "queued",
        0,
        False,
    )
    api.process_now(clip)
    assert (api.clip_progress(clip).status, api.clip_progress(clip).percent, api.clip_progress(clip).over) == (
        "done",
        100,
        True,
    )


def test_every_process_runs_once(clip):
    runner = RecordingRunner()
    assert through(clip, runner) == ["done"] * 6
    assert runner.purposes == ["loudness", "encode", "package", "download", "survey", "posters"]


def test_what_was_made_is_not_made_again(clip):
    api.process_now(clip)
    package, runner = fresh(clip).package, RecordingRunner()
    again = api.retry_job(clip)
    assert through(clip, runner) == ["done", "done"]
    assert (runner.purposes, fresh(clip).package, fresh(clip).state) == (["loudness"], package, "READY")
    assert "exists and is intact" in Job.objects.get(pk=again.pk).log_tail


def test_a_rotten_package_is_made_again_in_its_place(clip, rooms):
    api.process_now(clip)
    package = fresh(clip).package
    file = rooms / "published" / package.prefix / "180-h264.mp4"
    file.write_bytes(file.read_bytes()[:-1] + b"?")
    api.retry_job(clip)
    assert through(clip, RecordingRunner()) == ["done"] * 6
    now = fresh(clip)
    assert (now.package.pk, now.package.key, now.state) == (package.pk, package.key, "READY")
    assert packages.is_package_complete(now.package)
    assert now.poster is not None


def test_a_new_recipe_stands_beside_the_old_one(clip, rooms, settings):
    api.process_now(clip)
    old = fresh(clip).package
    settings.MEDIA_PIPELINE |= {"THREADS": 1 if old.recipe["threads"] != 1 else 2}
    api.retry_job(clip)
    through(clip, RecordingRunner())
    new = fresh(clip).package
    assert new.key != old.key
    assert (Package.objects.get(pk=old.pk).retired_at is None, new.retired_at) == (False, None)
    assert sorted(path.name for path in (rooms / "published" / clip.public_id).iterdir()) == sorted([old.key, new.key])


def test_a_clip_that_plays_keeps_playing_when_a_new_encode_fails(clip, settings):
    api.process_now(clip)
    old = fresh(clip).package
    settings.MEDIA_PIPELINE |= {"THREADS": 1 if old.recipe["threads"] != 1 else 2, "MAX_ATTEMPTS": 1}
    api.retry_job(clip)
    through(clip, RecordingRunner(encode=MediaError(ErrorCode.ENCODE_FAILED)))
    assert (fresh(clip).state, fresh(clip).package, fresh(clip).error_code) == ("READY", old, "encode_failed")
    assert job_of(clip).status == "failed"


def test_sound_that_cannot_be_measured_is_not_raised(clip):
    runner = RecordingRunner(loudness=MediaError(ErrorCode.ENCODE_FAILED))
    assert through(clip, runner) == ["done"] * 6
    assert fresh(clip).package.recipe["audio"]["gain_db"] == 0.0


@pytest.mark.parametrize("purpose", ["encode", "package", "download", "survey", "posters"])
def test_a_step_that_fails_is_tried_again(clip, purpose):
    runner = RecordingRunner(**{purpose: MediaError(ErrorCode.ENCODE_FAILED, stderr_tail="broken pipe")})
    outcomes = through(clip, runner)
    assert (sorted(outcomes), fresh(clip).state) == (["done"] * 6 + ["queued"], "READY")
    assert "broken pipe" in job_of(clip).log_tail


def test_after_the_last_attempt_it_is_our_failure(clip, rooms, small_film):
    class Always(dict):
        def pop(self, name, default=None):
            return MediaError(ErrorCode.TIMEOUT) if name == "encode" else None

    runner = RecordingRunner()
    runner.failures = Always()
    assert through(clip, runner) == ["done", "done", "queued", "queued", "failed"]
    assert (fresh(clip).state, fresh(clip).error_code) == ("FAILED", "timeout")
    assert (rooms / "masters" / clip.master.file.name).read_bytes() == small_film.read_bytes()
    assert files_below(rooms / "work") + files_below(rooms / "published") == []


@pytest.mark.parametrize(
    ("code", "state"),
    [
        (ErrorCode.NO_FFMPEG, "FAILED"),
        (ErrorCode.DISK_FULL, "FAILED"),
        (ErrorCode.NO_DECODABLE_FRAMES, "REJECTED"),
        (ErrorCode.TOO_MUCH_WORK, "REJECTED"),
    ],
)
def test_what_waiting_cannot_cure_ends_at_once(clip, rooms, code, state):
    assert through(clip, RecordingRunner(encode=MediaError(code))) == ["done", "done", "failed"]
    assert (fresh(clip).state, fresh(clip).error_code) == (state, code.value)
    assert (rooms / "masters" / clip.master.file.name).exists()


def cut(name):
    def shorten(command):
        path = command.outdir / name
        path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])

    return shorten


@pytest.mark.parametrize(
    ("purpose", "name"),
    [
        ("encode", "180-h264.mp4"),
        ("encode", "audio.mp4"),
        ("package", "package/180-h264.mp4"),
        ("download", "download.mp4"),
    ],
)
def test_a_damaged_result_is_found_though_the_tool_said_all_is_well(clip, purpose, name):
    runner = RecordingRunner(**{purpose: cut(name)})
    outcomes = through(clip, runner)
    assert outcomes.count("queued") == 1
    assert "verify_failed" in job_of(clip).log_tail
    assert (fresh(clip).state, packages.is_package_complete(fresh(clip).package)) == ("READY", True)


def test_work_that_is_gone_is_done_again(clip, rooms):
    runner = RecordingRunner(package=lambda command: None)
    for _ in range(3):
        run_job.run_job(job_of(clip).pk, runner=runner)
    (folder,) = (rooms / "work" / "jobs").glob("*/encode-*")
    for file in folder.iterdir():
        file.unlink()
    folder.rmdir()
    outcomes = through(clip, runner)
    assert (outcomes[0], fresh(clip).state) == ("queued", "READY")
    assert runner.purposes.count("encode") == 2


def test_a_disk_without_room_is_seen_before_the_work(clip, settings, rooms):
    for _ in range(2):
        run_job.run_job(job_of(clip).pk)
    settings.MEDIA_PIPELINE |= {"MIN_FREE_BYTES": 1 << 60}
    runner = RecordingRunner()
    assert through(clip, runner) == ["failed"]
    assert (runner.purposes, fresh(clip).error_code) == ([], "disk_full")


def test_the_log_names_no_folder_of_this_machine(clip, rooms):
    runner = RecordingRunner(
        encode=MediaError(ErrorCode.ENCODE_FAILED, stderr_tail=f"{rooms.joinpath('work', 'jobs', 'x')}: broken")
    )
    through(clip, runner)
    assert "/jobs/x: broken" in job_of(clip).log_tail
    assert str(rooms) not in job_of(clip).log_tail


def test_work_is_json_and_holds_no_paths(clip, rooms):
    for _ in range(5):
        run_job.run_job(job_of(clip).pk)
    work = job_of(clip).work
    assert sorted(work) == ["encode", "package", "plan", "stills"]
    assert str(rooms) not in json.dumps(work)


def test_a_withdrawn_clip_stays_withdrawn(clip):
    api.withdraw_clip(clip)
    status = api.process_now(clip)
    assert (status.state, status.has_package) == ("WITHDRAWN", True)
    api.restore_clip(clip)
    assert (fresh(clip).state, fresh(clip).withdrawn_at) == ("READY", None)


def test_a_deleted_clip_leaves_nothing(clip, rooms):
    api.process_now(clip)
    api.delete_clip(clip)
    assert files_below(rooms / "published") + files_below(rooms / "masters") + files_below(rooms / "work") == []
    assert (Clip.objects.count(), Job.objects.count(), Package.objects.count()) == (0, 0, 0)


def test_a_file_that_is_no_film_is_refused(transactional_db, tmp_path, rooms):
    path = tmp_path / "notes.mp4"
    path.write_text("Dear diary")
    clip = api.ingest_clip(path, title="x", spoken_language="en")
    status = api.process_now(clip)
    assert (status.state, status.error.code) == ("REJECTED", "not_a_video")
    assert status.as_json()["error"] == {
        "code": "not_a_video",
        "message": f"{status.error.message} {status.error.advice}",
    }
    assert (rooms / "masters" / clip.master.file.name).exists()
