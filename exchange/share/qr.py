"""QR codes of short links, as images to print and to project. Pure.

Error correction M survives a fold or a coffee ring (15 %) and keeps the symbol small; the quiet zone of four modules is
what ISO/IEC 18004 asks for, and the ground is always white, so that a dark page does not swallow it.
"""

import io

import segno

CORRECTION = "m"
QUIET_ZONE = 4  # modules
PNG_SCALE = 24  # pixels per module: about a thousand pixels, sharp on a poster
SVG_SCALE = (
    2  # millimetres per module: 7 to 8 cm, read from a few steps away (whole numbers only: else the ground shrinks)
)
QR_TYPES = {"svg": "image/svg+xml", "png": "image/png"}


def qr_image(text: str, ending: str) -> bytes:
    """The code for ``text`` as a file; ``ending`` is a key of ``TYPES``."""
    code = segno.make_qr(text, error=CORRECTION, boost_error=False)
    file = io.BytesIO()
    if ending == "svg":
        size = {"scale": SVG_SCALE, "unit": "mm"}
        code.save(file, kind="svg", border=QUIET_ZONE, light="#fff", svgclass=None, lineclass=None, title=text, **size)
    else:
        code.save(file, kind="png", border=QUIET_ZONE, light="#fff", scale=PNG_SCALE)
    return file.getvalue()
