"""Documents are what their names say, and nothing in them acts by itself."""

import io
import zipfile
import zlib

import pytest

from demo import handout
from home.documents.checks import OFFICE, check_document
from home.upload_errors import FileCode, RefusedFileError

PDF = (
    b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog PLACE >>\nendobj\nxref\n0 1\n"
    b"trailer << /Root 1 0 R >>\nstartxref\n9\n%%EOF\n"
)


def refused(data, ending):
    with pytest.raises(RefusedFileError) as refusal:
        check_document(data, ending)
    return refusal.value.code


def pdf(place=b"", behind=b""):
    return PDF.replace(b"PLACE", place).replace(b"xref\n0 1", behind + b"\nxref\n0 1")


def stream(dictionary, content):
    return (
        b"2 0 obj\n<< "
        + dictionary
        + b" /Filter /FlateDecode >>\nstream\n"
        + zlib.compress(content)
        + b"\nendstream\nendobj"
    )


def archive(*names, pack=zipfile.ZIP_DEFLATED, content=b"x", **contents):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", pack) as made:
        for name in names:
            made.writestr(name, content)
        for name, body in contents.items():
            made.writestr(name, body)
    return out.getvalue()


def office(ending, *more):
    mark = OFFICE[ending]
    if mark.endswith("/"):
        return archive("[Content_Types].xml", f"{mark}document.xml", *more)
    return archive("content.xml", *more, mimetype=mark)


@pytest.mark.parametrize("ending", OFFICE)
def test_office_documents_are_taken_and_known_apart(ending):
    check_document(office(ending), ending)
    other = next(name for name in OFFICE if name != ending)
    assert refused(office(ending), other) == FileCode.NOT_A_DOCUMENT
    assert refused(b"<html>", ending) == FileCode.NOT_A_DOCUMENT


@pytest.mark.parametrize(
    ("ending", "name"),
    [
        ("docx", "word/vbaProject.bin"),
        ("xlsx", "xl/vbaProject.bin"),
        ("odt", "Basic/Standard/Module1.xml"),
        ("odp", "Scripts/python/a.py"),
    ],
)
def test_macros_are_refused(ending, name):
    assert refused(office(ending, name), ending) == FileCode.DOCUMENT_MACROS


def test_plain_pdfs_are_taken():
    check_document(pdf(), "pdf")
    check_document(pdf(b"/OpenAction [3 0 R /Fit] /JSomething 1"), "pdf")
    check_document(b"\n" + pdf(behind=stream(b"/Type /XObject", b"/JavaScript")), "pdf")


def test_our_own_handout_is_taken():
    check_document(handout.programme(), "pdf")


@pytest.mark.parametrize(
    "data",
    [
        pdf(b"/OpenAction << /S /JavaScript /JS (app.alert(1)) >>"),
        pdf(b"/OpenAction << /S /J#61vaScript >>"),
        pdf(b"/A << /S /URI /URI (JavaScript :alert(1)) >>"),
        pdf(b"/AA << /S /Launch /F (cmd.exe) >>"),
        pdf(behind=stream(b"/Type /ObjStm /N 1", b"1 0 << /S /JavaScript /JS (x) >>")),
    ],
)
def test_what_acts_by_itself_is_refused(data):
    assert refused(data, "pdf") == FileCode.PDF_ACTIVE_CONTENT


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", FileCode.FILE_EMPTY),
        (b"<script>alert(1)</script>", FileCode.NOT_A_PDF),
        (pdf()[:-30], FileCode.PDF_DAMAGED),
    ],
)
def test_pdfs_that_are_none(data, code):
    assert refused(data, "pdf") == code


def test_an_archive_is_taken():
    check_document(archive("photos/", "photos/Köln.jpg", "read me.txt"), "zip")
    check_document(archive("a.txt", pack=zipfile.ZIP_LZMA), "zip")


@pytest.mark.parametrize("name", ["../up", "a/../../up", "/etc/x", "C:/x", "a\\..\\x", "a\nb"])
def test_names_that_lead_elsewhere_are_refused(name):
    assert refused(archive(name), "zip") == FileCode.ARCHIVE_UNSAFE_NAME


def test_names_that_fall_together_are_refused():
    assert refused(archive("a.txt", "A.TXT"), "zip") == FileCode.ARCHIVE_UNSAFE_NAME


def test_links_are_refused():
    link = zipfile.ZipInfo("link")
    link.external_attr = 0o120777 << 16
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        made.writestr(link, "/etc/passwd")
    assert refused(out.getvalue(), "zip") == FileCode.ARCHIVE_UNSAFE_NAME


def test_bombs_are_refused():
    assert refused(archive("a", content=b"\0" * (20 << 20)), "zip") == FileCode.ARCHIVE_TOO_LARGE
    assert refused(archive(*(str(n) for n in range(5001))), "zip") == FileCode.ARCHIVE_TOO_MANY


def test_damaged_archives_are_refused():
    whole = archive("a.txt", content=bytes(range(256)) * 40)
    assert refused(whole[:200], "zip") == FileCode.ARCHIVE_DAMAGED
    plain = archive("a.txt", content=bytes(range(256)), pack=zipfile.ZIP_STORED)
    assert refused(plain.replace(b"\x0f\x10\x11", b"\x0f\x10\x12", 1), "zip") == FileCode.ARCHIVE_DAMAGED
    said = whole.rfind((10240).to_bytes(4, "little"))
    lie = whole[:said] + (10).to_bytes(4, "little") + whole[said + 4 :]
    assert refused(lie, "zip") == FileCode.ARCHIVE_DAMAGED


@pytest.mark.parametrize("data", [b"a;b\n1;2\n", "Grüße".encode("cp1252"), "Grüße".encode("utf-16")])
def test_text_is_taken(data):
    check_document(data, "csv")


@pytest.mark.parametrize("data", [b"MZ\x90\x00", b"%PDF-1.7", b"a\0b"])
def test_text_that_is_none_is_refused(data):
    assert refused(data, "txt") == FileCode.NOT_A_DOCUMENT
