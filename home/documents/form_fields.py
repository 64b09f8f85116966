"""The form by which documents come in."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _
from wagtail.documents.fields import WagtailDocumentField
from wagtail.documents.forms import BaseDocumentForm

from home.documents.checks import check_document
from home.file_names import clean_file_name, extension_of
from home.i18n.formats import format_file_size, format_list
from home.upload_errors import FileCode, RefusedFileError, as_form_error
from home.upload_fields import _bytes_of, _exchanged


class DocumentField(WagtailDocumentField):
    """A document that ``home.documents.checks`` has looked at."""

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
            check_document(_bytes_of(file, self.max_upload_size, FileCode.DOCUMENT_TOO_LARGE), ending)
        except RefusedFileError as refusal:
            raise as_form_error(refusal) from refusal
        file.name = clean_file_name(str(file.name), ending, "document")
        return file


class DocumentForm(BaseDocumentForm):
    """Wagtail's form of a document, with our field for the file."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "file" in self.fields:
            self.fields["file"] = _exchanged(self.fields["file"], DocumentField)

    def add_error(self, field: str | None, error: Any) -> None:
        """One reason is enough: the model would add that a refused file has no ending."""
        if "file" in self._errors and "file" in getattr(error, "error_dict", {}):
            return
        super().add_error(field, error)
