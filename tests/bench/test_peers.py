"""The peers' commands are leased by a golden file: a comparison is worth what its other side is worth."""

from pathlib import Path

from tests.bench import peers
from tests.bench.peers import Video

GOLDEN = Path(__file__).parent / "golden" / "peers.txt"
VIDEO = Video(Path("ffmpeg"), Path("video.mp4"), 17_000_000)


def test_commands_are_those_of_the_golden_file() -> None:
    ways = {
        "MediaCMS": peers.mediacms(VIDEO),
        "PeerTube": peers.peertube(VIDEO),
        "PeerTube, quick path": peers.peertube_quick(VIDEO),
        "decode only": peers.decode_only(VIDEO),
        "ultrafast": peers.ultrafast(VIDEO),
        "copy": peers.copy(VIDEO),
    }
    text = "".join(f"# {way}\n" + "".join(f"{' '.join(argv)}\n" for argv in argvs) for way, argvs in ways.items())
    assert text == GOLDEN.read_text(encoding="utf-8")


def test_lower_rungs_of_peertube_come_from_its_top() -> None:
    full, quick = peers.peertube(VIDEO), peers.peertube_quick(VIDEO)
    assert len(full) == len(quick) == len(peers.SIDES)
    assert full[1:] == quick[1:]
    assert {argv[argv.index("-i") + 1] for argv in full[1:]} == {"peertube-1080.mp4"}


def test_peertube_gives_a_rung_no_more_than_the_video_has() -> None:
    assert peers.peertube_rate(1080, 17_000_000) == 6_220_800
    assert peers.peertube_rate(1080, 1_000_000) == 1_300_000
