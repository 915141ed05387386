"""What can happen to the definition of an indicator. A changed definition is a new version with its reason."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext_noop as _

from dreiklang.core.changes import record
from dreiklang.core.enums import Visibility
from dreiklang.core.errors import ChangedMeanwhile, NotFound
from dreiklang.core.history import acting
from dreiklang.monitoring import permissions
from dreiklang.monitoring.models import Break, Indicator, IndicatorVersion
from dreiklang.monitoring.rules.values import BreakKind
from dreiklang.monitoring.services.checking import CannotSave, check_formula, check_key
from dreiklang.monitoring.services.gaps import tell_gaps_of
from dreiklang.monitoring.services.suppression import Threshold, hide_as_defined
from dreiklang.people.rules import Viewer
from dreiklang.people.services import require

__all__ = [
    "DEFINING",
    "FIELDS",
    "CannotSave",
    "change_indicator",
    "create_indicator",
    "definition_of",
    "retire",
    "set_visibility",
    "take_up_again",
]

FIELDS = (
    "name",
    "kind",
    "meaning",
    "limits_words",
    "unit",
    "decimals",
    "direction",
    "quantity_id",
    "breakdown_id",
    "formula",
    "provider_id",
    "source_words",
    "source_contact",
    "licence",
    "attribution",
    "level_id",
    "rhythm",
    "reference_words",
    "lag_days",
    "next_due_on",
    "steady_below",
    "suppress_below",
    "department_id",
    "responsible_id",
    "is_headline",
)
# Who reads a figure must know when one of these became another one.
DEFINING = ("name", "meaning", "unit", "formula", "quantity_id", "breakdown_id", "direction")


def create_indicator(*, by: Viewer, key: str, values: Mapping[str, Any], on: date) -> Indicator:
    """A new indicator in its first version, internal until somebody publishes it.

    Raises: NotAllowed (a department editor only in her own department, or in none yet); CannotSave (key_taken,
    key_not_plain, values_and_formula, and as `checking.check_formula` and `suppression.hide_as_defined`).
    """
    indicator = Indicator(key=key, department_id=values.get("department_id"), version=0)
    require(by, permissions.CREATE, indicator)
    check_key(key)
    with acting(by_id=by.account_id, by_name=by.name, reason=_("Indikator angelegt")):
        _set(indicator, values)
        check_formula(indicator)
        _saved(indicator)
        hide_as_defined(indicator)
        _keep_version(indicator, by=by, on=on, reason="", is_comparable=True)
        _tell("created", indicator, by)
    return indicator


def change_indicator(
    *,
    by: Viewer,
    key: str,
    version: int,
    values: Mapping[str, Any],
    on: date,
    reason: str = "",
    is_comparable: bool = True,
) -> Indicator:
    """Change what `values` names; the rest stays.

    Where the definition itself changes a new version begins `on` that day, for a reason; if values are no longer
    comparable the series has a break there. Raises: NotFound; NotAllowed, also when it would move to a department
    that is not the editor's; ChangedMeanwhile; CannotSave (values_and_formula, needs_reason, needs_department, and
    as `checking.check_formula` and `suppression.hide_as_defined`).
    """
    with acting(by_id=by.account_id, by_name=by.name, reason=_("Indikator geändert")):
        indicator = _locked(key, version, by)
        before = definition_of(indicator)
        threshold = Threshold.of(indicator)
        _set(indicator, values)
        require(by, permissions.EDIT, indicator)
        _answered_for(indicator)
        is_redefined = definition_of(indicator) != before
        if is_redefined:
            check_formula(indicator)
        if is_redefined and not reason.strip():
            raise CannotSave("needs_reason")
        _saved(indicator)
        hide_as_defined(indicator, before=threshold)
        if is_redefined:
            _keep_version(indicator, by=by, on=on, reason=reason.strip(), is_comparable=is_comparable)
        _tell("changed", indicator, by)
    return indicator


def set_visibility(*, by: Viewer, key: str, version: int, visibility: Visibility) -> Indicator:
    """Publish an indicator or take it back.

    Raises: NotFound; NotAllowed; ChangedMeanwhile; CannotSave (needs_department: who answers for it must be known).
    """
    is_public = visibility is Visibility.PUBLIC
    reason = _("Indikator veröffentlicht") if is_public else _("Indikator zurückgezogen")
    with acting(by_id=by.account_id, by_name=by.name, reason=reason):
        indicator = _locked(key, version, by)
        indicator.visibility = visibility
        _answered_for(indicator)
        _saved(indicator)
        _tell("published" if is_public else "unpublished", indicator, by)
    return indicator


def retire(*, by: Viewer, key: str, version: int, on: date, reason: str) -> Indicator:
    """Keep an indicator up no longer. It stays readable with all its values; its links stay, too.

    Raises: NotFound; NotAllowed; ChangedMeanwhile; CannotSave (needs_reason).
    """
    if not reason.strip():
        raise CannotSave("needs_reason")
    with acting(by_id=by.account_id, by_name=by.name, reason=_("Indikator wird nicht mehr fortgeführt")):
        indicator = _locked(key, version, by)
        indicator.retired_on, indicator.retired_reason = on, reason.strip()
        # Nobody waits for values of it any more.
        indicator.next_due_on = None
        _saved(indicator)
        _tell("retired", indicator, by)
    return indicator


def take_up_again(*, by: Viewer, key: str, version: int) -> Indicator:
    """Keep a retired indicator up again. Raises: NotFound; NotAllowed; ChangedMeanwhile."""
    with acting(by_id=by.account_id, by_name=by.name, reason=_("Indikator wird wieder fortgeführt")):
        indicator = _locked(key, version, by)
        indicator.retired_on, indicator.retired_reason = None, ""
        _saved(indicator)
        _tell("taken_up_again", indicator, by)
    return indicator


def _locked(key: str, version: int, by: Viewer) -> Indicator:
    """The indicator, locked for this transaction, if the viewer may change it and saw its newest version."""
    indicator = Indicator.objects.select_for_update().defer("search").filter(key=key).first()
    if indicator is None:
        raise NotFound("indicator")
    require(by, permissions.EDIT, indicator)
    if indicator.version != version:
        raise ChangedMeanwhile(indicator, version=indicator.version)
    return indicator


def _set(indicator: Indicator, values: Mapping[str, Any]) -> None:
    for name in FIELDS:
        if name in values:
            setattr(indicator, name, values[name])
    if indicator.quantity_id is not None and indicator.formula:
        raise CannotSave("values_and_formula")


def _answered_for(indicator: Indicator) -> None:
    if indicator.visibility == Visibility.PUBLIC and indicator.department_id is None:
        raise CannotSave("needs_department")


def _saved(indicator: Indicator) -> None:
    indicator.version += 1
    indicator.save()
    tell_gaps_of(indicator)


def definition_of(indicator: Indicator) -> dict[str, Any]:
    """What a version keeps of an indicator."""
    return {name: getattr(indicator, name) for name in DEFINING}


def _keep_version(indicator: Indicator, *, by: Viewer, on: date, reason: str, is_comparable: bool) -> None:
    IndicatorVersion.objects.create(
        indicator=indicator,
        number=indicator.versions.count() + 1,
        valid_from=on,
        definition=definition_of(indicator),
        reason=reason,
        is_comparable=is_comparable,
        by_id=by.account_id,
        by_name=by.name,
    )
    if not is_comparable:
        Break.objects.update_or_create(
            indicator=indicator,
            region=None,
            on=on,
            defaults={"kind": BreakKind.DEFINITION, "reason": reason},
        )


def _tell(name: str, indicator: Indicator, by: Viewer) -> None:
    record(
        name=name,
        subject="monitoring",
        object_key=indicator.key,
        by_id=by.account_id,
        by_name=by.name,
    )
