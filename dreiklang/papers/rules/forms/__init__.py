"""Printed forms on council papers: a declared description, and what was read by it."""

from .description import Field, FieldKind, FormDescription, InvalidForm, Name, Option, form_description
from .kept import as_header, header_lines
from .reading import ReadField, ReadForm, Tick, read_form

__all__ = [
    "Field",
    "FieldKind",
    "FormDescription",
    "InvalidForm",
    "Name",
    "Option",
    "ReadField",
    "ReadForm",
    "Tick",
    "as_header",
    "form_description",
    "header_lines",
    "read_form",
]
