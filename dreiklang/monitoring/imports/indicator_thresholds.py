"""A list of indicators may hide more small counts than before, never fewer: that is for the statistics office."""

from collections.abc import Sequence
from dataclasses import replace

from dreiklang.core.imports.contract import Candidate, FoundProblem
from dreiklang.core.imports.draft import refused
from dreiklang.monitoring.models import Indicator


def with_thresholds(found: Sequence[Candidate], *, quantity_keys: dict[int, str]) -> list[Candidate]:
    """The rows, refused where they would show small counts again; an empty cell leaves the threshold there is.

    quantity_keys  how a list names the quantities, by id
    """
    rows = Indicator.objects.filter(suppress_below__isnull=False).values_list(
        "key", "suppress_below", "quantity_id"
    )
    stored = {key: (below, quantity_keys.get(quantity or 0, "")) for key, below, quantity in rows}
    return [
        _held(one, *stored[one.key]) if one.key in stored and not one.is_refused else one for one in found
    ]


def _held(one: Candidate, below: int | None, quantity: str) -> Candidate:
    values = dict(one.values)
    if values.get("suppress_below") is None:
        values.pop("suppress_below", None)
    given = values.get("suppress_below", below)
    if below is not None and given is not None and given < below:
        return refused(one, FoundProblem("threshold_elsewhere", one.row, "suppress_below", str(given)))
    if quantity and values.get("quantity", quantity) != quantity:
        return refused(one, FoundProblem("threshold_elsewhere", one.row, "quantity", str(values["quantity"])))
    return replace(one, values=values)
