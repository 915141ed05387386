"""Taking over indicators of the starter set: proposals that come with the software become the city's own."""

from collections.abc import Collection
from datetime import date
from typing import Any

from django.utils.translation import gettext_noop as _

from dreiklang.core.history import acting
from dreiklang.monitoring import permissions
from dreiklang.monitoring.models import Indicator, Provider, Quantity
from dreiklang.monitoring.rules.start_set import shipped_start_set
from dreiklang.monitoring.rules.start_values import SourceKind, StartIndicator, StartSet
from dreiklang.monitoring.services.definitions import create_indicator
from dreiklang.people.rules import Viewer
from dreiklang.people.services import require

# What nobody has proven stands in the field itself, so that it is seen wherever the source is.
TO_CHECK = "zu prüfen"


def take_over(*, by: Viewer, keys: Collection[str], on: date) -> list[Indicator]:
    """Make these proposals indicators of the city, internal and without a department; what is there already stays.

    A derived one brings what its formula needs. Returns the new ones, in the order of the set. Raises: NotAllowed;
    KeyError for a key that the set does not have.
    """
    require(by, permissions.CREATE)
    proposed = shipped_start_set()
    wanted = _with_inputs(keys, proposed)
    there = set(Indicator.objects.filter(key__in=wanted).values_list("key", flat=True))
    with acting(by_id=by.account_id, by_name=by.name, reason=_("Aus dem Startsatz übernommen")):
        missing = [one for one in proposed.indicators if one.key in wanted and one.key not in there]
        made = {
            one.key: create_indicator(by=by, key=one.key, values=_values(one), on=on)
            # A formula is checked when it is saved: what it names must be there.
            for one in sorted(missing, key=lambda one: _depth(one, proposed))
        }
        return [made[one.key] for one in missing]


def _depth(one: StartIndicator, proposed: StartSet) -> int:
    """How many formulas lie between an indicator and what is measured."""
    return max((1 + _depth(needed, proposed) for needed in proposed.inputs_of(one.key)), default=0)


def _with_inputs(keys: Collection[str], proposed: StartSet) -> set[str]:
    wanted: set[str] = set()
    left = list(keys)
    while left:
        key = left.pop()
        if key not in wanted:
            wanted.add(key)
            left.extend(one.key for one in proposed.inputs_of(key))
    return wanted


def _values(one: StartIndicator) -> dict[str, Any]:
    provider = _provider(one)
    quantity = _quantity(one)
    return {
        "name": one.name,
        "meaning": one.meaning,
        "limits_words": one.limits,
        "unit": one.unit,
        "decimals": one.decimals,
        "direction": one.direction,
        "formula": one.formula,
        "quantity_id": quantity.pk if quantity else None,
        "provider_id": provider.pk if provider else None,
        "source_words": _source_words(one),
        "licence": one.licence,
        "attribution": one.statistic.publisher.attribution if one.statistic else "",
        "rhythm": one.rhythm,
        "reference_words": one.reference,
        "lag_days": one.lag_days,
        "suppress_below": one.suppress_below,
    }


def _source_words(one: StartIndicator) -> str:
    if one.source_kind is SourceKind.OPEN:
        return f"{TO_CHECK}: {one.hint}" if one.hint else TO_CHECK
    if one.statistic:
        table = one.table or TO_CHECK
        return f"{one.statistic.name} (EVAS {one.statistic.number}), Tabelle {table}"
    return one.city_source


def _provider(one: StartIndicator) -> Provider | None:
    if one.statistic is None:
        return None
    publisher = one.statistic.publisher
    provider, _is_new = Provider.objects.get_or_create(key=publisher.key, defaults={"name": publisher.key})
    return provider


def _quantity(one: StartIndicator) -> Quantity | None:
    """The quantity in which values lie already, if its table was delivered."""
    if not one.table or one.statistic is None:
        return None
    return Quantity.objects.filter(
        dataset__provider__key=one.statistic.publisher.key, dataset__code=one.table, code=one.code
    ).first()
