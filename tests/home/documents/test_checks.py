"""Documents are what their names say, and nothing in them acts by itself."""

import io
import zipfile
import zlib
from itertools import count

import pikepdf
import pytest

from home.documents.checks import OFFICE_MARKS, check_document
from home.upload_errors import FileCode, RefusedFileError

PDF = b"""%PDF-1.7
1 0 obj << /Type /Catalog /Pages 2 0 R CATALOG >> endobj
2 0 obj << /Type /Pages /Kids [3 0 R] /Count 1 >> endobj
3 0 obj << /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] >> endobj
OBJECTS
xref
0 1
trailer << /Root 1 0 R >>
startxref
9
%%EOF
"""


def refused(data, ending):
    with pytest.raises(RefusedFileError) as refusal:
        check_document(data, ending)
    return refusal.value.code


def pdf(catalog=b"", objects=b""):
    """A PDF whose table of objects is wrong, as some programs write it; readers repair that."""
    return PDF.replace(b"CATALOG", catalog).replace(b"OBJECTS", objects)


def saved(attachment=b"", script=False, **options):
    """A PDF as pikepdf writes it."""
    out = io.BytesIO()
    with pikepdf.new() as made:
        made.add_blank_page()
        if script:
            action = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String("app.alert(1)"))
            made.Root.OpenAction = made.make_indirect(action)
        if attachment:
            made.attachments["a"] = pikepdf.AttachedFileSpec(made, attachment, filename="a")
        made.save(out, **options)
    return out.getvalue()


IN_STREAM = b"4 0 obj << /Filter /FlateDecode >>\nstream\n" + zlib.compress(b"/JavaScript") + b"\nendstream endobj"
PACKED = {"object_stream_mode": pikepdf.ObjectStreamMode.generate}
OPENS_WITHOUT_PASSWORD = {"encryption": pikepdf.Encryption(owner="a", user="")}
NEEDS_PASSWORD = {"encryption": pikepdf.Encryption(owner="a", user="b")}


def archive(*names, pack=zipfile.ZIP_DEFLATED, content=b"x", **contents):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", pack) as made:
        for name in names:
            made.writestr(name, content)
        for name, body in contents.items():
            made.writestr(name, body)
    return out.getvalue()


def office(ending, *more):
    mark = OFFICE_MARKS[ending]
    if mark.endswith("/"):
        return archive("[Content_Types].xml", f"{mark}document.xml", *more)
    return archive("content.xml", *more, mimetype=mark)


@pytest.mark.parametrize("ending", OFFICE_MARKS)
def test_office_documents_are_taken_and_known_apart(ending):
    check_document(office(ending), ending)
    other = next(name for name in OFFICE_MARKS if name != ending)
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


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(pdf(), id="plain"),
        pytest.param(pdf(b"/OpenAction [3 0 R /Fit] /JSomething 1"), id="navigates"),
        pytest.param(b"\n" + pdf(objects=IN_STREAM), id="in a stream"),
        pytest.param(pdf(b"/Title (JavaScript: a course)"), id="in words"),
        pytest.param(saved(**PACKED), id="packed"),
        pytest.param(saved(**OPENS_WITHOUT_PASSWORD), id="encrypted"),
        pytest.param(saved(b"a;b"), id="with an attachment"),
        pytest.param(saved(saved()), id="with a PDF attached"),
    ],
)
def test_pdfs_without_active_content_are_accepted(data):
    check_document(data, "pdf")


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(pdf(b"/OpenAction << /S /JavaScript /JS (app.alert(1)) >>"), id="script"),
        pytest.param(pdf(b"/OpenAction << /S /J#61vaScript >>"), id="spelt in code"),
        pytest.param(pdf(b"/A << /S /URI /URI (JavaScript :alert(1)) >>"), id="address"),
        pytest.param(pdf(b"/A << /S /URI /URI 4 0 R >>", b"4 0 obj (javascript:1) endobj"), id="address elsewhere"),
        pytest.param(pdf(b"/AA << /S /Launch /F (cmd.exe) >>"), id="launch"),
        pytest.param(pdf(b"/A " + b"[" * 400 + b"<< /S /Launch >>" + b"]" * 400), id="deep"),
        pytest.param(saved(script=True, **PACKED), id="packed"),
        pytest.param(saved(script=True, **OPENS_WITHOUT_PASSWORD), id="encrypted"),
        pytest.param(saved(saved(script=True)), id="in an attached PDF"),
        pytest.param(pdf(b"/OpenAction << /S /JavaScript >>")[:-30], id="cut off"),
    ],
)
def test_pdfs_with_active_content_are_refused(data):
    assert refused(data, "pdf") == FileCode.PDF_ACTIVE_CONTENT


@pytest.mark.parametrize(
    ("data", "code"),
    [
        pytest.param(b"", FileCode.FILE_EMPTY, id="empty"),
        pytest.param(b"<script>alert(1)</script>", FileCode.NOT_A_PDF, id="a script"),
        pytest.param(b"%PDF-1.7\n%%EOF startxref", FileCode.PDF_DAMAGED, id="nothing in it"),
        pytest.param(pdf()[:-30], FileCode.PDF_DAMAGED, id="cut off"),
        pytest.param(saved()[:-30], FileCode.PDF_DAMAGED, id="packed and cut off"),
        pytest.param(saved(**NEEDS_PASSWORD), FileCode.PDF_PASSWORD, id="behind a password"),
        pytest.param(saved(saved(**NEEDS_PASSWORD)), FileCode.PDF_PASSWORD, id="attached behind a password"),
    ],
)
def test_pdfs_that_cannot_be_read_are_refused(data, code):
    assert refused(data, "pdf") == code


def test_an_archive_is_taken():
    check_document(archive("photos/", "photos/Köln.jpg", "read me.txt"), "zip")
    check_document(archive("a.txt", pack=zipfile.ZIP_LZMA), "zip")


LINK = zipfile.ZipInfo("link")
LINK.external_attr = 0o120777 << 16
WHOLE = archive("a.txt", content=bytes(range(256)) * 40)
STORED = archive("a.txt", content=bytes(range(256)), pack=zipfile.ZIP_STORED)
LENGTH = WHOLE.rfind((10240).to_bytes(4, "little"))


@pytest.mark.parametrize(
    ("code", "data"),
    [
        *((FileCode.ARCHIVE_UNSAFE_NAME, archive(name)) for name in ("../up", "a/../../up", "/etc/x", "C:/x")),
        *((FileCode.ARCHIVE_UNSAFE_NAME, archive(name)) for name in ("a\\..\\x", "a\nb")),
        (FileCode.ARCHIVE_UNSAFE_NAME, archive("a.txt", "A.TXT")),
        (FileCode.ARCHIVE_UNSAFE_NAME, archive(LINK, content=b"/etc/passwd")),
        (FileCode.ARCHIVE_TOO_LARGE, archive("a", content=b"\0" * (20 << 20))),
        (FileCode.ARCHIVE_TOO_MANY, archive(*(str(n) for n in range(5001)))),
        (FileCode.ARCHIVE_DAMAGED, WHOLE[:200]),
        (FileCode.ARCHIVE_DAMAGED, STORED.replace(b"\x0f\x10\x11", b"\x0f\x10\x12", 1)),
        (FileCode.ARCHIVE_DAMAGED, WHOLE[:LENGTH] + (10).to_bytes(4, "little") + WHOLE[LENGTH + 4 :]),
    ],
    ids=count(1),
)
def test_archives_that_could_harm_or_cannot_be_unpacked_are_refused(code, data):
    assert refused(data, "zip") == code


@pytest.mark.parametrize("data", [b"a;b\n1;2\n", "Grüße".encode("cp1252"), "Grüße".encode("utf-16")])
def test_text_is_taken(data):
    check_document(data, "csv")


@pytest.mark.parametrize("data", [b"MZ\x90\x00", b"%PDF-1.7", b"a\0b"])
def test_text_that_is_none_is_refused(data):
    assert refused(data, "txt") == FileCode.NOT_A_DOCUMENT
