"""Single pictures or sounds with a wrong time: they belong between their neighbours in the file.

Whatever is reordered for decoding stays within a few packets; one that is shown seconds before its predecessors or
after its successors was never meant so. Legitimate holes keep the order and are `clock`'s matter.
"""

from collections.abc import Mapping, Sequence
from itertools import pairwise
from statistics import fmean, median

from media_pipeline.ffmpeg.inspect.clock import BACK_S, Packet

REORDERED_PACKETS = 16  # at most so many pictures are decoded between one and its turn (ITU-T H.264, A.3.1)
STRAY_FROM_S = 1.0  # further than this from all its neighbours in the file
STRAYS_TOGETHER = 2
WRAP_S = 2**33 / 90_000  # after so many seconds the clocks of MPEG streams begin again
FEWEST_NEIGHBOURS = 3  # on the side where the order is wrong; fewer may be reordered


def mend_stray_times(packets: Sequence[Packet]) -> list[Packet]:
    """The packets of one stream, in the order of the file; strays with the time of their place, and what they said in
    `stray_s`."""
    mended = list(packets)
    usual_s = median([packet.duration_s for packet in packets]) if packets else 0.0
    far_s = max(STRAY_FROM_S, REORDERED_PACKETS * usual_s)
    for place, packet in enumerate(packets):
        if _leaves_order(packets, place, far_s):
            before = mended[max(0, place - REORDERED_PACKETS) : place]
            after = packets[place + 1 : place + 1 + REORDERED_PACKETS]
            if _is_stray(packet, before, after, far_s):
                time_s, decoded_s = _place_between(before, after, packet, usual_s, far_s)
                mended[place] = packet._replace(shown_s=time_s, decoded_s=decoded_s, stray_s=packet.shown_s)
    return mended


def unwrap_beginning(packets: Sequence[Packet], start_s: float) -> list[Packet]:
    """The packets of an MPEG stream as ffmpeg reads them: what lies far behind the file's start (`start_s`, seconds) at
    the beginning is a time before zero, which the format cannot write. ffprobe prints it as it stands."""
    early = next((place for place, packet in enumerate(packets) if packet.shown_s <= start_s + WRAP_S / 2), 0)
    return [
        packet._replace(shown_s=packet.shown_s - WRAP_S, decoded_s=packet.decoded_s - WRAP_S * (packet.decoded_s > 0))
        for packet in packets[:early]
    ] + list(packets[early:])


def rejoin_wraps(streams: Mapping[int, Sequence[Packet]]) -> dict[int, list[Packet]]:
    """MPEG streams as ffmpeg reads them, whose own correction cannot be turned off: what goes back by about the whole
    clock it takes for a wrap, and lets it and all that follows, of all streams, go on from there."""
    found: dict[int, list[Packet]] = {stream: [] for stream in streams}
    offset_s = 0.0
    flat = ((packet.order, stream, packet) for stream, packets in streams.items() for packet in packets)
    for _, stream, packet in sorted(flat, key=lambda one: one[0]):
        decoded_s = packet.decoded_s + offset_s
        if found[stream]:
            before = found[stream][-1]
            away_s = decoded_s - before.decoded_s - before.duration_s
            if away_s < 0 and abs(away_s + WRAP_S) < -away_s / 10:
                offset_s -= away_s
        found[stream].append(
            packet._replace(shown_s=packet.shown_s + offset_s, decoded_s=packet.decoded_s + offset_s)
            if offset_s
            else packet
        )
    return found


def move_before_zero(packets: Sequence[Packet]) -> list[Packet]:
    """The packets of a Matroska stream whose film begins before zero, as its pictures without a time tell.

    ffmpeg counts such a beginning from zero on where it has given out packets before it sees the first time: what
    stands before the clock goes back belongs in front of what follows.
    """
    back = next((place for place, (a, b) in enumerate(pairwise(packets), 1) if b.decoded_s < a.decoded_s - BACK_S), 0)
    if not back:
        return list(packets)
    usual_s = fmean(b.shown_s - a.shown_s for a, b in pairwise(packets[back:])) if packets[back + 1 :] else 0.0
    away_s = packets[0].shown_s + back * usual_s - packets[back].shown_s
    moved = (
        packet._replace(shown_s=packet.shown_s - away_s, decoded_s=packet.decoded_s - away_s, stray_s=packet.shown_s)
        for packet in packets[:back]
    )
    return [*moved, *packets[back:]]


def guess_decoding_times(packets: Sequence[Packet]) -> list[Packet]:
    """The packets of a Matroska stream, which has no decoding times, and those that ffmpeg makes up are wrong behind a
    jump.

    Each gets the earliest presentation time of the last few that may be decoded before their turn, and behind a jump
    that of the next few: it goes back where the clock does, and nowhere else.
    """
    if all(b.decoded_s >= a.decoded_s - BACK_S for a, b in pairwise(packets)):
        return list(packets)
    shown = [packet.shown_s for packet in packets]
    guessed: list[float] = []
    begun = 0  # where the clock was seen to go back last
    for place in range(len(packets)):
        early_s = min(shown[max(begun, place - REORDERED_PACKETS) : place + 1])
        if guessed and early_s < guessed[-1] - BACK_S:
            begun = place
        if place <= begun + REORDERED_PACKETS:
            early_s = min(shown[begun : begun + REORDERED_PACKETS + 1])
        guessed.append(early_s)
    return [packet._replace(decoded_s=decoded_s) for packet, decoded_s in zip(packets, guessed, strict=True)]


def _leaves_order(packets: Sequence[Packet], place: int, far_s: float) -> bool:
    """Whether a packet is far from a neighbour: most are not, and need no closer look."""
    around = packets[max(0, place - 1) : place + STRAYS_TOGETHER + 1]
    return any(abs(packets[place].shown_s - other.shown_s) > far_s for other in around)


def _is_stray(packet: Packet, before: Sequence[Packet], after: Sequence[Packet], far_s: float) -> bool:
    near = [other for other in (*before, *after) if abs(other.shown_s - packet.shown_s) <= far_s]
    if len(near) >= STRAYS_TOGETHER:
        return False
    earlier = [other for other in after if other.shown_s < packet.shown_s - far_s]
    later = [other for other in before if other.shown_s > packet.shown_s + far_s]
    # Decoding times never go back: where they do as well, one neighbour proves it.
    too_late = len(earlier) >= len(after) - len(near) and (
        len(earlier) >= FEWEST_NEIGHBOURS or any(other.decoded_s < packet.decoded_s - far_s for other in after)
    )
    too_early = len(later) >= len(before) - len(near) and (
        len(later) >= FEWEST_NEIGHBOURS or any(other.decoded_s > packet.decoded_s + far_s for other in before)
    )
    if not (too_late or too_early):
        return False
    # On a clock that goes on as if nothing had been: beside a true jump nobody can say where it belongs.
    return not before or not after or min(abs(a.shown_s - b.shown_s) for a in before for b in after) <= far_s


def _place_between(
    before: Sequence[Packet], after: Sequence[Packet], packet: Packet, usual_s: float, far_s: float
) -> tuple[float, float]:
    """(shown, decoded) seconds: in the hole that it left, else by its own decoding time if that is right."""
    around = [other for other in (*before, *after) if abs(other.shown_s - packet.shown_s) > far_s]
    times = sorted(other.shown_s for other in around)
    beside = before[-1] if before else around[0]
    is_dated = abs(packet.decoded_s - beside.decoded_s) <= STRAY_FROM_S
    decoded_s = packet.decoded_s if is_dated else beside.decoded_s
    if not before:
        return times[0] - usual_s, decoded_s
    if not after:
        return times[-1] + usual_s, decoded_s
    # The edges of what was looked at have holes as well, of pictures that come later in the file.
    holes = [(low + high) / 2 for low, high in pairwise(times) if high - low > 1.5 * usual_s]
    late_s = median(other.shown_s - other.decoded_s for other in around)
    likely_s = decoded_s + late_s if is_dated else beside.shown_s + usual_s
    nearest_s = min(holes, key=lambda time_s: abs(time_s - likely_s), default=likely_s)
    return nearest_s if abs(nearest_s - likely_s) <= REORDERED_PACKETS / 2 * usual_s else likely_s, decoded_s
