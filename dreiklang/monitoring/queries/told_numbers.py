"""Numbers that reports of deliveries name: where small counts are hidden, the statistics office alone reads them.

What was to be hidden when a report was written is not in it (services.bringing, value_lists). A threshold that is set
later holds for what was written before, too: so it is looked at whenever a report is read.
"""

from collections.abc import Iterable
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from dreiklang.core.models import Problem, RowResult, Run
from dreiklang.monitoring import permissions
from dreiklang.monitoring.models import Delivery, Indicator, Quantity
from dreiklang.monitoring.queries.confidential import guarded
from dreiklang.monitoring.queries.wording import TITLES
from dreiklang.people.queries import may
from dreiklang.people.rules import Viewer

# What these name is an area, a time, a unit, an indicator or a row, so that it can be put right. All others may name
# what stands in a cell.
_NAME_NO_NUMBER = frozenset(
    {
        "unknown_region",
        "leading_zero_lost",
        "area_contradicts",
        "letters_lost",
        "broken_text",
        "unknown_period",
        "ambiguous_period",
        "future_actual",
        "unit_changed",
        "unit_unknown",
        "unknown_indicator",
        "not_your_indicator",
        "indicator_is_derived",
        "no_indicator",
        "twice_same",
        "twice_other",
    }
)


def problems_told(viewer: Viewer, *, run: Run, found: Iterable[Problem]) -> list[Problem]:
    """The problems of a run, without the numbers the viewer may not read."""
    problems = list(found)
    if not _may_read_numbers(viewer, run):
        for one in problems:
            if one.value and one.code not in _NAME_NO_NUMBER:
                one.value = _("nicht gezeigt")
    return problems


def rows_told(viewer: Viewer, *, run: Run, found: Iterable[RowResult]) -> list[RowResult]:
    """The rows of a run, without the numbers the viewer may not read."""
    rows = list(found)
    if not _may_read_numbers(viewer, run):
        for one in rows:
            one.differences = [_untold(change) for change in one.differences]
    return rows


def doubts_told(viewer: Viewer, *, delivery: Delivery) -> list[dict[str, Any]]:
    """What seemed wrong with a delivery, without the numbers the viewer may not read."""
    counted = delivery.quantities.values_list("pk", flat=True)
    if may(viewer, permissions.SEE_CONFIDENTIAL) or not guarded(quantity_ids=counted):
        return list(delivery.doubts)
    return [{**one, "value": "", "beside": ""} for one in delivery.doubts]


def _may_read_numbers(viewer: Viewer, run: Run) -> bool:
    """Whether nothing that the run brought, or would have brought, is guarded; the statistics office reads all."""
    if run.source.kind not in TITLES or may(viewer, permissions.SEE_CONFIDENTIAL):
        return True
    return not guarded(quantity_ids=_counted(run).order_by().values_list("pk", flat=True).distinct())


def _counted(run: Run) -> QuerySet[Quantity]:
    """What a run was about: by its delivery, and by its facts where it was only tried."""
    facts = run.file_facts
    if "dataset" not in facts and not Delivery.objects.filter(run=run).exists():
        # From before that was kept: it may have been about anything.
        return Quantity.objects.all()
    provider, code = facts.get("dataset", ("", ""))
    named = Indicator.objects.filter(key__in=facts.get("indicators", [])).values("quantity")
    return Quantity.objects.filter(
        Q(deliveries__run=run) | Q(dataset__provider__key=provider, dataset__code=code) | Q(pk__in=named)
    )


def _untold(change: dict[str, Any]) -> dict[str, Any]:
    told = {name: _("nicht gezeigt") for name in ("before", "after") if change.get(name) is not None}
    return {**change, **told}
