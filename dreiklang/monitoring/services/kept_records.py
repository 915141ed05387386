"""Records that people edit: locked with the version somebody saw, changed field by field."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any, TypeVar

from django.db import models

from dreiklang.core.errors import ChangedMeanwhile, NotFound
from dreiklang.people.rules import Viewer
from dreiklang.people.services import require

Record = TypeVar("Record", bound=models.Model)


def locked(
    model: type[Record], *, by: Viewer, permission: str, pk: int, version: int | None = None
) -> Record:
    """The record, locked for this transaction, if the viewer may do this with it.

    `version`: what the person had in front of her; None where two people do not get in each other's way.
    Raises: NotFound; NotAllowed; ChangedMeanwhile.
    """
    rows = model._default_manager.select_for_update(of=("self",)).filter(pk=pk)
    if any(field.name == "search" for field in model._meta.get_fields()):
        rows = rows.defer("search")
    found = rows.first()
    if found is None:
        raise NotFound(model._meta.model_name or "")
    require(by, permission, found)
    seen: int = getattr(found, "version", 0)
    if version is not None and seen != version:
        raise ChangedMeanwhile(found, version=seen)
    return found


def fill(record: models.Model, values: Mapping[str, Any], *, fields: Collection[str]) -> None:
    """Set what `values` names of these fields; the rest stays."""
    for name in fields:
        if name in values:
            setattr(record, name, values[name])


def save(record: Any) -> None:
    """Save it as a new version."""
    record.version += 1
    record.save()


def link(
    model: type[models.Model], *, owner: str, other: str, of: models.Model, wanted: Iterable[int]
) -> None:
    """Make the plain links of a record exactly those wanted; what stays is not touched."""
    mine = model._default_manager.filter(**{owner: of})
    ids = set(wanted)
    mine.exclude(**{f"{other}_id__in": ids}).delete()
    there = set(mine.values_list(f"{other}_id", flat=True))
    model._default_manager.bulk_create(model(**{owner: of, f"{other}_id": pk}) for pk in sorted(ids - there))
