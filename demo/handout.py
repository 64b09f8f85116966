"""A document to download: one page of real text as a PDF."""

import io

import pikepdf
from pikepdf import Dictionary, Name

_TITLE = "Demo: Programm der Auftaktveranstaltung"
_LINES = (
    "Diese Seite ist ein Platzhalter. Hierher gehört das echte Programm.",
    "",
    "1  Begrüßung und E-Voting mit dem Publikum",
    "2  Fünf Marktstände: fragen, widersprechen, Zettel dalassen",
    "3  Arbeitsgruppe Sichere Nachbarschaft",
    "4  Arbeitsgruppe Sicherer öffentlicher Raum",
    "5  Arbeitsgruppe Sichere Infrastruktur",
    "",
    "Uhrzeiten und Ort: noch auszufüllen.",
)


def programme_pdf() -> bytes:
    """The programme of the Dortmund event as a PDF with a title, a language and text that can be read aloud."""
    pdf, file = pikepdf.new(), io.BytesIO()
    pdf.Root.Lang = "de"
    pdf.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
    pdf.docinfo["/Title"] = _TITLE
    page = pdf.add_blank_page(page_size=(595, 842))
    heading, text = (
        Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name(font), Encoding=Name.WinAnsiEncoding)
        for font in ("/Helvetica-Bold", "/Helvetica")
    )
    page.Resources = Dictionary(Font=Dictionary(F1=heading, F2=text))
    shown = [f"BT /F1 22 Tf 60 760 Td ({_TITLE}) Tj /F2 13 Tf 0 -44 Td", *(f"({line}) Tj 0 -24 Td" for line in _LINES)]
    page.Contents = pdf.make_stream("\n".join([*shown, "ET"]).encode("cp1252"))
    pdf.save(file)
    return file.getvalue()
