"""Which fields of this package exist once per language."""

from modeltranslation.translator import TranslationOptions, register

from .models import Chapter


@register(Chapter)
class ChapterTranslation(TranslationOptions):
    fields = ("title",)
    required_languages = ()
