"""The tables of the documents, as they must be: made from the code, compared by ``test_docs``.

``python -m tests.house.docs`` writes them into README.md, docs/operations.md and docs/codes/README.md again.
"""

import dataclasses
import os
import re
from collections.abc import Callable, Iterable

from campaign_site.env import Environment, variable_name
from tests.house.sources import PACKAGES, PROJECT

MARK = "<!-- {edge} of table: {name} -->"


def settings_table() -> str:
    """Every setting of the environment, with default and help."""
    rows = [
        (
            f"`{variable_name(field)}`",
            f"`{default}`" if (default := field.metadata["default"]) else "",
            field.metadata["help"],
        )
        for field in dataclasses.fields(Environment)
    ]
    return table(("Setting", "Default", "What it is"), rows)


def commands_table() -> str:
    """Every management command of ours, with its help."""
    from django.core.management import load_command_class

    rows = []
    for package in PACKAGES:
        for path in sorted((PROJECT / package).glob("management/commands/[a-z]*.py")):
            rows.append((f"`{path.stem}`", load_command_class(package, path.stem).help))
    return table(("Command", "What it does"), rows)


def media_settings_table() -> str:
    """Every key of MEDIA_PIPELINE, with its default."""
    from media_pipeline.conf import Conf

    rows = []
    for field in dataclasses.fields(Conf):
        default = "required" if field.default is dataclasses.MISSING else f"`{field.default!r}`"
        rows.append((f"`{field.name.upper()}`", default))
    return table(("Key", "Default"), rows)


def findings_table() -> str:
    """Every code of ``auditmedia``, with what people read."""
    from django.utils import translation

    from media_pipeline.audit.codes import AUDIT_TEXTS, DAMAGE_CODES, RepairCode

    def kind(code: str) -> str:
        return "repair" if code in set(RepairCode) else "harm" if code in DAMAGE_CODES else "note"

    with translation.override("en"):
        rows = [(f"`{code}`", kind(code), str(text) % {"file": "…"}) for code, text in AUDIT_TEXTS.items()]
    return table(("Code", "Kind", "What people read"), rows)


def code_pages_table() -> str:
    """Every code there is with the way to its page, in alphabetical order, with all that it can mean."""
    from django.utils import translation

    from home.admin.error_help import code_meanings, known_codes

    with translation.override("en"):
        rows = [
            (f"[`{code}`]({code}.md)", " ".join(str(meaning.message) for meaning in code_meanings(code)))
            for code in known_codes()
        ]
    return table(("Code", "What people read"), rows)


def checks_table() -> str:
    """Every system check of ours: its id, and what the list at the head of its module says."""
    rows = []
    for package in PACKAGES:
        for path in sorted((PROJECT / package).rglob("checks.py")):
            source = path.read_text(encoding="utf-8")
            said = dict(re.findall(rf"^({package}\.[EW]\d{{3}})  (.+)$", source, re.MULTILINE))
            ids = {f"{package}.{number}" for number in re.findall(r'id=f?"[^"]*?([EW]\d{3})"', source)}
            assert ids == set(said), f"{path.name}: the list at its head differs from its checks"
            rows += [(f"`{name}`", said[name]) for name in sorted(said)]
    return table(("Check", "What it found"), rows)


def table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    """Return a Markdown table."""
    lines = [head, tuple("---" for _ in head), *rows]
    return "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines)


def languages_table() -> str:
    """Every language of the site."""
    from campaign_site.languages import ALL

    pending = {True: "offered, translation pending", False: "complete"}
    return table(
        ("Language", "Code", "Interface"),
        [(language.name, f"`{language.code}`", pending[language.translation_pending]) for language in ALL],
    )


TABLES: dict[str, tuple[str, Callable[[], str]]] = {
    "settings": ("README.md", settings_table),
    "languages": ("README.md", languages_table),
    "commands": ("README.md", commands_table),
    "findings": ("docs/operations.md", findings_table),
    "code pages": ("docs/codes/README.md", code_pages_table),
    "checks": ("docs/operations.md", checks_table),
    "media settings": ("docs/operations.md", media_settings_table),
}


def edges(name: str) -> tuple[str, str]:
    return MARK.format(edge="begin", name=name), MARK.format(edge="end", name=name)


def written_table(name: str) -> str:
    """Return the table that its document has."""
    begin, end = edges(name)
    text = (PROJECT / TABLES[name][0]).read_text(encoding="utf-8")
    return text.split(begin)[1].split(end)[0].strip()


def write() -> None:
    """Write every table into its document."""
    for name, (document, make) in TABLES.items():
        path, (begin, end) = PROJECT / document, edges(name)
        before, rest = path.read_text(encoding="utf-8").split(begin)
        path.write_text(f"{before}{begin}\n{make()}\n{end}{rest.split(end)[1]}", encoding="utf-8")


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "campaign_site.settings.test")
    import django

    django.setup()
    write()
