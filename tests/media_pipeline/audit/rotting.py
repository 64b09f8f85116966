"""Clips whose files are no videos, what happens to them on bad disks, and what the audit says of it."""

import io
import json
import os

from django.core.management import call_command

from media_pipeline import api
from media_pipeline.files import manifest, storage
from media_pipeline.models import Clip, Job, Package

ORIGINAL = os.urandom(3 * storage.COPY_CHUNK_BYTES + 5)


def publish(media, title="A video"):
    clip = api.ingest_clip(io.BytesIO(ORIGINAL), title=title, spoken_language="en")
    Job.objects.update(status="done")
    folder = media / "published" / clip.public_id / "key"
    folder.mkdir(parents=True)
    for name in ("180.mp4", "180.m3u8", "download.mp4"):
        (folder / name).write_bytes(os.urandom(2000))
    package = Package.objects.create(
        clip=clip, key="key", duration_s=1, size_bytes=6000, files=manifest.read_manifest(folder)
    )
    Clip.objects.filter(pk=clip.pk).update(package=package, state="READY")
    return Clip.objects.select_related("package", "master").get(pk=clip.pk)


def master_of(clip, root):
    return root / clip.master.file.name


def files_of(clip, media):
    return media / "published" / clip.package.prefix


def rot(path):
    """One bit of a file tips over, its size and time stay."""
    then, data = path.stat().st_mtime, bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)
    os.utime(path, (then, then))


def run(*arguments):
    """Exit status and report of the command."""
    out, status = io.StringIO(), 0
    try:
        call_command("auditmedia", "--json", *arguments, stdout=out)
    except SystemExit as ended:
        status = ended.code
    return status, json.loads(out.getvalue())


def codes(report):
    """What was found and done, per clip: codes, with the file where it is one of several."""
    return [
        [
            *(found["code"] + (f" {found['file']}" if "file_" in found["code"] else "") for found in clip["findings"]),
            *(repair["code"] for repair in clip["repairs"]),
        ]
        for clip in report["clips"]
    ]
