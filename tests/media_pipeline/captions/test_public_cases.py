"""Files as people have them, with their right results: ``shared/public_cases`` beside the project, if there is one."""

import csv
import re
import shlex
from pathlib import Path

import pytest

from campaign_site.languages import ALL
from media_pipeline import api
from media_pipeline.captions.cue_text import plain_cue_text
from media_pipeline.models import Clip
from tests.house.sources import PROJECT

FOLDER = PROJECT.parent / "shared" / "public_cases"
CLIP_S = 6.0
MARKS = "\u200e\u200f\u202a\u202b\u202c "


def caption_rows() -> list[dict[str, str]]:
    manifest = FOLDER / "MANIFEST.tsv"
    if not manifest.is_file():
        return []
    with manifest.open(encoding="utf-8") as file:
        rows = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        return [row for row in rows if row["kind"] == "captions"]


@pytest.fixture
def clip(db, monkeypatch, settings):
    settings.MEDIA_PIPELINE = settings.MEDIA_PIPELINE | {
        "LEGACY_ENCODINGS": {language.code: language.legacy_encoding for language in ALL},
        "ALPHABETS": {language.code: language.letters for language in ALL},
    }
    monkeypatch.setattr(Clip, "duration_s", CLIP_S)
    return Clip.objects.create(title="A video", spoken_language="de")


@pytest.mark.django_db
@pytest.mark.parametrize("row", caption_rows(), ids=lambda row: Path(row["file"]).name)
def test_a_file_gives_what_it_should(clip, row):
    checks = [part.partition("=")[::2] for part in shlex.split(row["check"])]
    language = dict(checks).get("lang", "de")
    path = FOLDER / row["file"]
    caption = api.add_caption(clip, language, "subtitles", path.read_bytes(), path.name)
    words = [plain_cue_text(cue[2]) for cue in caption.cues]
    found = {
        "cues": str(len(words)),
        "lang": language,
        "first": words[0].split("\n")[0].strip(MARKS),
        "last": words[-1].split("\n")[0].strip(MARKS),
        "first_at": str(caption.cues[0][0] / 1000),
        "last_at": str(caption.cues[-1][0] / 1000),
    }
    for name, wanted in checks:
        if name == "contains":
            assert any(wanted in each for each in words)
        elif name == "note":
            assert any(wanted in warning for warning in caption.warnings)
        else:
            assert found[name] == wanted
    if re.search("with a warning|warned", row["right result"]):
        assert caption.warnings != []
