"""What ffmpeg and ffprobe may open: the options before every untrusted input.

`-protocol_whitelist` alone does not protect (a renamed playlist still reads its neighbours); naming the real
container formats does. Both are always set; the sandbox is the second line of defence.
"""

from collections.abc import Iterable

# What phones, cameras and editors write. Nothing that follows references (hls, dash, concat, imf, sdp),
# reads patterns (image2) or renders text (tty); nothing virtual (lavfi).
DEMUXERS = (
    "mov", "matroska", "avi", "mpegts", "mpeg", "mpegvideo", "flv", "asf", "ogg", "mp3",
    "wav", "w64", "aac", "flac", "aiff", "amr", "mxf", "dv",
)  # fmt: skip

VIDEO_DECODERS = (
    "h264", "hevc", "av1", "libdav1d", "vp8", "vp9", "mpeg4", "msmpeg4v1", "msmpeg4v2", "msmpeg4", "msmpeg4v3",
    "mpeg1video", "mpeg2video", "mpegvideo", "mjpeg", "mjpegb", "prores", "dnxhd", "dvvideo", "cfhd", "h261", "h263",
    "h263i", "flv", "theora", "vp3", "vp6", "vp6a", "vp6f", "wmv1", "wmv2", "wmv3", "vc1", "ffv1", "huffyuv",
    "ffvhuff", "rawvideo", "v210", "png", "qtrle", "svq1", "svq3", "cinepak", "indeo3", "indeo5", "flashsv",
    "flashsv2", "utvideo",
)  # fmt: skip

AUDIO_DECODERS = (
    "aac", "aac_fixed", "aac_latm", "ac3", "ac3_fixed", "eac3", "dca", "truehd", "mp1", "mp1float", "mp2", "mp2float",
    "mp3", "mp3float", "opus", "libopus", "vorbis", "libvorbis", "flac", "alac", "amrnb", "amrwb",
    "libopencore_amrnb", "libopencore_amrwb", "wmav1", "wmav2", "wmapro", "wmalossless", "wmavoice", "speex",
    "libspeex", "nellymoser", "qdm2", "qdmc", "mace3", "mace6", "pcm_s8", "pcm_u8", "pcm_s16le", "pcm_s16be",
    "pcm_s24le", "pcm_s24be", "pcm_s32le", "pcm_s32be", "pcm_f32le", "pcm_f32be", "pcm_f64le", "pcm_f64be",
    "pcm_mulaw", "pcm_alaw", "pcm_dvd", "pcm_bluray", "adpcm_ima_qt", "adpcm_ima_wav", "adpcm_ms", "adpcm_swf",
    "gsm", "gsm_ms", "libgsm", "libgsm_ms",
)  # fmt: skip

# Never shown from the master, but ffprobe gives up on the whole file when a stream's decoder is not listed. Those of
# further streams that nobody needs (a cover in a rare format, a broadcaster's second sound) are added file by file
# (`probe.missing_decoder`): ffprobe opens them in the sandbox, and no encode does.
OTHER_DECODERS = (
    "mov_text", "subrip", "srt", "ass", "ssa", "webvtt", "text", "dvdsub", "pgssub", "dvbsub", "xsub", "cc_dec",
    "libzvbi_teletextdec",
)  # fmt: skip

_VIDEO_ALIASES = {"flv1": "flv"}  # ffprobe names codecs, the list names decoders

MAX_STREAMS = 33  # one more than `check_limits` allows, so that it can be refused with its own code
MAX_FRAME_PIXELS = 8192 * 4352  # the largest frame a decoder may allocate

FFMPEG_OPTIONS = (
    "-hide_banner",  # the banner is noise in the log
    "-nostdin",  # it would read the worker's terminal
    *("-v", "error"),  # only what went wrong
    "-nostats",  # the status line is for eyes; progress is for us
    *("-max_alloc", "1000000000"),  # one allocation: a frame of 8K at 16 bits is 200 MB
)
"""What every ffmpeg command begins with, after the binary."""

FFPROBE_OPTIONS = (
    "-hide_banner",
    *("-v", "error"),
    *("-max_alloc", "512000000"),  # one allocation; a forged table asks for gigabytes
)
"""What every ffprobe command begins with, after the binary."""


def input_options(demuxer: str = "", decoders: Iterable[str] = ()) -> dict[str, str]:
    """Options for one hostile input, by name without the dash.

    `demuxer` forces what the probe found, `decoders` are allowed beside the usual ones.
    """
    return {
        "protocol_whitelist": "file",  # no network, no pipe, no concat: protocol
        "format_whitelist": ",".join(DEMUXERS),  # what really stops playlists (hostile_input, 1)
        "codec_whitelist": ",".join((*VIDEO_DECODERS, *AUDIO_DECODERS, *OTHER_DECODERS, *decoders)),
        "max_streams": str(MAX_STREAMS),  # thousands of empty tracks cost memory
        "max_pixels": str(MAX_FRAME_PIXELS),  # headers that claim 65500 x 65500
        "probesize": "20000000",  # bytes: bounds what is read before a decision
        "analyzeduration": "20000000",  # the same in microseconds of media
        "max_probe_packets": "2500",  # streams whose facts never become known
        **({"f": demuxer} if demuxer else {}),
    }


def input_args(demuxer: str = "", decoders: Iterable[str] = ()) -> list[str]:
    """`input_options` as arguments."""
    return [part for name, value in input_options(demuxer, decoders).items() for part in (f"-{name}", value)]


def is_decodable_video(codec: str) -> bool:
    """Whether we decode this video codec (ffprobe's `codec_name`)."""
    return _VIDEO_ALIASES.get(codec, codec) in VIDEO_DECODERS


def is_decodable_audio(codec: str) -> bool:
    """Whether we decode this audio codec (ffprobe's `codec_name`)."""
    aliases = {"amr_nb": "amrnb", "amr_wb": "amrwb", "dts": "dca"}
    return aliases.get(codec, codec) in AUDIO_DECODERS
