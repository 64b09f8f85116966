"""A document to download: one page of real text as a PDF, small enough to be written by hand."""

_TITLE = "Demo: Programm der Auftaktveranstaltung"
_LINES = (
    "Diese Seite ist ein Platzhalter. Hierher geh\u00f6rt das echte Programm.",
    "",
    "1  Begr\u00fc\u00dfung und E-Voting mit dem Publikum",
    "2  F\u00fcnf Marktst\u00e4nde: fragen, widersprechen, Zettel dalassen",
    "3  Arbeitsgruppe Sichere Nachbarschaft",
    "4  Arbeitsgruppe Sicherer \u00f6ffentlicher Raum",
    "5  Arbeitsgruppe Sichere Infrastruktur",
    "",
    "Uhrzeiten und Ort: noch auszuf\u00fcllen.",
)


def programme_pdf() -> bytes:
    """The programme of the Dortmund event as a PDF with a title, a language and text that can be read aloud."""
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R /Lang (de) /ViewerPreferences << /DisplayDocTitle true >> >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources 8 0 R >>",
        _stream(_page()),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold /Encoding /WinAnsiEncoding >>",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        b"<< /Title (" + _encoded(_TITLE) + b") >>",
        b"<< /Font << /F1 5 0 R /F2 6 0 R >> >>",
    ]
    return _file(objects)


def _page() -> bytes:
    text = [b"BT /F1 22 Tf 60 760 Td (" + _encoded(_TITLE) + b") Tj /F2 13 Tf 0 -44 Td"]
    text += [b"(" + _encoded(line) + b") Tj 0 -24 Td" for line in _LINES]
    return b"\n".join([*text, b"ET"])


def _encoded(text: str) -> bytes:
    return text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)").encode("cp1252")


def _stream(data: bytes) -> bytes:
    return b"<< /Length %d >>\nstream\n%s\nendstream" % (len(data), data)


def _file(objects: list[bytes]) -> bytes:
    """Number the objects and add the table of their places. Object 1 is the root, object 7 the information."""
    out, places = bytearray(b"%PDF-1.4\n"), []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    start, size = len(out), len(objects) + 1
    out += b"xref\n0 %d\n0000000000 65535 f \n" % size
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<< /Size %d /Root 1 0 R /Info 7 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (size, start)
    return bytes(out)
