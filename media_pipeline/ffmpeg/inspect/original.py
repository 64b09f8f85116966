"""All that is looked at in an original file, in this order, with the limits checked after each look."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from media_pipeline.ffmpeg.inspect import audio_only, first_frames, limits, pictures, probe, sniff, timeline
from media_pipeline.ffmpeg.inspect.claims import with_wrong_claims
from media_pipeline.ffmpeg.inspect.cut_files import with_cut_end
from media_pipeline.ffmpeg.inspect.film_timeline import with_film_timeline
from media_pipeline.ffmpeg.inspect.frame_colours import with_frame_colours
from media_pipeline.ffmpeg.inspect.source import Source
from media_pipeline.ffmpeg.inspect.unread_parts import with_unread_parts
from media_pipeline.ffmpeg.run.command import ProcessCommand, ProcessResult
from media_pipeline.ffmpeg.run.toolchain import Toolchain

Run = Callable[[ProcessCommand], ProcessResult]
"""Runs a command to its end; raises MediaError."""


def inspect_original(
    path: Path,
    tools: Toolchain,
    run: Run,
    *,
    language: str = "",
    audio_index: int | None = None,
    audio_only_allowed: bool = False,
    report: Callable[[float], None] = lambda done: None,
) -> Source:
    """The facts of one file, sharpened look by look. Raises MediaError with the first limit it breaks.

    `language` is the one that is spoken, `audio_index` the sound that somebody chose; `report` hears which part of the
    work is done (0 to 1).
    """
    # 1. Its first bytes.
    size = path.stat().st_size
    with path.open("rb") as file:
        head = file.read(sniff.SNIFF_BYTES)
    sniff.refuse_non_video(head, size)
    # 2. Its headers.
    headers, decoders = _read_headers(path, tools, run)
    found = probe.parse_probe(
        headers.stdout,
        headers.stderr_tail,
        head=head,
        audio_only_allowed=audio_only_allowed,
        language=language,
        audio_index=audio_index,
    )
    source = limits.check_limits(replace(found, size_bytes=size, probe_decoders=decoders))
    # 3. All packets of its streams.
    packets = run(timeline.timeline_command(tools, path, demuxer=source.container, decoders=decoders))
    read = timeline.parse_packets(packets.stdout)
    source = with_film_timeline(source, read, packets.stderr_tail)
    source = with_unread_parts(with_cut_end(source, path, read), path, read)
    source = limits.check_limits(source)
    report(0.5)
    # 4. Its keyframes, decoded: what the picture looks like.
    if not audio_only.is_audio_only(source):
        shown = run(pictures.pictures_command(tools, source, path))
        source = with_frame_colours(source, shown.stdout)
        source = limits.check_limits(pictures.with_pictures(source, pictures.parse_pictures(shown.stdout)))
    # 5. Its first frames, decoded as the encode will.
    frames = run(first_frames.first_frames_command(tools, source, path))
    complaints = frames.stderr_tail
    if first_frames.decode_warnings(complaints):
        complaints = run(first_frames.first_frames_command(tools, source, path, beginning_only=True)).stderr_tail
    source = limits.check_limits(first_frames.with_first_frames(source, frames.stdout, complaints))
    return with_wrong_claims(source)


def _read_headers(path: Path, tools: Toolchain, run: Run) -> tuple[ProcessResult, tuple[str, ...]]:
    """ffprobe's answer, and the decoders it wanted for streams that may not be needed. Raises MediaError."""
    decoders: tuple[str, ...] = ()
    while True:
        headers = run(probe.probe_command(tools, path, decoders))
        missing = probe.missing_decoder(headers.stdout, headers.stderr_tail)
        if not missing or missing in decoders or len(decoders) >= limits.STREAMS_MAX:
            return headers, decoders
        decoders = (*decoders, missing)
