"""The document upload form."""

from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _
from wagtail.documents.fields import WagtailDocumentField
from wagtail.documents.forms import BaseDocumentForm

from home.documents.checks import check_document
from home.file_names import clean_file_name, extension_of
from home.i18n.formats import format_file_size, format_list
from home.upload_errors import FileCode, RefusedFileError
from home.upload_fields import CheckedUploadField, use_field_class


class DocumentUploadField(CheckedUploadField, WagtailDocumentField):
    """A document that passed ``home.documents.checks``."""

    too_large = FileCode.DOCUMENT_TOO_LARGE

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Translators: formats are a list such as "PDF, ODT or ZIP", size is e.g. "50 MB".
        self.help_text = _("%(formats)s, up to %(size)s.") % {
            "formats": format_list(ending.upper() for ending in settings.WAGTAILDOCS_EXTENSIONS),
            "size": format_file_size(self.max_upload_size),
        }

    def accept(self, file: UploadedFile) -> None:
        ending = extension_of(str(file.name))
        if ending not in settings.WAGTAILDOCS_EXTENSIONS:
            raise RefusedFileError(FileCode.DOCUMENT_FORMAT, ending)
        check_document(self.read_upload(file), ending)
        file.name = clean_file_name(str(file.name), ending, "document")


class DocumentUploadForm(BaseDocumentForm):
    """Wagtail's document form with our file field."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        use_field_class(self, "file", DocumentUploadField)

    def add_error(self, field: str | None, error: Any) -> None:
        """One reason is enough: the model would add that a refused file has no extension."""
        if "file" in self._errors and "file" in getattr(error, "error_dict", {}):
            return
        super().add_error(field, error)
