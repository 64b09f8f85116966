"""PDFs that were made to hold a reader up. Each is a few megabytes at most and asks for far more."""

import io
import zlib
from collections.abc import Callable

import pikepdf

HEAD = b"%PDF-1.7\n"
TREE = (
    b"1 0 obj << /Type /Catalog /Pages 2 0 R %s >> endobj\n"
    b"2 0 obj << /Type /Pages /Kids [3 0 R] /Count 1 >> endobj\n"
    b"3 0 obj << /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] >> endobj\n"
)
END = b"xref\n0 1\n0000000000 65535 f \ntrailer << /Root 1 0 R %s >>\nstartxref\n9\n%%%%EOF\n"
MANY = 300_000


def pdf_of(*objects: bytes, catalog: bytes = b"", trailer: bytes = b"") -> bytes:
    """A PDF whose table of objects is wrong, so that readers look for every object."""
    return HEAD + TREE % catalog + b"\n".join(objects) + b"\n" + END % trailer


def stream(number: int, data: bytes, facts: bytes = b"") -> bytes:
    head = b"%d 0 obj << /Length %d %s >> stream\n" % (number, len(data), facts)
    return head + data + b"\nendstream endobj"


def bomb(megabytes: int, times: int = 1) -> tuple[bytes, bytes]:
    """So many zero bytes, packed so many times, and the filters that unpack them."""
    part, packer, checksum = b"\0" * (1 << 20), zlib.compressobj(9), 1
    begin, again = (packer.compress(part) + packer.flush(zlib.Z_FULL_FLUSH) for _part in range(2))
    for _part in range(megabytes):
        checksum = zlib.adler32(part, checksum)
    data = begin + again * (megabytes - 1) + b"\x03\0" + checksum.to_bytes(4, "big")
    for _time in range(times - 1):
        data = zlib.compress(data, 9)
    return data, b"/Filter [" + b" /FlateDecode" * times + b"]"


def attached(data: bytes, facts: bytes = b"") -> bytes:
    """A PDF with an attachment that says it is one, too."""
    spec = b"4 0 obj << /Type /Filespec /F (a.pdf) /EF << /F 5 0 R >> >> endobj"
    names = b"/Names << /EmbeddedFiles << /Names [(a.pdf) 4 0 R] >> >>"
    return pdf_of(spec, stream(5, data, facts), catalog=names)


def many_pages(count: int) -> bytes:
    """That many pages, packed as programs pack them."""
    out = io.BytesIO()
    with pikepdf.new() as made:
        page = made.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.Page, MediaBox=[0, 0, 9, 9]))
        kids = [made.make_indirect(pikepdf.Dictionary(page)) for _page in range(count)]
        made.Root.Pages = made.make_indirect(
            pikepdf.Dictionary(Type=pikepdf.Name.Pages, Kids=pikepdf.Array(kids), Count=count)
        )
        made.save(out, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return out.getvalue()


def incremental(updates: int) -> bytes:
    """Saved again and again: each update has its own table, which names the one before."""
    data = bytearray(HEAD + TREE % b"")
    previous = b""
    for number in range(updates):
        place = len(data)
        data += b"xref\n0 1\n0000000000 65535 f \ntrailer << /Root 1 0 R /Size 4 %s >>\n" % previous
        data += b"startxref\n%d\n%%%%EOF\n" % place
        previous = b"/Prev %d" % place
        data += b"%d 0 obj << /Number %d >> endobj\n" % (number + 10, number)
    return bytes(data) + END % previous


def nested_attachments(levels: int) -> bytes:
    data = pdf_of()
    for _level in range(levels):
        data = attached(zlib.compress(data), b"/Filter /FlateDecode")
    return data


def cross_reference_stream(facts: bytes, data: bytes = b"\0" * 40) -> bytes:
    body = HEAD + TREE % b""
    table = stream(9, data, b"/Type /XRef /Root 1 0 R /W [1 4 1] " + facts)
    return body + table + b"\nstartxref\n%d\n%%%%EOF\n" % len(body)


def bombed(make: Callable[[bytes, bytes], bytes], times: int = 1, megabytes: int = 1024) -> Callable[[], bytes]:
    return lambda: make(*bomb(megabytes, times))


HOSTILE_PDFS: dict[str, Callable[[], bytes]] = {
    "names of scripts in a string": lambda: pdf_of(b"4 0 obj (" + b"/JS " * (MANY * 2) + b") endobj"),
    "names of scripts in a stream": lambda: pdf_of(stream(4, b"/JS /JavaScript << " * MANY)),
    "names of scripts cut in two": lambda: pdf_of(b"4 0 obj [" + b"/J /S " * MANY + b"] endobj"),
    "names of scripts in an array": lambda: pdf_of(b"4 0 obj [" + b"/JS " * MANY + b"] endobj"),
    "names spelt in codes": lambda: pdf_of(b"4 0 obj << /#4a#53 (1) >> endobj"),
    "names of nothing but codes": lambda: pdf_of(b"4 0 obj [" + b"/#00#ff#zz# " * MANY + b"] endobj"),
    "one long name": lambda: pdf_of(b"4 0 obj /" + b"#4a" * (MANY * 2) + b" endobj"),
    "arrays in arrays": lambda: pdf_of(b"4 0 obj " + b"[" * MANY + b"]" * MANY + b" endobj"),
    "arrays that never end": lambda: pdf_of(b"4 0 obj " + b"[" * (MANY * 6)),
    "dictionaries in dictionaries": lambda: pdf_of(b"4 0 obj " + b"<< /A " * MANY + b">> " * MANY + b" endobj"),
    "strings in strings": lambda: pdf_of(b"4 0 obj " + b"(" * (MANY * 6)),
    "a comment": lambda: pdf_of(b"%" * (MANY * 6)),
    "objects without an end": lambda: pdf_of(b"4 0 obj " * MANY),
    "ends without a beginning": lambda: pdf_of(b"endobj endstream stream " * MANY),
    "trailers": lambda: pdf_of(b"trailer << /Root 1 0 R >>\n" * (MANY // 4)),
    "ends of files": lambda: pdf_of(b"startxref\n9\n%%EOF\n" * (MANY // 4)),
    "an object that is itself": lambda: pdf_of(b"4 0 obj 4 0 R endobj", catalog=b"/OpenAction 4 0 R"),
    "pages in a circle": lambda: pdf_of(
        b"2 0 obj << /Type /Pages /Kids [2 0 R 2 0 R] /Parent 2 0 R /Count 9 >> endobj"
    ),
    "a length in a circle": lambda: pdf_of(b"4 0 obj << /Length 4 0 R >> stream\nx\nendstream endobj"),
    "a table in a circle": lambda: HEAD + TREE % b"" + END % b"/Prev 9",
    "a stream of objects in a circle": lambda: pdf_of(
        stream(4, b"4 0 << >>", b"/Type /ObjStm /N 1 /First 4 /Extends 4 0 R"), trailer=b"/Prev 20"
    ),
    "a stream of a thousand million objects": lambda: pdf_of(
        stream(4, b"1 0 ", b"/Type /ObjStm /N 1000000000 /First 4")
    ),
    "a table of four thousand million": lambda: (
        HEAD + TREE % b"" + b"xref\n0 4294967295\n" + END[10:] % b"/Size 4294967295"
    ),
    "a table stream of two thousand million": lambda: cross_reference_stream(b"/Size 2147483647 /Index [0 2147483647]"),
    "a table stream of wide columns": lambda: cross_reference_stream(b"/Size 9 /W [2147483647 2147483647 2147483647]"),
    "a table stream that unpacks to 4 MB": bombed(
        lambda data, facts: cross_reference_stream(b"/Size 690000 " + facts, data), megabytes=4
    ),
    "objects that unpack to 1 GB": bombed(
        lambda data, facts: pdf_of(stream(4, data, b"/Type /ObjStm /N 1 /First 4 " + facts))
    ),
    "a stream that unpacks to 1 GB": bombed(lambda data, facts: pdf_of(stream(4, data, facts))),
    "an attachment that unpacks to 1 GB": bombed(attached),
    "an attachment packed twice": bombed(attached, 2),
    "a hundred filters": lambda: attached(b"x" * 9000, b"/Filter [" + b"/ASCIIHexDecode /RunLengthDecode " * 50 + b"]"),
    "predictors of huge rows": lambda: attached(
        zlib.compress(b"x" * 9000), b"/Filter /FlateDecode /DecodeParms << /Predictor 12 /Columns 2147483647 >>"
    ),
    "PDFs within PDFs": lambda: nested_attachments(6),
    "a hundred thousand pages": lambda: many_pages(100_000),
    "two thousand updates": lambda: incremental(2000),
    "an encryption of nonsense": lambda: pdf_of(
        trailer=b"/Encrypt << /Filter /Standard /V 5 /R 6 /Length 2147483647 /O (x) /U (y) /P -1 >> /ID [(a) (b)]"
    ),
    "an encryption nobody knows": lambda: pdf_of(trailer=b"/Encrypt << /Filter /Other /V 99 >> /ID [(a) (b)]"),
    "long numbers": lambda: pdf_of(b"4 0 obj [" + b"9" * (MANY * 4) + b" -" + b"9" * 9999 + b".1] endobj"),
    "nothing but zeros": lambda: HEAD + b"\0" * (MANY * 8) + b"startxref\n0\n%%EOF",
}
