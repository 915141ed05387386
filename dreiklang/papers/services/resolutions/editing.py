"""A resolution is entered by hand, changed, made known."""

from collections.abc import Collection, Mapping
from typing import Any

from django.utils.translation import gettext_noop as _

from dreiklang.core.changes import record
from dreiklang.core.enums import Visibility
from dreiklang.core.errors import ChangedMeanwhile, NotFound, Refused
from dreiklang.core.history import acting
from dreiklang.papers.models import Resolution, ResolutionMeasure
from dreiklang.papers.permissions.resolutions import CREATE, EDIT, RELEASE
from dreiklang.papers.rules.kinds import Result
from dreiklang.papers.rules.resolutions import first_standing, is_reserved
from dreiklang.people.rules import Viewer
from dreiklang.people.services import require

FIELDS = (
    "kind",
    "title",
    "text",
    "paper_id",
    "committee_id",
    "meeting_id",
    "item_id",
    "decided_on",
    "result",
    "due_on",
    "department_id",
    "lead_id",
    "money_eur",
    "money_words",
    "needs_money",
)


class CannotSaveResolution(Refused):
    """The record as given contradicts itself or another one: `number_taken`, `number_reserved`."""


def create_resolution(*, by: Viewer, number: str, values: Mapping[str, Any]) -> Resolution:
    """A new resolution, motion, inquiry or promise, internal until somebody makes it known.

    `values`: the names in FIELDS, and `measure_ids`. What was rejected or only noted begins as done.
    Raises: NotAllowed (a department editor only for her own department); CannotSaveResolution.
    """
    made = Resolution(number=number.strip(), department_id=values.get("department_id"), version=0)
    require(by, CREATE)
    require(by, EDIT, made)
    if is_reserved(made.number):
        raise CannotSaveResolution("number_reserved")
    if Resolution.objects.filter(number=made.number).exists():
        raise CannotSaveResolution("number_taken")
    with acting(by_id=by.account_id, by_name=by.name, reason=_("Beschluss angelegt")):
        _fill(made, values)
        made.state, made.state_on = first_standing(Result(made.result), decided_on=made.decided_on)
        _save(made, values)
        tell_of(made, by=by, name="resolution_followed")
    return made


def change_resolution(*, by: Viewer, number: str, version: int, values: Mapping[str, Any]) -> Resolution:
    """Change what `values` names; the rest stays. The state changes by a report only.

    Raises: NotFound; NotAllowed, also when it would leave the editor's department; ChangedMeanwhile.
    """
    with acting(by_id=by.account_id, by_name=by.name, reason=_("Beschluss geändert")):
        found = locked_resolution(by=by, number=number, permission=EDIT, version=version)
        _fill(found, values)
        require(by, EDIT, found)
        _save(found, values)
    return found


def set_resolution_visibility(*, by: Viewer, number: str, version: int, visibility: Visibility) -> Resolution:
    """Make a resolution known to everybody, or take it back. Raises: NotFound; NotAllowed; ChangedMeanwhile."""
    is_public = visibility is Visibility.PUBLIC
    reason = _("Beschluss veröffentlicht") if is_public else _("Veröffentlichung zurückgenommen")
    with acting(by_id=by.account_id, by_name=by.name, reason=reason):
        found = locked_resolution(by=by, number=number, permission=RELEASE, version=version)
        # Said by a person now: the council system no longer decides about it.
        found.visibility, found.is_public_by_source = visibility, False
        _save(found, {})
        tell_of(found, by=by, name="published" if is_public else "unpublished")
    return found


def locked_resolution(*, by: Viewer, number: str, permission: str, version: int | None = None) -> Resolution:
    """The resolution, locked for this transaction, if the viewer may do this with it.

    `version`: what the person had in front of her; None where two people do not get in each other's way.
    Raises: NotFound; NotAllowed; ChangedMeanwhile.
    """
    rows = Resolution.objects.select_for_update(of=("self",)).filter(number=number)
    found = rows.select_related("department").defer("search").first()
    if found is None:
        raise NotFound("resolution", key=number)
    require(by, permission, found)
    if version is not None and found.version != version:
        raise ChangedMeanwhile(found, version=found.version)
    return found


def tell_of(of: Resolution, *, by: Viewer, name: str, **facts: Any) -> None:
    """Record what happened to the resolution, for subjects above."""
    record(
        name=name,
        subject="papers",
        object_key=of.number,
        by_id=by.account_id,
        by_name=by.name,
        resolution_id=of.pk,
        **facts,
    )


def _fill(one: Resolution, values: Mapping[str, Any]) -> None:
    for name in FIELDS:
        if name in values:
            setattr(one, name, values[name])


def _save(one: Resolution, values: Mapping[str, Any]) -> None:
    one.version += 1
    one.save()
    if "measure_ids" in values:
        _link(one, values["measure_ids"])


def _link(one: Resolution, measure_ids: Collection[int]) -> None:
    one.measure_links.exclude(measure_id__in=measure_ids).delete()
    there = set(one.measure_links.values_list("measure_id", flat=True))
    fresh = [pk for pk in dict.fromkeys(measure_ids) if pk not in there]
    ResolutionMeasure.objects.bulk_create([ResolutionMeasure(resolution=one, measure_id=pk) for pk in fresh])
