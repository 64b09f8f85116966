"""The videos that are measured: made here, the same everywhere, and cut from real phone clips where there are some.

All are landscape, 30 frames a second, with stereo sound. A video of a phone is 1080p at 17 Mbit/s; the others are made
from it: fit for the web, HEVC, and smaller ones for the measurements that need many seconds or many videos.
"""

import subprocess
from dataclasses import dataclass, replace
from pathlib import Path

from media_pipeline.ffmpeg.run.toolchain import Toolchain
from tests.bench.measure import run
from tests.bench.peers import Argv, Video

SHARED = Path(__file__).resolve().parent.parent.parent.parent / "shared" / "media"
PHONE_RATE = ["-b:v", "17M", "-maxrate", "20M", "-bufsize", "20M", "-g", "30", "-pix_fmt", "yuv420p"]
BT709 = ["-colorspace", "bt709", "-color_primaries", "bt709", "-color_trc", "bt709", "-color_range", "tv"]
SOUND = (
    "sine=frequency=220:beep_factor=3:sample_rate=48000,volume=0.5[hum];anoisesrc=color=pink:amplitude=0.05:"
    "sample_rate=48000:seed=1[air];[hum][air]amix=inputs=2:normalize=0,aformat=channel_layouts=stereo"
)
TONE_MAP = (
    "zscale=t=linear:npl=203,format=gbrpf32le,zscale=p=bt709,tonemap=hable:desat=0,"
    "zscale=t=bt709:m=bt709:r=tv,format=yuv420p,"
)
# Real clips of phones (see the manifest beside them): name -> the filters that give them plain colours.
PHONES = {
    "android_vfr_1080p_dog.mp4": "",
    "pixel7_rot180_noaudio.mp4": "scale=in_range=full:out_range=tv,",
    "iphone_hlg_dv84_portrait.mp4": TONE_MAP,
    "pixel_hdr10_1080p.mp4": TONE_MAP,
}


@dataclass(frozen=True)
class Clip:
    """One video on the disk. ``what`` says in words where its pictures come from."""

    path: Path
    seconds: float
    what: str

    @property
    def bit_rate(self) -> int:
        """Of the whole file, bits per second."""
        return round(self.path.stat().st_size * 8 / self.seconds)

    def video(self, tools: Toolchain) -> Video:
        """The same as the peers see it."""
        return Video(tools.ffmpeg, self.path, self.bit_rate)


def generated(tools: Toolchain, folder: Path, seconds: float) -> Clip:
    """A journey into the Mandelbrot set, with the noise of a sensor."""
    picture = f"mandelbrot=size=1920x1080:rate=30:end_pts=400,noise=alls=5:allf=t,trim=duration={seconds}"
    inputs = ("-f", "lavfi", "-i", picture, "-f", "lavfi", "-i", SOUND)
    what = f"{seconds:g} s generated"
    return made(tools, folder, "generated.mp4", seconds, what, (*inputs, *_as_phone(seconds)))


def real(tools: Toolchain, folder: Path, seconds: float) -> Clip | None:
    """Real phone clips one after the other, None where the material or zscale is missing."""
    paths = [SHARED / name for name in PHONES]
    if not tools.supports_zscale or not all(path.is_file() for path in paths):
        return None
    inputs = [word for path in paths for word in ("-i", str(path))]
    # Portrait clips are cut to the middle: peers and we shall have the same landscape video.
    upright = "scale=1920:1080:force_original_aspect_ratio=increase:flags=bicubic,crop=1920:1080,setsar=1,fps=30"
    parts = [f"[{place}:v:0]{first}{upright}[v{place}]" for place, first in enumerate(PHONES.values())]
    joined = "".join(f"[v{place}]" for place in range(len(paths)))
    graph = ";".join([*parts, f"{joined}concat=n={len(paths)}:v=1:a=0,sidedata=mode=delete,format=yuv420p[v]"])
    chosen = ("-f", "lavfi", "-i", SOUND, "-filter_complex", graph, "-map", "[v]", "-map", f"{len(paths)}:a")
    what = f"{seconds:g} s of {', '.join(PHONES)}"
    return made(tools, folder, "real.mp4", seconds, what, (*inputs, *chosen, *_as_phone(seconds)))


def web_fit(tools: Toolchain, folder: Path, clip: Clip) -> Clip:
    """The video as a careful camera app leaves it: H.264 at a moderate rate, a keyframe every two seconds, AAC."""
    return _of(
        tools, folder, clip, "web_fit.mp4",
        "-c:v libx264 -preset veryfast -crf 22 -maxrate 5M -bufsize 5M -g 60 -keyint_min 60 -sc_threshold 0 "
        "-profile:v high -pix_fmt yuv420p -c:a copy",
    )  # fmt: skip


def hevc(tools: Toolchain, folder: Path, clip: Clip) -> Clip:
    """The video as newer phones write it."""
    return _of(
        tools, folder, clip, "hevc.mp4",
        "-c:v libx265 -preset ultrafast -b:v 9M -x265-params log-level=error:keyint=30:pools=2:frame-threads=1 "
        "-tag:v hvc1 -pix_fmt yuv420p -c:a copy",
    )  # fmt: skip


def repeated(tools: Toolchain, folder: Path, clip: Clip, times: int) -> Clip:
    """The video several times in a row, copied."""
    seconds = clip.seconds * times
    arguments = ("-stream_loop", str(times - 1), "-i", str(clip.path), "-c", "copy")
    name = f"{clip.path.stem}-{seconds:g}.mp4"
    return made(tools, folder, name, seconds, f"{clip.path.name} {times} times in a row", arguments)


def smaller(tools: Toolchain, folder: Path, clip: Clip, seconds: float) -> Clip:
    """The video at 1280x720, repeated or cut to ``seconds``."""
    coded = f"-vf scale=-2:720 -c:v libx264 -preset ultrafast -b:v 8M -g 30 -pix_fmt yuv420p -c:a aac -t {seconds:g}"
    arguments = ("-stream_loop", "-1", "-i", str(clip.path), *coded.split(), *BT709)
    what = f"{seconds:g} s at 720p of {clip.path.name}"
    return made(tools, folder, f"smaller-{seconds:g}.mp4", seconds, what, arguments)


def _as_phone(seconds: float) -> Argv:
    sound = f"-c:a aac -b:a 96k -ac 2 -t {seconds:g}"
    return ("-c:v", "libx264", "-preset", "superfast", *PHONE_RATE, *BT709, *sound.split())


def _of(tools: Toolchain, folder: Path, clip: Clip, name: str, coded: str) -> Clip:
    what = f"{name.partition('.')[0]} copy of {clip.path.name}"
    arguments = ("-i", str(clip.path), *coded.split(), *BT709)
    return made(tools, folder, name, clip.seconds, what, arguments)


def measured(tools: Toolchain, clip: Clip) -> Clip:
    """The clip with the length that it has."""
    asked = ("-v", "error", "-select_streams", "v:0", "-show_entries", "stream=duration", "-of", "csv=p=0")
    said = subprocess.run((str(tools.ffprobe), *asked, str(clip.path)), capture_output=True, text=True, check=True)
    return replace(clip, seconds=float(said.stdout.split()[0].strip(",")))


def made(tools: Toolchain, folder: Path, name: str, seconds: float, what: str, arguments: Argv) -> Clip:
    """What ffmpeg makes of arguments."""
    run((str(tools.ffmpeg), "-hide_banner", "-nostdin", "-v", "error", "-y", *arguments, name), folder)
    return Clip(folder / name, seconds, what)
