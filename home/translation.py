"""Which fields exist once per language: ``translated_fields`` of each model, or its class at the end of this module."""

from modeltranslation.translator import TranslationOptions, translator

from . import models


def _register(model: type, fields: tuple[str, ...]) -> None:
    options = type(f"{model.__name__}Translation", (TranslationOptions,), {"fields": fields, "required_languages": ()})
    translator.register(model, options)


for _model in models.translated_models():
    _register(_model, _model.translated_fields)

_register(models.NewsDocument, ("label",))
_register(models.Picture, ("alt",))
