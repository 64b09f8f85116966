"""Tiny videos for the browser, drawn by lavfi and prepared by the real pipeline."""

import subprocess
import tempfile
from pathlib import Path

import imageio_ffmpeg

from media_pipeline import api
from media_pipeline.models import Clip
from tests.home.recording import recorded

SECONDS = 8
WORDS = {
    "en": ("one", "two", "three", "four"),
    "de": ("eins", "zwei", "drei", "vier"),
    "el": ("ένα", "δύο", "τρία", "τέσσερα"),
    "ar": ("واحد", "اثنان", "ثلاثة", "أربعة"),
}


def draw_video(path: Path, *, size: str = "640x360", seconds: int = SECONDS) -> Path:
    """A video with a tone."""
    made = (
        *("-f", "lavfi", "-i", f"testsrc2=size={size}:rate=25:duration={seconds}"),
        *("-f", "lavfi", "-i", f"sine=frequency=330:duration={seconds}"),
        *("-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", "-c:a", "aac", "-shortest"),
    )
    command = [imageio_ffmpeg.get_ffmpeg_exe(), "-v", "error", "-y", *made, str(path)]
    subprocess.run(command, check=True, timeout=300)
    return path


def captions(language: str) -> bytes:
    """Four cues of two seconds each."""
    cues = [
        f"00:0{2 * number}.000 --> 00:0{2 * number + 2}.000\n{word}\n" for number, word in enumerate(WORDS[language])
    ]
    return "\n".join(["WEBVTT\n", *cues]).encode()


@recorded
def prepared_clip() -> Clip:
    """A video of eight seconds, spoken in English, that went through the pipeline once for all modules."""
    with tempfile.TemporaryDirectory() as folder:
        return ready_clip(draw_video(Path(folder) / "video.mp4"), "en")


def captioned_clip(*languages: str, title: str = "A video") -> Clip:
    """The prepared clip with captions in these languages."""
    clip = prepared_clip()
    Clip.objects.filter(pk=clip.pk).update(title=title)
    for code in languages:
        api.add_caption(clip, code, "captions", captions(code), f"{code}.vtt")
    return Clip.objects.get(pk=clip.pk)


def ready_clip(path: Path, language: str = "en", title: str = "A video") -> Clip:
    """A clip that went through the pipeline."""
    clip = api.ingest_clip(path, title=title, spoken_language=language)
    status = api.process_now(clip)
    assert (status.state, status.error) == ("READY", None)
    return Clip.objects.get(pk=clip.pk)
