"""What can happen to an observation of the frame: noted, changed, weighed for goals, published, led to a priority change."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext_noop as _

from dreiklang.core.changes import record
from dreiklang.core.enums import Visibility
from dreiklang.core.errors import Refused
from dreiklang.core.history import acting
from dreiklang.goals.queries import goal_names
from dreiklang.monitoring import permissions
from dreiklang.monitoring.models import FrameChange, FrameMeaning
from dreiklang.monitoring.rules.frame import FrameSign
from dreiklang.monitoring.services.kept_records import fill, locked, save
from dreiklang.monitoring.services.short_names import free_name
from dreiklang.people.rules import Viewer
from dreiklang.people.services import require

FIELDS = (
    "title",
    "text",
    "noticed_on",
    "side",
    "field",
    "source",
    "source_url",
    "area_id",
    "department_id",
)
# Addresses below /rahmen/ that are no observation.
TAKEN = frozenset({"neu"})


class CannotObserve(Refused):
    """The observation as given contradicts itself: `in_the_future`, `needs_source` (before it becomes public),
    `no_goal`.
    """


def observe(*, by: Viewer, today: date, values: Mapping[str, Any], item_id: int | None = None) -> FrameChange:
    """Note what happened, internal until somebody publishes it.

    Raises: NotAllowed (a department editor only for her department); CannotObserve (in_the_future).
    """
    made = FrameChange(version=0, item_id=item_id)
    fill(made, values, fields=FIELDS)
    require(by, permissions.EDIT_FRAME, made)
    _check(made, today)
    with acting(by_id=by.account_id, by_name=by.name, reason=_("Beobachtung festgehalten")):
        made.key = free_name(made.title, is_taken=_is_taken, otherwise="beobachtung")
        save(made)
        _tell("frame_observed", made, by)
    return made


def change_observation(
    *, by: Viewer, pk: int, version: int, today: date, values: Mapping[str, Any]
) -> FrameChange:
    """Change what `values` names.

    Raises: NotFound; NotAllowed, also when it would leave the editor's department; ChangedMeanwhile; CannotObserve.
    """
    with acting(by_id=by.account_id, by_name=by.name, reason=_("Beobachtung geändert")):
        found = _locked(by, pk, version)
        fill(found, values, fields=FIELDS)
        require(by, permissions.EDIT_FRAME, found)
        _check(found, today)
        save(found)
    return found


def publish_observation(*, by: Viewer, pk: int, version: int, visibility: Visibility) -> FrameChange:
    """Make an observation known to everybody, or take it back.

    Raises: NotFound; NotAllowed; ChangedMeanwhile; CannotObserve (needs_source).
    """
    is_public = visibility is Visibility.PUBLIC
    reason = _("Beobachtung veröffentlicht") if is_public else _("Veröffentlichung zurückgenommen")
    with acting(by_id=by.account_id, by_name=by.name, reason=reason):
        found = _locked(by, pk, version)
        found.visibility = visibility
        if is_public and not found.source:
            raise CannotObserve("needs_source")
        save(found)
        _tell("frame_published" if is_public else "frame_unpublished", found, by)
    return found


def weigh_for_goal(*, by: Viewer, pk: int, goal_id: int, sign: FrameSign, text: str) -> FrameMeaning:
    """What the observation means for a goal; said again it replaces what was said.

    Raises: NotFound; NotAllowed; CannotObserve (no_goal).
    """
    with acting(by_id=by.account_id, by_name=by.name, reason=_("Bedeutung für ein Ziel festgehalten")):
        found = _locked(by, pk)
        if goal_id not in {goal.pk for goal in goal_names(by)}:
            raise CannotObserve("no_goal")
        meaning, _is_new = FrameMeaning.objects.update_or_create(
            change=found, goal_id=goal_id, defaults={"sign": sign, "text": text.strip()}
        )
        save(found)
    return meaning


def unweigh_for_goal(*, by: Viewer, pk: int, goal_id: int) -> FrameChange:
    """It means nothing for that goal after all. Raises: NotFound; NotAllowed."""
    with acting(by_id=by.account_id, by_name=by.name, reason=_("Bedeutung für ein Ziel entfernt")):
        found = _locked(by, pk)
        found.meanings.filter(goal_id=goal_id).delete()
        save(found)
    return found


def name_priority_change(*, key: str, change_id: int, by_name: str) -> None:
    """The change of priority that the observation led to, named by whoever changed it; the first one stays.

    Called after the change was recorded (config/reactions.py): goals know nothing of observations.
    """
    with acting(by_id=None, by_name=by_name, reason=_("Rangfolge wegen einer Beobachtung geändert")):
        found = FrameChange.objects.select_for_update().defer("search").filter(key=key).first()
        if found is not None and found.leads_to_id is None:
            found.leads_to_id = change_id
            save(found)


def _locked(by: Viewer, pk: int, version: int | None = None) -> FrameChange:
    return locked(FrameChange, by=by, permission=permissions.EDIT_FRAME, pk=pk, version=version)


def _check(one: FrameChange, today: date) -> None:
    if one.noticed_on > today:
        raise CannotObserve("in_the_future")
    if one.visibility == Visibility.PUBLIC and not one.source:
        raise CannotObserve("needs_source")


def _is_taken(key: str) -> bool:
    return key in TAKEN or FrameChange.objects.filter(key=key).exists()


def _tell(name: str, one: FrameChange, by: Viewer) -> None:
    record(name=name, subject="monitoring", object_key=one.key, by_id=by.account_id, by_name=by.name)
