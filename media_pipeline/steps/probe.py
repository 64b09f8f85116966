"""What was uploaded? Looks at the original file (`inspect/original.py`), and writes the facts to its row."""

from media_pipeline.ffmpeg import json_values
from media_pipeline.ffmpeg.inspect.original import inspect_original
from media_pipeline.jobs import scheduling
from media_pipeline.models import Clip, Job, Master
from media_pipeline.steps.context import StepContext


def run(step: StepContext) -> None:
    """Look at the original file; refuse it, or write what it is. Raises MediaError."""
    with step.master_file() as path:
        source = inspect_original(
            path,
            step.tools,
            step.run_command,
            language=step.clip.spoken_language,
            audio_index=step.clip.audio_track,
            audio_only_allowed=step.clip.sound_only,
            report=step.leased.report_progress,
        )

    def write() -> None:
        Master.objects.filter(pk=step.master.pk).update(probe=json_values.to_json(source))
        Job.objects.filter(pk=step.job.pk).update(cost_s=scheduling.estimate_cost_s(source))
        Clip.objects.filter(pk=step.clip.pk).update(warnings=[code.value for code in source.warnings])
        Clip.objects.show_state(step.clip, Clip.State.PROBED)

    video, audio = source.video, source.audio
    shown = (
        f"{video.codec} {video.display_width}x{video.display_height} {float(video.fps_avg):.4g}/s" if video else "none"
    )
    sound = f"{audio.codec} {audio.channels}ch" if audio else "silent"
    step.leased.log(f"probe: {source.container} {source.duration_s:.2f} s, {shown}, {sound}")
    step.advance(write, sound_wishes=step.clip.sound_wishes)
