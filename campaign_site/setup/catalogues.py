"""The catalogues in ``locale/``, brought up to date from the source and compiled by Babel: no GNU gettext is needed.

``python -m campaign_site.setup.catalogues update`` keeps every translation there is, adds what is new as empty, and
marks what vanished as obsolete, so that a sentence which comes back brings its translation along.
``... compile`` writes the binary files that Django reads.
"""

import sys
from collections.abc import Callable, Iterator
from copy import deepcopy
from io import BytesIO
from pathlib import Path
from typing import IO, Any

import wagtail
from babel.messages import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir, extract_python
from babel.messages.mofile import read_mo, write_mo
from babel.messages.pofile import PoFileError, read_po, write_po
from django.utils.translation.template import templatize

from campaign_site.env import PROJECT_DIR
from campaign_site.languages import ALL, DEFAULT, Language

MAX_LINE_CHARS = 120
WAGTAIL_DIR = Path(wagtail.__file__).parent
SCRIPT_MESSAGES = WAGTAIL_DIR / "admin/locale/en/LC_MESSAGES/djangojs.po"
# Babel knows gettext's own functions; these are Django's. Numbers say which argument is which, "c" a context.
KEYWORDS = {
    **DEFAULT_KEYWORDS,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext_lazy": (1, 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
HEADER = """\
msgid ""
msgstr ""
"Project-Id-Version: Polyphony\\n"
"Language: {language}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: {plural_forms}\\n"

"""


def header_of(language: Language) -> bytes:
    """Return the head of the text catalogue of ``language``."""
    return HEADER.format(language=language.code, plural_forms=language.plural_forms).encode()


def catalogue_path(project: Path, language: str) -> Path:
    """Return the path of the text catalogue of ``language``."""
    return project / "locale" / language / "LC_MESSAGES" / "django.po"


def extract_template(file: IO[bytes], keywords: Any, tags: Any, options: Any) -> Iterator[tuple[Any, ...]]:
    """Yield the messages of a Django template: Django turns its tags into calls, Babel reads those as Python."""
    calls = templatize(file.read().decode())
    # What stands between the calls is no Python: without its indentation the tokenizer accepts it.
    source = "\n".join(line.lstrip() for line in calls.split("\n"))
    yield from extract_python(BytesIO(source.encode()), keywords, tags, options)


def find_messages(project: Path) -> Iterator[Message]:
    """Yield every message of the packages of ``project`` wherever it occurs, without migrations."""
    methods: list[tuple[str, Any]] = [
        ("**/migrations/**", "ignore"),
        ("**.py", "python"),
        ("**/templates/**.html", extract_template),
        ("**/templates/**.txt", extract_template),
    ]
    packages = {path.parent.name for path in project.glob("*/__init__.py")} - {"tests"}
    found = extract_from_dir(
        project,
        methods,
        keywords=KEYWORDS,
        comment_tags=("Translators:",),
        directory_filter=lambda folder: bool(packages & set(Path(folder).relative_to(project).parts[:1])),
    )
    for file_name, line, text, comments, context in found:
        yield Message(text, None, [(file_name, line)], auto_comments=comments, context=context)


def extract_messages(project: Path) -> Catalog:
    """Return every message once, without translations, with all the places it occurs in."""
    template = Catalog()
    for message in find_messages(project):
        template[message.id] = message
    return template


def read_catalogue(path: Path) -> Catalog:
    """Return the catalogue of the file at ``path``."""
    with path.open("rb") as file:
        return read_po(file, abort_invalid=True)


def update_catalogues(project: Path) -> list[str]:
    """Bring every catalogue up to date; return one line per language."""
    template = extract_messages(project)
    return [_update_catalogue(catalogue_path(project, language.code), language, template) for language in ALL]


def _update_catalogue(path: Path, language: Language, template: Catalog) -> str:
    catalogue = read_po(BytesIO(header_of(language)))
    if path.exists():
        known = read_catalogue(path)
        for message in [*known.obsolete.values(), *known]:
            if message.id:
                catalogue[message.id] = message
    catalogue.update(deepcopy(template), no_fuzzy_matching=True)  # Babel shares the messages it adds
    catalogue.obsolete = {key: message for key, message in catalogue.obsolete.items() if any(message.string)}
    messages = [message for message in catalogue if message.id]
    if language.code == DEFAULT:
        catalogue.obsolete = {}  # English is the source: nobody translated it
        for message in messages:
            message.string = message.id
            message.flags.discard("fuzzy")
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        file.write(header_of(language))
        write_po(file, catalogue, MAX_LINE_CHARS, omit_header=True, sort_by_file=True, include_lineno=False)
    missing = sum(not is_complete(message) for message in messages)
    return f"{language.code}: {len(messages)} messages, {missing} still to translate"


def is_complete(message: Message) -> bool:
    """Whether a message is translated in every form and nobody doubts it."""
    texts = message.string if message.pluralizable else [message.string]
    return all(text and text.strip() for text in texts) and not message.fuzzy


def compile_catalogues(project: Path) -> list[str]:
    """Write the binary catalogues beside each text one; return one line that says how many.

    One holds everything, the other what Wagtail's scripts ask for, which Django looks up under another name.
    """
    offered = [language for language in ALL if catalogue_path(project, language.code).exists()]
    asked_by_scripts = read_catalogue(SCRIPT_MESSAGES)
    for language in offered:
        catalogue = translated_messages(project, language)
        with catalogue_path(project, language.code).with_suffix(".mo").open("wb") as file:
            write_mo(file, catalogue)
        for message in list(catalogue):
            if message.id and not asked_by_scripts.get(message.id):
                catalogue.delete(message.id, message.context)
        with catalogue_path(project, language.code).with_name("djangojs.mo").open("wb") as file:
            write_mo(file, catalogue)
    return [f"compiled {len(offered)} catalogues"]


def translated_messages(project: Path, language: Language) -> Catalog:
    """Return what is translated; while that is not all, what the fallbacks say comes in between.

    What is still missing is said in English. What Wagtail says in the language's locale alone (it has pt_PT but no pt,
    which Django looks for) is added.
    """
    codes = (language.code, *(language.fallbacks if language.translation_pending else ()))
    sources = [read_catalogue(catalogue_path(project, code)) for code in codes]
    for path in upstream_catalogues(language):
        with path.open("rb") as file:
            sources.append(read_mo(file))
    catalogue = read_po(BytesIO(header_of(language)))
    for source in sources:
        for message in source:
            # Plurals of another language fit only where the rule is the same.
            fits = not message.pluralizable or source.plural_expr == catalogue.plural_expr
            if message.id and is_complete(message) and fits and not catalogue.get(message.id, message.context):
                catalogue[message.id] = message
    return catalogue


def upstream_catalogues(language: Language) -> list[Path]:
    """Return Wagtail's compiled catalogues for the locale of ``language`` where it has none for the code."""
    found = WAGTAIL_DIR.rglob(f"locale/{language.locale}/LC_MESSAGES/django*.mo")
    return sorted(path for path in found if not (path.parents[2] / language.code).exists())


def main(arguments: list[str]) -> int:
    """Run one of the two commands; return an exit status."""
    commands: dict[str, Callable[[Path], list[str]]] = {"update": update_catalogues, "compile": compile_catalogues}
    if len(arguments) != 1 or arguments[0] not in commands:
        print("Use one of: " + ", ".join(commands))
        return 2
    try:
        print("\n".join(commands[arguments[0]](PROJECT_DIR)))
    except (PoFileError, SyntaxError, OSError) as problem:
        print(f"Can't {arguments[0]} the catalogues: {problem}")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
