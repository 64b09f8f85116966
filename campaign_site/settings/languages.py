"""What the records of ``campaign_site.languages`` mean to Django, Wagtail, modeltranslation and our packages.

Interface and content are two lists on purpose: they are the same today, and content may get a language that the
interface does not offer.
"""

from campaign_site import languages

# Interface: prefixes of addresses, gettext, hreflang.
LANGUAGES = [(language.code, language.name) for language in languages.ALL]
LANGUAGES_BIDI = [language.code for language in languages.ALL if language.direction == "rtl"]
LANGUAGE_CODE = languages.DEFAULT
# CLDR's locale for each language (see home.i18n.formats).
LANGUAGE_LOCALES = {language.code: language.locale for language in languages.ALL}
# Font files that pages of each language load first.
LANGUAGE_FONTS = {language.code: languages.FONTS[language.script] for language in languages.ALL}

# Scripts the demo's videos are set in, and voices that speak them.
LANGUAGE_SCRIPTS = {language.code: language.script for language in languages.ALL}
DEMO_VOICES = {language.code: language.demo_voice for language in languages.ALL}
# Languages that the demo's texts may lack, as the interface's catalogues may.
TRANSLATION_PENDING = [language.code for language in languages.ALL if language.translation_pending]

# Content: one column per translated field and language. Adding one is a migration.
CONTENT_LANGUAGES = list(LANGUAGES)

MODELTRANSLATION_LANGUAGES = tuple(code for code, _name in CONTENT_LANGUAGES)
MODELTRANSLATION_DEFAULT_LANGUAGE = languages.DEFAULT
# The object's own original language comes next for everybody (see home.i18n.fields).
MODELTRANSLATION_FALLBACK_LANGUAGES = {
    "default": (languages.DEFAULT,),
    **{language.code: (*language.fallbacks, languages.DEFAULT) for language in languages.ALL if language.fallbacks},
}
# modeltranslation compares class names, so a subclass of StreamField has to be named.
MODELTRANSLATION_CUSTOM_FIELDS = ("TranslatedStreamField", "StreamField", "RichTextField")

USE_I18N = True
USE_TZ = True
# One page tree with a column per language; Wagtail's own trees per language stay off.
WAGTAIL_I18N_ENABLED = False
WAGTAILADMIN_PERMITTED_LANGUAGES = LANGUAGES
