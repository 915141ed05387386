"""What was not possible, in words, beside the field that it concerns."""

from django import forms

from dreiklang.core.errors import Refused
from dreiklang.people.queries import field_of, words_of


def refuse(form: forms.BaseForm, refused: Refused) -> None:
    """Puts the refusal beside the field it concerns, or above the form."""
    field = field_of(refused)
    form.add_error(field if field in form.fields else None, words_of(refused))
