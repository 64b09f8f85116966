"""The catalogues in ``locale/``: brought up to date from the source, and compiled, both without GNU gettext.

``python -m campaign_site.setup.catalogues update`` keeps every translation there is, adds what is new as empty, and
marks what vanished as obsolete, so that a sentence which comes back brings its translation along.
``... compile`` writes the binary files Django reads; ``... report`` counts what is missing.
"""

import sys
from collections.abc import Callable
from pathlib import Path

import polib

from campaign_site.env import PROJECT_DIR
from campaign_site.settings.languages import LANGUAGES
from campaign_site.setup.messages import ExtractionError, Message, find_messages

SOURCE_LANGUAGE = "en"
LONGEST_LINE = 120
NOT_ONE = "nplurals=2; plural=(n != 1);"
SLAVIC = "nplurals=3; plural=({one} ? 0 : n%10>=2 && n%10<=4 && (n%100<12 || n%100>14) ? 1 : 2);"
# Rules for whole numbers, which is all that is ever counted here.
PLURAL_FORMS = {
    "fr": "nplurals=2; plural=(n > 1);",
    "tr": "nplurals=2; plural=(n > 1);",
    "pl": SLAVIC.format(one="n==1"),
    "uk": SLAVIC.format(one="n%10==1 && n%100!=11"),
    "ar": "nplurals=6; plural=(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 ? 4 : 5);",
}


def plural_forms(language: str) -> str:
    """Return the Plural-Forms header of ``language``."""
    return PLURAL_FORMS.get(language, NOT_ONE)


def plural_count(language: str) -> int:
    """Return how many plural forms ``language`` has."""
    return int(plural_forms(language).removeprefix("nplurals=").split(";")[0])


def catalogue_path(project: Path, language: str) -> Path:
    """Return where the catalogue of ``language`` stands."""
    return project / "locale" / language / "LC_MESSAGES" / "django.po"


def update(project: Path) -> list[str]:
    """Bring every catalogue up to date; return one line per language."""
    messages = find_messages(project)
    return [_update_one(catalogue_path(project, code), code, messages) for code, _name in LANGUAGES]


def _update_one(path: Path, language: str, messages: list[Message]) -> str:
    known = {(e.msgctxt, e.msgid): e for e in polib.pofile(str(path))} if path.exists() else {}
    fresh = polib.POFile(wrapwidth=LONGEST_LINE)
    fresh.metadata = _metadata(language)
    made = _entries(language, messages)
    for key, entry in made.items():
        _keep_translation(entry, known.pop(key, None))
        fresh.append(entry)
    for entry in known.values():
        entry.obsolete = True
        if entry.translated() or any(entry.msgstr_plural.values()) or entry.msgstr:
            fresh.append(entry)
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh.save(str(path))
    missing = sum(not is_complete(entry) for entry in made.values())
    return f"{language}: {len(made)} messages, {missing} still to translate"


def _entries(language: str, messages: list[Message]) -> dict[tuple[str | None, str], polib.POEntry]:
    entries: dict[tuple[str | None, str], polib.POEntry] = {}
    for message in messages:
        entry = entries.setdefault(message.key, polib.POEntry(msgid=message.singular, msgctxt=message.context))
        if (message.place, "") not in entry.occurrences:
            entry.occurrences.append((message.place, ""))
        entry.comment = entry.comment or message.note
        entry.msgid_plural = entry.msgid_plural or message.plural or ""
    for entry in entries.values():
        _prepare(entry, language)
    return entries


def _prepare(entry: polib.POEntry, language: str) -> None:
    """Give an entry its flag and its empty forms; English says what the source says."""
    if "%(" in entry.msgid + entry.msgid_plural:
        entry.flags.append("python-format")
    if entry.msgid_plural:
        texts = [entry.msgid] + [entry.msgid_plural] * (plural_count(language) - 1)
        entry.msgstr_plural = {at: text if language == SOURCE_LANGUAGE else "" for at, text in enumerate(texts)}
    elif language == SOURCE_LANGUAGE:
        entry.msgstr = entry.msgid


def _keep_translation(entry: polib.POEntry, old: polib.POEntry | None) -> None:
    if old is None or bool(old.msgid_plural) != bool(entry.msgid_plural):
        return
    entry.tcomment = old.tcomment
    entry.msgstr = old.msgstr or entry.msgstr
    entry.msgstr_plural = {at: old.msgstr_plural.get(at) or text for at, text in entry.msgstr_plural.items()}
    if "fuzzy" in old.flags:
        entry.flags.append("fuzzy")


def _metadata(language: str) -> dict[str, str]:
    return {
        "Project-Id-Version": "Polyphony",
        "Language": language,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": plural_forms(language),
    }


def is_complete(entry: polib.POEntry) -> bool:
    """Whether an entry is translated in every form and nobody doubts it."""
    texts = list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]
    return all(text.strip() for text in texts) and "fuzzy" not in entry.flags


def compile_all(project: Path) -> list[str]:
    """Write the binary catalogue beside each text one; return one line that says how many."""
    paths = sorted((project / "locale").glob("*/LC_MESSAGES/*.po"))
    for path in paths:
        polib.pofile(str(path)).save_as_mofile(str(path.with_suffix(".mo")))
    return [f"compiled {len(paths)} catalogues"]


def report(project: Path) -> list[str]:
    """Return one line per language that lacks something."""
    lines = []
    for code, _name in LANGUAGES:
        entries = [e for e in polib.pofile(str(catalogue_path(project, code))) if not e.obsolete]
        missing = sum(not is_complete(entry) for entry in entries)
        lines.append(f"{code}: {len(entries)} messages, {missing} still to translate")
    return lines


def main(arguments: list[str]) -> int:
    """Run one of the three commands; return an exit status."""
    commands: dict[str, Callable[[Path], list[str]]] = {"update": update, "compile": compile_all, "report": report}
    if len(arguments) != 1 or arguments[0] not in commands:
        print("Say one of: " + ", ".join(commands))
        return 2
    try:
        print("\n".join(commands[arguments[0]](PROJECT_DIR)))
    except (ExtractionError, OSError) as problem:
        print(f"Cannot {arguments[0]} the catalogues: {problem}")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
