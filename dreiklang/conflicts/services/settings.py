"""The city sets from which size on something is worth a look."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_noop as _

from dreiklang.conflicts.models import Candidate, Thresholds
from dreiklang.conflicts.permissions import THRESHOLDS
from dreiklang.conflicts.queries.thresholds import limits
from dreiklang.conflicts.services.comparing import start_comparison
from dreiklang.core.errors import ChangedMeanwhile, Refused
from dreiklang.core.history import acting
from dreiklang.people.rules import Viewer
from dreiklang.people.services import require

FIELDS = (
    "least_area_m2",
    "least_area_share",
    "least_days",
    "near_months",
    "least_effect_weight",
    "least_nearness",
    "least_strength",
    "basis",
)


class CannotSet(Refused):
    """A threshold makes no sense: `out_of_range`; the fact `fields` names which."""


def save_thresholds(*, by: Viewer, now: datetime, version: int, values: Mapping[str, Any]) -> Thresholds:
    """The thresholds with these values (names in FIELDS); everything is compared anew, soon.

    Raises: NotAllowed; ChangedMeanwhile; CannotSet.
    """
    require(by, THRESHOLDS)
    with acting(by_id=by.account_id, by_name=by.name, reason=_("Schwellen geändert")):
        kept = Thresholds.objects.select_for_update().first() or Thresholds(version=0)
        if kept.version != version:
            raise ChangedMeanwhile(kept, version=kept.version)
        for name in FIELDS:
            if name in values:
                setattr(kept, name, values[name])
        _check(kept)
        # Found before candidates kept their thresholds: under those that are in force until now.
        Candidate.objects.filter(found_limits={}).update(found_limits=asdict(limits()))
        kept.version += 1
        kept.save()
        start_comparison(by=by, now=now)
    return kept


def _check(kept: Thresholds) -> None:
    shares = ("least_area_share", "least_nearness", "least_strength")
    wrong = [name for name in shares if not 0 <= getattr(kept, name) <= 1]
    wrong += [] if 1 <= kept.least_effect_weight <= 3 else ["least_effect_weight"]
    wrong += [name for name in ("least_area_m2", "least_days", "near_months") if getattr(kept, name) < 0]
    try:
        kept.clean_fields(exclude=["basis"])
    except ValidationError as error:
        wrong += list(error.message_dict)
    if wrong:
        raise CannotSet("out_of_range", fields=sorted(set(wrong)))
