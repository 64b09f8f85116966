"""Languages: those of the content, those of the interface, and who is understood by whom.

The two lists are two settings on purpose: a city may bring clips in a language long before anybody translates buttons
into it. Names are in their own language, because a reader looks for a language in that language.
"""

SPOKEN_NAMES = (
    ("en", "English"),
    ("de", "Deutsch"),
    ("fr", "Français"),
    ("nl", "Nederlands"),
    ("es", "Español"),
    ("ca", "Català"),
    ("it", "Italiano"),
    ("pt", "Português"),
    ("el", "Ελληνικά"),
    ("pl", "Polski"),
    ("tr", "Türkçe"),
    ("uk", "Українська"),
    ("ar", "العربية"),
)

# Interface: prefixes of addresses, gettext, hreflang.
LANGUAGES = list(SPOKEN_NAMES)
LANGUAGE_CODE = "en"

# Content: one column per translated field and language. Adding one is a migration.
CONTENT_LANGUAGES = list(SPOKEN_NAMES)

MODELTRANSLATION_LANGUAGES = tuple(code for code, _name in CONTENT_LANGUAGES)
MODELTRANSLATION_DEFAULT_LANGUAGE = "en"
# Catalan readers read Spanish; the object's own original language comes next for everybody (see home.i18n.fields).
MODELTRANSLATION_FALLBACK_LANGUAGES = {"default": ("en",), "ca": ("es", "en")}
# modeltranslation compares class names, so a subclass of StreamField has to be named.
MODELTRANSLATION_CUSTOM_FIELDS = ("TranslatedStreamField", "StreamField", "RichTextField")

USE_I18N = True
USE_TZ = True
# One page tree with a column per language; Wagtail's own trees per language stay off.
WAGTAIL_I18N_ENABLED = False
WAGTAILADMIN_PERMITTED_LANGUAGES = LANGUAGES
