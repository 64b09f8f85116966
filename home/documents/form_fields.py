"""The document upload form."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _
from wagtail.documents.fields import WagtailDocumentField
from wagtail.documents.forms import BaseDocumentForm

from home.documents.checks import check_document
from home.file_names import clean_file_name, extension_of
from home.i18n.formats import format_file_size, format_list
from home.upload_errors import FileCode, RefusedFileError, as_validation_error
from home.upload_fields import read_upload, with_field_class


class DocumentUploadField(WagtailDocumentField):
    """A document that passed ``home.documents.checks``."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, allow_empty_file=True, **kwargs)
        self.help_text = _("%(formats)s, up to %(size)s.") % {
            "formats": format_list(ending.upper() for ending in settings.WAGTAILDOCS_EXTENSIONS),
            "size": format_file_size(self.max_upload_size),
        }

    def to_python(self, data: Any) -> Any:
        file = forms.FileField.to_python(self, data)
        if file is None:
            return None
        ending = extension_of(str(file.name))
        try:
            if ending not in settings.WAGTAILDOCS_EXTENSIONS:
                raise RefusedFileError(FileCode.DOCUMENT_FORMAT, ending)
            check_document(read_upload(file, self.max_upload_size, FileCode.DOCUMENT_TOO_LARGE), ending)
        except RefusedFileError as refusal:
            raise as_validation_error(refusal) from refusal
        file.name = clean_file_name(str(file.name), ending, "document")
        return file


class DocumentUploadForm(BaseDocumentForm):
    """Wagtail's document form with our file field."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "file" in self.fields:
            self.fields["file"] = with_field_class(self.fields["file"], DocumentUploadField)

    def add_error(self, field: str | None, error: Any) -> None:
        """One reason is enough: the model would add that a refused file has no extension."""
        if "file" in self._errors and "file" in getattr(error, "error_dict", {}):
            return
        super().add_error(field, error)
