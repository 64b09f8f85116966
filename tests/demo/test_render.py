"""From a scene to a file: what ffmpeg is asked for, and what it makes."""

import dataclasses

import pytest

from demo.content.texts import read_demo_clip
from demo.films.render import RenderedFilm, RenderStoppedError, build_scene, encode_arguments, render_film, write_frames
from demo.films.scene import FILM_FPS
from demo.films.voice import speak_sentences
from media_pipeline import ffmpeg_tools
from media_pipeline.ffmpeg.errors import ErrorCode, MediaError
from media_pipeline.ffmpeg.inspect.probe import parse_probe, probe_command


class Recorder:
    """Replaces ``run_ffmpeg``: keeps the arguments and writes an output file."""

    def __init__(self, problem=None):
        self.commands, self.problem = [], problem

    def __call__(self, arguments, folder, limits, *, should_stop):
        self.commands.append(arguments)
        if self.problem:
            raise self.problem
        (folder / "master.mp4").write_bytes(b"video")


def test_the_command_is_this_one():
    assert encode_arguments(17.48) == (
        "-hide_banner", "-nostdin", "-loglevel", "error", "-y",
        "-f", "concat", "-safe", "1", "-protocol_whitelist", "file", "-i", "frames.ffconcat",
        "-f", "wav", "-protocol_whitelist", "file", "-i", "voice.wav",
        "-vf", "scale=in_range=pc:in_color_matrix=bt601:out_range=tv:out_color_matrix=bt709,format=yuv420p,fps=25",
        "-colorspace", "bt709", "-color_primaries", "bt709", "-color_trc", "bt709", "-color_range", "tv",
        "-c:v", "libx264", "-preset", "ultrafast", "-crf", "18", "-g", "50",
        "-c:a", "aac", "-b:a", "128k", "-ar", "48000", "-ac", "1",
        "-movflags", "+faststart", "-map_metadata", "-1", "-t", "17.48",
        "master.mp4",
    )  # fmt: skip


def test_the_list_says_how_long_each_picture_is_shown(tmp_path):
    text = read_demo_clip("before-you-share")
    scene = build_scene(text, speak_sentences(text.spoken_sentences, text.spoken))
    write_frames(scene, tmp_path)
    lines = (tmp_path / "frames.ffconcat").read_text().splitlines()
    durations = [float(line.split()[1]) for line in lines if line.startswith("duration")]
    assert sum(durations) == pytest.approx(scene.frames / FILM_FPS)
    assert len(list((tmp_path / "frames").iterdir())) == len(durations) < scene.frames / 2


def test_only_the_video_is_left(tmp_path):
    text, run = read_demo_clip("before-you-share"), Recorder()
    rendered = render_film(text, tmp_path, run)
    assert rendered == RenderedFilm(tmp_path / "master.mp4", rendered.timings, rendered.seconds)
    assert [path.name for path in tmp_path.iterdir()] == ["master.mp4"]
    assert [arguments[-1] for arguments in run.commands] == ["master.mp4"]


def test_a_worker_that_must_end_stops_between_two_frames(tmp_path):
    with pytest.raises(RenderStoppedError):
        render_film(read_demo_clip("before-you-share"), tmp_path, Recorder(), should_stop=lambda: True)


def test_a_stopped_ffmpeg_is_no_failure(tmp_path):
    with pytest.raises(RenderStoppedError):
        render_film(read_demo_clip("before-you-share"), tmp_path, Recorder(MediaError(ErrorCode.CANCELLED)))


def test_a_failed_ffmpeg_is_one(tmp_path):
    with pytest.raises(MediaError):
        render_film(read_demo_clip("before-you-share"), tmp_path, Recorder(MediaError(ErrorCode.DISK_FULL)))


@pytest.mark.slow
def test_ffmpeg_makes_a_video_that_a_phone_could_have_made(tmp_path, settings):
    text = read_demo_clip("before-you-share")
    rendered = render_film(dataclasses.replace(text), tmp_path)
    answer = ffmpeg_tools.process_runner()(probe_command(ffmpeg_tools.binaries(), rendered.path))
    source = parse_probe(answer.stdout, answer.stderr_tail)
    video, audio = source.video, source.audio
    assert (video.codec, video.width, video.height, video.pix_fmt) == ("h264", 720, 1280, "yuv420p")
    assert (float(video.fps_avg), audio.codec) == (25.0, "aac")
    assert source.duration_s == pytest.approx(rendered.seconds, abs=0.1)
