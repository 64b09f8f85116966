"""HEIC and AVIF files made to hold the site up end in an answer, within what their process may use."""

import pytest

from home.images import cleaning
from home.upload_errors import FileCode, RefusedFileError
from tests.sampling import sampled

TOO_LARGE, TOO_SMALL, DAMAGED = FileCode.IMAGE_TOO_LARGE, FileCode.IMAGE_TOO_SMALL, FileCode.IMAGE_DAMAGED
HOSTILE_PHOTOGRAPHS = {
    "an overlay of a thousand": DAMAGED,
    "an avif of 15 by 15 tiles": None,
    "a heic of 30 by 30 tiles": TOO_LARGE,
    "an avif of 30 by 30 tiles": TOO_LARGE,
    "a heic of 250 by 250 tiles": DAMAGED,
    "a grid of itself": DAMAGED,
    "two identities of each other": DAMAGED,
    "an avif that says 65535 by 65535": TOO_LARGE,
    "a heic in the name of avif": None,
    "a heic of 15 by 15 tiles": None,
    **dict.fromkeys(("a heic that is one tile 900 times", "a hundred turns", "an avif that says 64 by 64")),
    **dict.fromkeys(("a heic that says 65535 by 65535",), TOO_LARGE),
    **dict.fromkeys(("a heic that says 2 by 2", "a heic that says 4 thousand million"), TOO_SMALL),
    **dict.fromkeys(
        (
            "a crop to nothing", "a heic cut in half", "a heic cut in its header", "a heic of other bytes",
            "a heic of tiles that are missing", "a heic that says 1000 by 1000", "a movie in the name of a sequence",
            "an avif cut in half", "an avif cut in its header", "an avif in the name of heic", "an identity of itself",
            "an identity two thousand deep", "an overlay of itself", "boxes in boxes", "boxes of no end",
            "no main picture", "sixty thousand items",
        ),
        DAMAGED,
    ),
}  # fmt: skip
SAMPLE = list(HOSTILE_PHOTOGRAPHS)[:9]


@pytest.mark.parametrize("name", sampled(HOSTILE_PHOTOGRAPHS, SAMPLE.__contains__, "more hostile photographs"))
def test_photographs_made_to_hold_the_site_up_end_in_an_answer(photographs, name):
    data, code = (photographs / name).read_bytes(), HOSTILE_PHOTOGRAPHS[name]
    if code is None:
        assert cleaning.clean_image(data).extension == "jpg"
        return
    with pytest.raises(RefusedFileError) as refusal:
        cleaning.clean_image(data)
    assert refusal.value.code == code


def test_hostile_photographs_are_all_listed(photographs):
    written = {path.name for path in photographs.iterdir()}
    own = {name for name in written if f"{name}.kept" not in written and not name.endswith((".kept", ".json", ".avif"))}
    assert own == set(HOSTILE_PHOTOGRAPHS)
