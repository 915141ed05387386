"""Saving what somebody entered: a refusal beside its field, the other person's version beside one's own."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.forms import Form
from django.http import Http404
from django.utils.functional import Promise

from dreiklang.core.errors import ChangedMeanwhile, NotFound, Refused
from dreiklang.core.forms import KeptForm, both_sides

Record = TypeVar("Record")
# Code of a refusal → the field it belongs to (empty for the whole form) and what to tell.
Words = Mapping[str, tuple[str, str | Promise]]


@dataclass(frozen=True)
class Saved(Generic[Record]):
    """What came of saving: the record, or both sides of a clash, or neither where the form tells what is wrong."""

    record: Record | None = None
    clash: dict[str, dict[str, str]] | None = None


def try_to_save(
    form: Form, save: Callable[[], Record], *, words: Words, values_of: Callable[[Any], Mapping[str, Any]]
) -> Saved[Record]:
    """Save what the valid form says. A refusal without words is a bug and rises; what is not there is a 404."""
    try:
        return Saved(record=save())
    except NotFound as missing:
        raise Http404 from missing
    except ChangedMeanwhile as refusal:
        if not isinstance(form, KeptForm):
            raise
        clash = both_sides(form, values_of(refusal.theirs))
        form.take_version(refusal.version)
        return Saved(clash=clash)
    except Refused as refusal:
        if refusal.code not in words:
            raise
        field, said = words[refusal.code]
        form.add_error(field if field in form.fields else None, str(said))
        return Saved()
