"""Files made to hold the site up end in an answer: a sentence with its code, or rightly accepted.

What they may cost is what their process is given; see ``home/upload_inspection.py``.
"""

import pytest

from home.documents.checks import INSPECTION_LIMITS, check_document
from home.upload_errors import FileCode, RefusedFileError
from tests.home.documents.hostile_archives import HOSTILE_ARCHIVES, HOSTILE_TABLES
from tests.home.documents.hostile_pdfs import HOSTILE_PDFS
from tests.house.sources import imports_of, modules
from tests.sampling import sampled

PDF_CODES = {
    "names spelt in codes": FileCode.PDF_ACTIVE_CONTENT,
    **dict.fromkeys(
        (
            "pages in a circle", "an attachment that unpacks to 1 GB", "an attachment packed twice",
            "a hundred filters", "predictors of huge rows", "PDFs within PDFs",
            "an encryption of nonsense", "an encryption nobody knows", "nothing but zeros",
            "a table stream that unpacks to 4 MB",
        ),
        FileCode.PDF_DAMAGED,
    ),
}  # fmt: skip


def answer(data, ending):
    try:
        check_document(data, ending)
    except RefusedFileError as refusal:
        return refusal.code
    return None


@pytest.mark.parametrize("name", sampled(HOSTILE_PDFS, list(HOSTILE_PDFS)[::4].__contains__, "hostile PDFs"))
def test_pdfs(name):
    assert answer(HOSTILE_PDFS[name](), "pdf") == PDF_CODES.get(name)


@pytest.mark.parametrize("name", sampled(HOSTILE_ARCHIVES, list(HOSTILE_ARCHIVES)[::3].__contains__, "archives"))
def test_archives(name):
    code, make = HOSTILE_ARCHIVES[name]
    assert answer(make(), "zip") == code


@pytest.mark.parametrize("name", sampled(HOSTILE_TABLES, list(HOSTILE_TABLES)[::3].__contains__, "tables"))
def test_tables(name):
    ending, code, make = HOSTILE_TABLES[name]
    assert answer(make(), ending) == code


def test_a_process_may_use_seconds_and_a_gigabyte():
    limits = INSPECTION_LIMITS
    assert (limits.wall_s, limits.cpu_s, limits.memory_bytes) == (20, 10, 1 << 30)


def test_what_parses_uploads_is_imported_where_the_limits_hold_and_nowhere_else():
    parsers = {"PIL", "pillow_heif", "pikepdf", "zipfile", "tarfile", "openpyxl", "lxml", "defusedxml", "csv"}
    found = {
        module.name: names
        for module in modules()
        if module.name.startswith(("home.", "exchange."))
        and (names := {name.partition(".")[0] for name in imports_of(module)} & parsers)
    }
    assert found == {
        "home.documents.inspect_pdf": {"pikepdf"},
        "home.documents.inspect_archive": {"zipfile"},
        "home.images.deep_images": {"PIL"},
        "home.images.open_image": {"PIL", "pillow_heif"},
        "home.images.reencode": {"PIL"},
    }
