"""Uploads of images and documents through Wagtail's forms: what is stored or refused, and how it is handed out."""

import gc
import io
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image
from wagtail.documents.models import Document
from wagtail.models import Collection, UploadedFile
from wagtail.users.models import UserProfile

from home.images.form_fields import ACCEPTED_IMAGES
from home.models import Picture
from home.models.choices import Licence
from home.upload_errors import FileCode
from tests.home.documents.test_checks import pdf
from tests.home.images.test_cleaning import halves, saved, told_by_camera

pytestmark = [
    pytest.mark.usefixtures("archive"),
    # Wagtail leaves the buffer it draws a size in to the collector.
    pytest.mark.filterwarnings("ignore:Unclosed file <tempfile.Spooled:ResourceWarning"),
    # And the upload it makes a picture of.
    pytest.mark.filterwarnings("ignore:Exception ignored in. <_io.FileIO:pytest.PytestUnraisableExceptionWarning"),
]
SHARED = Path(__file__).resolve().parent.parent.parent.parent / "shared"
MANIFEST = SHARED / "bad_inputs" / "manifest.json"
KINDS = ("image", "document", "archive")


@pytest.fixture(scope="module", autouse=True)
def collected() -> Iterator[None]:
    """Let the collector close what Wagtail leaves open here, and not in another file's test, where it is an error."""
    yield
    gc.collect()


def bad_inputs(*kinds):
    known = json.loads(MANIFEST.read_text()) if MANIFEST.exists() else []
    return [pytest.param(entry, id=entry["name"]) for entry in known if entry["kind"] in kinds]


def odd_pictures():
    endings = (".jpg", ".png", ".gif", ".tif", ".eps", ".avif")
    found = sorted((SHARED / "real_odd").iterdir()) if SHARED.exists() else []
    return [pytest.param(path, id=path.name) for path in found if path.suffix in endings]


def picture_data():
    return saved(halves(), "JPEG", exif=told_by_camera(6))


def post(client, kind, data, name, **more):
    """Send one file as the uploader for several does; returns its answer."""
    answer = client.post(
        reverse(f"{kind}:add_multiple"),
        {"files[]": SimpleUploadedFile(name, data), "title": "Title", "collection": Collection.objects.get().pk} | more,
    )
    return answer.json()


def upload_picture(client, data, name):
    """Send a picture, and answer what the uploader then asks for: its licence."""
    waiting = post(client, "wagtailimages", data, name)["uploaded_file_id"]
    prefix = f"uploaded-image-{waiting}"
    facts = {"title": "Title", "licence": Licence.ALL_RIGHTS, "collection": Collection.objects.get().pk}
    address = reverse("wagtailimages:create_multiple_from_uploaded_image", args=[waiting])
    answer = client.post(address, {f"{prefix}-{key}": value for key, value in facts.items()})
    assert answer.json()["success"] is True
    return Picture.objects.get()


def everything_stored(files):
    return [path for path in (files / "default").rglob("*") if path.is_file()]


def stored(name):
    with default_storage.open(name) as file:
        return file.read()


def test_the_original_that_is_kept_says_nothing(admin_client):
    picture = upload_picture(admin_client, picture_data(), "IMG 1 (Kopie).JPG")
    assert (picture.width, picture.height, picture.file.name) == (32, 64, "original_images/IMG-1-Kopie.jpg")
    with Image.open(io.BytesIO(stored(picture.file.name))) as kept:
        assert (dict(kept.getexif()), kept.size) == ({}, (32, 64))
    assert b"Said by the camera" not in stored(picture.file.name)
    assert picture.file_size == len(stored(picture.file.name))


def test_the_plain_form_and_the_choosers_use_the_same_field(admin_client):
    for address in ("wagtailimages:add", "wagtailimages_chooser:create"):
        prefix = "image-chooser-upload-" if "chooser" in address else ""
        facts = {"title": "x", "licence": Licence.ALL_RIGHTS, "collection": Collection.objects.get().pk}
        facts["file"] = SimpleUploadedFile("a.jpg", picture_data())
        admin_client.post(reverse(address), {f"{prefix}{key}": value for key, value in facts.items()})
    assert [b"Said by the camera" in stored(one.file.name) for one in Picture.objects.all()] == [False, False]


def test_a_large_file_that_waits_on_disk_is_cleaned_too_and_gets_its_right_ending(admin_client, client, settings):
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 10
    name = upload_picture(admin_client, saved(halves(), "PNG", exif=told_by_camera()), "photo.jpeg").file.name
    assert (name, b"Said by the camera" in stored(name)) == ("original_images/photo.png", False)
    assert client.get(f"/uploads/{name}").status_code == 404  # originals have no address


@pytest.mark.parametrize(
    ("made", "name", "kept"),
    [
        ("heic P3 middle", "IMG_0001.HEIC", "IMG_0001.jpg"),
        ("heic P3 middle", "renamed.jpg", "renamed.jpg"),
        ("heic P3 middle", "IMG_0001.jpeg", "IMG_0001.jpg"),
        ("jpeg", "renamed.heic", "renamed.jpg"),
        ("avif clear", "clear.avif", "clear.webp"),
        ("png interlaced", "renamed.avif", "renamed.png"),
        ("jpeg Ultra HDR", "PXL_1.MP.jpg", "PXL_1-MP.jpg"),
    ],
)
def test_photographs_are_judged_by_content_and_get_its_ending(admin_client, photographs, made, name, kept):
    picture = upload_picture(admin_client, (photographs / made).read_bytes(), name)
    assert picture.file.name == f"original_images/{kept}"
    with Image.open(io.BytesIO(stored(picture.file.name))) as image:
        wanted = Image.open(photographs / f"{made}.kept")
        assert (image.format, image.size, picture.width) == (wanted.format, wanted.size, wanted.width)
        assert image.getpixel((40, 40)) == wanted.getpixel((40, 40))


def test_every_form_that_takes_pictures_takes_heic(admin_client, photographs):
    """An iPhone sends HEIC only where the form names it."""
    heic = (photographs / "heic").read_bytes()
    for address in ("wagtailimages:add", "wagtailimages_chooser:create"):
        prefix = "image-chooser-upload-" if "chooser" in address else ""
        facts = {"title": "x", "licence": Licence.ALL_RIGHTS, "collection": Collection.objects.get().pk}
        facts["file"] = SimpleUploadedFile("a.heic", heic)
        admin_client.post(reverse(address), {f"{prefix}{key}": value for key, value in facts.items()})
    picture = Picture.objects.first()
    facts |= {"file": SimpleUploadedFile("b.heic", heic)}
    admin_client.post(reverse("wagtailimages:edit", args=[picture.pk]), facts)
    kept = [stored(name) for name in Picture.objects.values_list("file", flat=True)]
    assert [data.startswith(b"\xff\xd8\xff") for data in kept] == [True, True]
    assert Path(Picture.objects.get(pk=picture.pk).file.name).name == "b.jpg"
    forms = ["wagtailimages:add", "wagtailimages:add_multiple", "wagtailimages_chooser:choose", "wagtailadmin_account"]
    for page in (reverse("wagtailimages:edit", args=[picture.pk]), *map(reverse, forms)):
        content = admin_client.get(page).content.decode().replace('\\"', '"')  # the chooser's is in JSON
        fields = re.findall(r'<input[^>]* type="file"[^>]*>', content)
        assert [field for field in fields if f'accept="{ACCEPTED_IMAGES}"' not in field] == []
        assert len(fields) == 1
    uploader = admin_client.get(reverse("wagtailimages:add_multiple")).content.decode()
    assert "|heic|heif|hif|avif)$/i" in uploader


def test_what_waits_for_its_licence_is_clean_as_well(admin_client):
    answer = post(admin_client, "wagtailimages", picture_data(), "a.jpg")
    waiting = UploadedFile.objects.get()
    assert (answer["success"], Picture.objects.count()) == (True, 0)
    assert b"Said by the camera" not in waiting.file.read()
    waiting.file.close()


@pytest.mark.parametrize(
    ("kind", "data", "name", "code", "limits"),
    [
        ("wagtailimages", b"", "a.png", FileCode.FILE_EMPTY, {}),
        ("wagtailimages", b"<svg onload='alert(1)'/>", "a.svg", FileCode.NOT_AN_IMAGE, {}),
        ("wagtailimages", b"GIF89a....", "a.gif", FileCode.IMAGE_FORMAT, {}),
        ("wagtailimages", b"\0\0\0\x14ftypqt  \0\0\0\0qt  ", "IMG_1.MOV", FileCode.IMAGE_IS_VIDEO, {}),
        ("wagtailimages", b"x" * 20, "a.jpg", FileCode.IMAGE_TOO_LARGE, {"WAGTAILIMAGES_MAX_UPLOAD_SIZE": 5}),
        ("wagtailimages", b"x" * 20, "a.jpg", FileCode.FILE_NO_ROOM, {"FILE_UPLOAD_MAX_MEMORY_SIZE": 10}),
        ("wagtaildocs", b"", "a.pdf", FileCode.FILE_EMPTY, {}),
        ("wagtaildocs", b"<svg onload='alert(1)'/>", "a.svg", FileCode.DOCUMENT_FORMAT, {}),
        ("wagtaildocs", b"<script>", "a.html", FileCode.DOCUMENT_FORMAT, {}),
        ("wagtaildocs", b"<script>", "a.pdf", FileCode.NOT_A_PDF, {}),
        ("wagtaildocs", b"x", "pdf", FileCode.DOCUMENT_FORMAT, {}),
        ("wagtaildocs", b"a;b;c;d", "a.csv", FileCode.DOCUMENT_TOO_LARGE, {"WAGTAILDOCS_MAX_UPLOAD_SIZE": 5}),
    ],
)
def test_a_refusal_is_a_sentence_with_its_code_and_nothing_is_kept(
    admin_client, files, settings, kind, data, name, code, limits
):
    settings.MEDIA_PIPELINE = settings.MEDIA_PIPELINE | {"MIN_FREE_BYTES": 1 << 60}
    for option, value in limits.items():
        setattr(settings, option, value)
    answer = post(admin_client, kind, data, name)
    assert answer["success"] is False
    assert answer["error_message"].endswith(f"({code.value})")
    assert (everything_stored(files), UploadedFile.objects.count()) == ([], 0)


@pytest.mark.parametrize(
    ("data", "name", "kept"),
    [
        (b"a;b\n", "../../Preise\u202e  2024.CSV", "documents/Preise-2024.csv"),
        (b"a;b\n", "<img src=x onerror=1>.txt", "documents/img-src-x-onerror-1.txt"),
        (b"a;b\n", "x.php.txt", "documents/x-php.txt"),
        (b"a;b\n", "CON.txt", "documents/document-CON.txt"),
        (b"a;b\n", "-.csv", "documents/document.csv"),
        (b"a;b\n", "Ko\u0308ln.txt", "documents/Köln.txt"),
    ],
)
def test_names_are_cleaned(admin_client, data, name, kept):
    assert post(admin_client, "wagtaildocs", data, name)["success"] is True
    assert Document.objects.get().file.name == kept


@pytest.mark.parametrize(
    ("data", "name", "kind"),
    [
        (b"a;b\n", "table.csv", "text/csv"),
        (b"<b>x</b>", "page.txt", "text/plain"),
        (pdf(), "Programm.pdf", "application/pdf"),
    ],
    ids=["csv", "txt", "pdf"],
)
def test_documents_are_handed_over_and_never_shown(admin_client, client, data, name, kind):
    post(admin_client, "wagtaildocs", data, name)
    document = Document.objects.get()
    assert client.get(f"/documents/{document.pk}/another.html").status_code == 404
    assert client.get(document.url).status_code == 404  # no page offers it yet
    answer = admin_client.get(document.url)
    assert b"".join(answer.streaming_content) == data
    assert (answer["Content-Type"].split(";")[0], answer["Content-Disposition"].split(";")[0]) == (kind, "attachment")
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert (answer["X-Content-Type-Options"], answer["Cross-Origin-Resource-Policy"]) == ("nosniff", "same-origin")


def post_portrait(client, name, data):
    sections = {
        "avatar": {"avatar": SimpleUploadedFile(name, data)},
        "name_email": {"first_name": "A", "last_name": "B", "email": "a@b.example"},
        "locale": {"preferred_language": "en", "current_time_zone": "Europe/Brussels"},
        "theme": {"theme": "system", "contrast": "system", "density": "default", "keyboard_shortcuts": "on"},
    }
    fields = {f"{name}-{key}": value for name, section in sections.items() for key, value in section.items()}
    return client.post(reverse("wagtailadmin_account"), fields)


@pytest.mark.parametrize("name", ["me.jpg", "me.heic"])
def test_a_portrait_says_nothing_of_its_place(admin_client, photographs, name):
    data = picture_data() if name == "me.jpg" else (photographs / "heic orientation 6").read_bytes()
    answer = post_portrait(admin_client, name, data)
    kept = UserProfile.objects.get().avatar
    assert (answer.status_code, bool(kept)) == (302, True)
    with Image.open(io.BytesIO(stored(kept.name))) as portrait:
        assert (dict(portrait.getexif()), portrait.width < portrait.height) == ({}, True)


def test_a_refused_portrait_is_told_why(admin_client):
    page = post_portrait(admin_client, "me.mov", b"\0\0\0\x14ftypqt  \0\0\0\0qt  ").content.decode()
    assert f"({FileCode.IMAGE_IS_VIDEO.value})" in page
    assert not UserProfile.objects.get().avatar


@pytest.mark.parametrize("entry", bad_inputs(*KINDS))
def test_what_the_manifest_expects(admin_client, files, entry):
    path = SHARED / "bad_inputs" / entry["path"]
    kind = "wagtailimages" if entry["kind"] == "image" else "wagtaildocs"
    if path.name == "bagit_fetch_slip.txt":
        pytest.skip("a list for the import of whole archives; as a document it is plain text")
    answer = post(admin_client, kind, path.read_bytes(), path.name)
    code = answer.get("error_message", "").rpartition("(")[2].rstrip(")")
    if entry["expected"] == "reject":
        assert (answer["success"], code) == (False, entry["code"])
    elif entry["expected"] == "sanitise":
        assert answer["success"] is True
    if answer["success"]:
        (kept,) = everything_stored(files)
        assert [mark for mark in (b"<script", b"GPS", b"Exif", b"MARKER") if mark in kept.read_bytes()] == []
    else:
        assert (code in set(FileCode), everything_stored(files)) == (True, [])


@pytest.mark.parametrize("path", odd_pictures())
def test_odd_pictures_of_other_projects_end_well(admin_client, files, path):
    answer = post(admin_client, "wagtailimages", path.read_bytes(), path.name)
    if answer["success"]:
        with Image.open(everything_stored(files)[0]) as kept:
            assert dict(kept.getexif()) == {}
    else:
        assert answer["error_message"].rpartition("(")[2].rstrip(")") in set(FileCode)
