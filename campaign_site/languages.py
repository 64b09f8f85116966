"""The languages of the site, one record each: what is here is all that code, demo, tests and documents know of them.

To offer one more, add its record, then run ``manage.py makemigrations`` (one column per translated field) and
``make messages`` (its catalogue). While its catalogue is not complete, mark it ``translation_pending``: people choose
and write the language, and what the interface cannot say yet comes from its fallbacks, else in English.
"""

import codecs
import dataclasses
import re

from campaign_site.env import SettingError

# Fonts that the first screen in a script needs: files of the front end's font packages, without their ending.
FONTS = {
    "latin": ("sofia-sans-latin-wght-normal", "sofia-sans-extra-condensed-latin-wght-normal"),
    "greek": ("sofia-sans-greek-wght-normal", "sofia-sans-extra-condensed-greek-wght-normal"),
    "cyrillic": ("sofia-sans-cyrillic-wght-normal", "sofia-sans-extra-condensed-cyrillic-wght-normal"),
    "arabic": ("readex-pro-arabic-wght-normal",),
}

# Plural rules for whole numbers, which is all that is ever counted here.
NOT_ONE = "nplurals=2; plural=(n != 1);"
ABOVE_ONE = "nplurals=2; plural=(n > 1);"
POLISH = "nplurals=3; plural=(n==1 ? 0 : n%10>=2 && n%10<=4 && (n%100<12 || n%100>14) ? 1 : 2);"
UKRAINIAN = "nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<12 || n%100>14) ? 1 : 2);"
ARABIC = "nplurals=6; plural=(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 ? 4 : 5);"
PLURAL_FORMS = re.compile(r"nplurals=\d; plural=.+;")


@dataclasses.dataclass(frozen=True)
class Language:
    """All the site knows of one language. Every field is needed, an empty one stops the start."""

    code: str
    name: str = ""
    """In the language itself, because readers look for it there."""
    locale: str = ""
    """CLDR's locale for dates, numbers and names: which English, which Portuguese."""
    script: str = ""
    """A key of ``FONTS``."""
    direction: str = ""
    """``ltr`` or ``rtl``."""
    plural_forms: str = ""
    """As in the head of a catalogue."""
    fallbacks: tuple[str, ...] | None = None
    """Languages its readers understand, best first, () for none; the default language always comes last."""
    legacy_encoding: str = ""
    """What Windows editors wrote before UTF-8; caption files still come in it."""
    letters: str = ""
    """Letters and marks beyond a to z that its texts have, in lower case; they tell old encodings apart."""
    demo_voice: str = ""
    """eSpeak NG's voice, with a variant that gives each demo clip a speaker of its own."""
    translation_pending: bool = False
    """Offered, although its catalogue and demo texts are not complete."""

    def __post_init__(self) -> None:
        for field in dataclasses.fields(self):
            if getattr(self, field.name) in ("", None):
                raise self._error(f"has no {field.name}")
        if self.script not in FONTS:
            raise self._error(f"has the script “{self.script}”, which has no fonts")
        if self.direction not in ("ltr", "rtl"):
            raise self._error("has a direction that is neither ltr nor rtl")
        if not PLURAL_FORMS.fullmatch(self.plural_forms):
            raise self._error("has plural_forms that are none")
        try:
            codecs.lookup(self.legacy_encoding)
        except LookupError:
            raise self._error("has a legacy_encoding that Python does not know") from None

    def _error(self, problem: str) -> SettingError:
        return SettingError(f"The language “{self.code}” of campaign_site/languages.py {problem}.")


def check_records(*records: Language) -> tuple[Language, ...]:
    """Return the records; raise ``SettingError`` where two have the same code or a fallback has no record."""
    codes = [record.code for record in records]
    for record in records:
        if codes.count(record.code) > 1:
            raise SettingError(f"campaign_site/languages.py has two records of “{record.code}”.")
        for code in set(record.fallbacks) - set(codes):
            raise SettingError(f"campaign_site/languages.py has no record of “{code}”, a fallback of “{record.code}”.")
    return records


DEFAULT = "en"
ALL = check_records(
    Language("en", "English", "en_GB", "latin", "ltr", NOT_ONE, (), "cp1252", "éï", "en+f2"),
    Language("de", "Deutsch", "de", "latin", "ltr", NOT_ONE, (), "cp1252", "äöüß", "de+f3"),
    Language("fr", "Français", "fr", "latin", "ltr", ABOVE_ONE, (), "cp1252", "àâæçéèêëîïôœùûüÿ", "fr+f2"),
    Language("nl", "Nederlands", "nl", "latin", "ltr", NOT_ONE, (), "cp1252", "áéëèíïóöúü", "nl+m3"),
    Language("es", "Español", "es", "latin", "ltr", NOT_ONE, (), "cp1252", "áéíñóúü", "es+f4"),
    Language("ca", "Català", "ca", "latin", "ltr", NOT_ONE, ("es",), "cp1252", "àçéèíïóòúüŀ·", "ca+f2"),
    Language("it", "Italiano", "it", "latin", "ltr", NOT_ONE, (), "cp1252", "àèéìíîòóùú", "it+m3"),
    Language("pt", "Português", "pt_PT", "latin", "ltr", NOT_ONE, (), "cp1252", "ãáàâçéêíõóôúü", "pt+m2"),
    Language(
        "el", "Ελληνικά", "el", "greek", "ltr", NOT_ONE, (), "cp1253", "αάβγδεέζηήθιίϊΐκλμνξοόπρσςτυύϋΰφχψωώ", "el+f3"
    ),
    Language("pl", "Polski", "pl", "latin", "ltr", POLISH, (), "cp1250", "ąćęłńóśźż", "pl+f4"),
    Language("tr", "Türkçe", "tr", "latin", "ltr", ABOVE_ONE, (), "cp1254", "âçğıİîöşüû", "tr+f2"),
    Language(
        "uk",
        "Українська",
        "uk",
        "cyrillic",
        "ltr",
        UKRAINIAN,
        (),
        "cp1251",
        "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя",
        "uk+f3",
    ),
    Language(
        "ar",
        "العربية",
        "ar",
        "arabic",
        "rtl",
        ARABIC,
        (),
        "cp1256",
        "ابتثجحخدذرزسشصضطظعغفقكلمنهويءآأؤإئىةًٌٍَُِّْـ،؛؟",
        "ar+f2",
    ),
)
