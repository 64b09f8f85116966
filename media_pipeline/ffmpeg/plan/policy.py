"""Ladder policies as values: sizes, codecs, rates. `plan_recipe` applies one to a source."""

from dataclasses import dataclass


@dataclass(frozen=True)
class LadderPolicy:
    """Sides are the shorter ones in pixels, rates bits per second.

    `h264_sides` alone is the plain ladder. With `av1_sides` the two codecs are planned each as a complete set, since
    players do not change codec while playing; where the encoder is missing, H.264 takes those sides over.
    """

    h264_sides: tuple[int, ...] = (1080, 720, 480, 240)
    av1_sides: tuple[int, ...] = ()
    copy_web_fit: bool = False  # keep the original file's own stream as top rung when it may be served as it is
    neighbour_ratio: float = 1.3  # rungs nearer to the top than this are not worth their bits
    aspect_max: float = 2.4  # wider videos get a lower side: the decoder counts pixels
    fps_max: int = 60
    fps_small_max: int = 30
    fps_small_below: int = 720  # sides below it are capped at fps_small_max
    keyframe_s: int = 2
    segment_s: int = 4
    h264_quality: int = 24
    h264_preset: str = "veryfast"
    # Half of the work at about equal quality for the bytes: over a quarter by the search for motion, the rest by whole
    # blocks only and a single B picture at a time, always.
    h264_params: str = "subme=1:me=dia:partitions=none:bframes=1:b-adapt=0"
    h264_top_preset: str = ""  # where the top rung has another one, with parameters of its own
    h264_top_params: str = ""
    av1_quality: int = 32
    av1_preset: str = "10"  # 9 gains half a point of VMAF for a fifth more work of the whole ladder
    av1_below_quality: int = 36  # of the rungs below the top; looks like H.264 of the same size
    av1_below_preset: str = "12"
    av1_below_params: str = "aq-mode=0"  # a tenth less work at the same VMAF and bytes; at the top it costs bytes
    av1_ten_bit: bool = False
    av1_rate_share: float = 1.5  # of H.264's cap: a brake for the worst; SVT-AV1 starves what comes near to it
    rate_720: int = 2_800_000  # cap at 1280x720 and 30 frames a second; other sizes follow from it
    copy_side: int = 0  # up to which the original's own stream is kept, where that is above all rungs
    copy_rate_share: float = 1.5  # an original file above this share of the rung's cap is too heavy to serve
    searched: bool = True  # whether the top rung's quality is found by samples of the film (quality.py)
    audio_bitrate: int = 128_000
    threads: int = 2  # of the machine, for one video

    def rate_max(self, width: int, height: int, fps: float) -> int:
        """The cap for one size: pixels to the power of 3/4, and half of what more frames would cost."""
        scale = float((width * height / (1280 * 720)) ** 0.75 * max(fps / 30, 1.0) ** 0.5)
        return max(round(self.rate_720 * scale / 10_000) * 10_000, 100_000)


H264_ONLY = LadderPolicy()

# AV1 from a small rung to the top, H.264 complete up to 720. AV1 has no 720: its 1080 needs no more than H.264's 720.
# Its 240 is what makes players begin with AV1: hls.js takes the set whose smallest rung surely fits the line.
AV1_ON_TOP = LadderPolicy(h264_sides=(720, 480, 240), av1_sides=(1080, 480, 240))

# For pictures that move so fast that AV1's quick presets lose them: x264 finds them again. Without its taste for grain,
# and with fewer bits moved from rich parts of a picture to plain ones: a fifth fewer bytes for the same VMAF.
H264_FOR_MOTION = LadderPolicy(h264_top_preset="medium", h264_top_params="psy=0:aq-mode=2:aq-strength=0.5")

# What plays everywhere, at half of the work: for clips that nobody has played yet, where the others are made on demand.
# A copy costs next to nothing and is all that such a video gets. Quality is searched for the ladder's top, which comes
# later.
FIRST_RUNGS = LadderPolicy(h264_sides=AV1_ON_TOP.h264_sides, copy_side=max(AV1_ON_TOP.av1_sides), searched=False)
