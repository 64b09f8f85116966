"""Is what we made what we planned? Nothing is published before these checks.

ffmpeg exits with 0 on a full disk, on a cut input, on damaged output (hostile_input, 2): every file is probed again,
its packets are counted, and every byte range of a playlist is held against its file. All raise
MediaError(verify_failed).
"""

from collections.abc import Mapping
from fractions import Fraction

from media_pipeline.ffmpeg.errors import DAMAGE_WARNINGS, ErrorCode, MediaError, WarningCode
from media_pipeline.ffmpeg.inspect.first_frames import decode_warnings
from media_pipeline.ffmpeg.inspect.probe import parse_probe_json
from media_pipeline.ffmpeg.inspect.source import Source
from media_pipeline.ffmpeg.inspect.timeline import Timeline, longest_keyframe_gap
from media_pipeline.ffmpeg.plan.recipe import LENGTH_TOLERANCE_S, AudioPlan, Recipe, Rung, length_slack_s

_CODECS = {"h264": "h264", "copy": "h264", "av1": "av1"}


def stream_facts(output: bytes, stderr: str = "") -> Source:
    """What ffprobe (`probe.probe_command`) says of a file that we made."""
    try:
        return parse_probe_json(output, stderr)
    except MediaError as problem:
        raise MediaError(ErrorCode.VERIFY_FAILED, f"unreadable: {problem}", stderr_tail=stderr) from problem


def verify_rung(rung: Rung, recipe: Recipe, made: Source, timeline: Timeline) -> None:
    """One encoded or packaged rung against its plan; its length is `verify_lengths`' matter."""
    video = made.video
    if video is None or timeline.packets == 0:
        raise verify_error(rung.name, "no picture")
    expected = {
        "codec": (video.codec, _CODECS[rung.codec]),
        "size": ((video.width, video.height), (rung.width, rung.height)),
        "shown as": ((video.display_width, video.display_height), (rung.width, rung.height)),
        "turned": ((video.rotation, video.flipped), (0, False)),
        "light": (video.hdr, "none"),
        "tracks": (made.streams, 1),
        "location": (made.has_location, False),
        "first picture is a keyframe": (bool(timeline.keyframes) and timeline.keyframes[0] == timeline.start_s, True),
        "starts at zero": (abs(timeline.start_s) < 0.05, True),
    }
    if rung.codec != "copy":
        expected["bits"] = (video.bit_depth, 10 if rung.ten_bit else 8)
        expected["range"] = (video.colour.full_range, False)
        steady = abs(timeline.rate / float(rung.fps) - 1) < 0.02 or timeline.packets < 50
        expected["frame rate"] = (steady, True)
    for what, (found, wanted) in expected.items():
        if found != wanted:
            raise verify_error(rung.name, f"{what}: {found}, not {wanted}")
    planned = float(recipe.keyframe_distance(rung)) * 1.1 or longest_keyframe_gap(recipe.keyframes, recipe.duration_s)
    if timeline.keyframe_gap_s > planned + 2 / float(rung.fps):
        raise verify_error(rung.name, f"{timeline.keyframe_gap_s:.2f} s without a keyframe")


def verify_audio(audio: AudioPlan, made: Source, timeline: Timeline, duration_s: float) -> None:
    """A sound: AAC, two channels, as long as the package that is planned, nothing else in the file."""
    sound = made.audio
    if sound is None or timeline.packets == 0:
        raise verify_error(audio.name, "no sound")
    if (sound.codec, sound.channels, sound.sample_rate) != ("aac", 2, audio.sample_rate):
        raise verify_error(audio.name, f"{sound.codec} with {sound.channels} channels at {sound.sample_rate}")
    if made.streams != 1 or made.has_location:
        raise verify_error(audio.name, "more than sound in the file")
    if not audio.copied and abs(timeline.end_s - duration_s) > length_slack_s(duration_s):
        raise verify_error(audio.name, f"{timeline.end_s:.2f} s long instead of {duration_s:.2f} s")


def verify_lengths(
    recipe: Recipe, timelines: Mapping[Rung, Timeline], stderr: str = ""
) -> tuple[float, tuple[WarningCode, ...]]:
    """(seconds that the video lasts, warnings): all rungs equally long, and as long as planned.

    Shorter is forgiven, with a warning, only where the master is known to be damaged or cut, or where the decoder
    complained (`stderr` of the encode); without that reason something cut our output.
    """
    lengths = {rung: timeline.end_s for rung, timeline in timelines.items()}
    shortest, longest = min(lengths.values()), max(lengths.values())
    frame = float(1 / min(rung.fps for rung in lengths))
    # Lower rungs may round up or down to a whole frame of theirs; a copied one keeps the master's own end.
    if longest - shortest > 2 * frame + 0.1:
        raise verify_error("rungs", f"from {shortest:.2f} s to {longest:.2f} s long")
    complaints = decode_warnings(stderr)
    slack = length_slack_s(recipe.duration_s)
    if longest > recipe.duration_s + slack:
        raise verify_error("rungs", f"{longest:.2f} s long instead of {recipe.duration_s:.2f} s")
    if shortest >= recipe.duration_s - slack:
        return longest, complaints
    if complaints or DAMAGE_WARNINGS & set(recipe.warnings):
        return longest, (*complaints, WarningCode.PARTIAL)
    raise verify_error("rungs", f"{shortest:.2f} s long instead of {recipe.duration_s:.2f} s")


def verify_aligned(recipe: Recipe, timelines: Mapping[Rung, Timeline]) -> None:
    """Every keyframe where it was planned, or all with those of a copied rung: players change rung there only.

    A copied rung may have more of them than the others follow.
    """
    encoded = [rung for rung in timelines if rung.codec != "copy"]
    if not encoded:
        return
    slack = float(Fraction(1, 2) / min(rung.fps for rung in timelines))
    for rung, timeline in timelines.items():
        found, wanted = timeline.keyframes, timelines[encoded[0]].keyframes
        if recipe.keyframe_s:
            fps = float(rung.fps)
            wanted = tuple(picture / fps for picture in recipe.keyframe_pictures(rung, round(timeline.end_s * fps)))
        if rung.codec == "copy":
            found = tuple(min(found, key=lambda time, at=mark: abs(time - at)) for mark in wanted)  # type: ignore[misc]
        if len(found) != len(wanted) or any(abs(a - b) > slack for a, b in zip(found, wanted, strict=True)):
            raise verify_error(rung.name, "keyframes are not where they should be")


def verify_download(recipe: Recipe, made: Source, timeline: Timeline, head: bytes, duration_s: float) -> None:
    """The MP4 for download: H.264, the sound when there is one, nothing else, index first.

    `head` are the file's first bytes (4096 do), `timeline` that of the picture.
    """
    video, rung = made.video, recipe.download
    if video is None or (video.codec, video.width, video.height) != ("h264", rung.width, rung.height):
        raise verify_error("download", "not the picture that was planned")
    if made.streams != 1 + (recipe.audio is not None) or bool(made.audio) != (recipe.audio is not None):
        raise verify_error("download", f"{made.streams} tracks")
    if made.has_location or video.rotation or video.flipped:
        raise verify_error("download", "metadata came along")
    if timeline.packets == 0 or abs(timeline.end_s - duration_s) > LENGTH_TOLERANCE_S:
        raise verify_error("download", f"{timeline.end_s:.2f} s instead of {duration_s:.2f} s")
    index, media = head.find(b"moov"), head.find(b"mdat")
    if index < 0 or 0 <= media < index:
        raise verify_error("download", "the index is not at the front")


def verify_error(what: str, why: str) -> MediaError:
    return MediaError(ErrorCode.VERIFY_FAILED, f"{what}: {why}")
