"""The ids of what rows name: quantities, regions, breakdowns. What nobody named before is added, all of it at once."""

from collections.abc import Iterable
from dataclasses import dataclass

from dreiklang.monitoring.models import Breakdown, Dataset, Quantity, Region
from dreiklang.monitoring.rules.ffcsv_parts import BreakdownRef, FfcsvRow, QuantityRef, RegionRef
from dreiklang.monitoring.rules.regions import RegionKey

_BATCH = 2_000
LONGEST_NAME = 500


@dataclass(frozen=True)
class References:
    """Ids by what names them."""

    quantities: dict[str, int]
    regions: dict[tuple[str, str], int]
    breakdowns: dict[str, int]
    # The unit in which a quantity was delivered first, before or in these rows.
    units: dict[str, str]


def references(rows: Iterable[FfcsvRow], *, dataset: Dataset) -> References:
    """All that these rows name, in the transaction at hand. Six statements at most.

    A region keeps the name it was first delivered with: tables abbreviate each in its own way.
    """
    quantities: dict[int, QuantityRef] = {}
    regions: dict[int, RegionRef] = {}
    breakdowns: dict[int, BreakdownRef] = {}
    # Rows share their parts, so a part is looked at once and not once a row.
    for row in rows:
        quantities[id(row.quantity)] = row.quantity
        regions[id(row.region)] = row.region
        breakdowns[id(row.breakdown)] = row.breakdown
    known, units = _quantities(quantities.values(), dataset)
    return References(known, kept_regions(regions.values()), kept_breakdowns(breakdowns.values()), units)


def _quantities(named: Iterable[QuantityRef], dataset: Dataset) -> tuple[dict[str, int], dict[str, str]]:
    there = set(Quantity.objects.filter(dataset=dataset).values_list("code", flat=True))
    by_code: dict[str, QuantityRef] = {}
    for one in named:
        by_code.setdefault(one.code, one)
    Quantity.objects.bulk_create(
        Quantity(dataset=dataset, code=code, name=one.name[:LONGEST_NAME], unit_words=one.unit_words)
        for code, one in by_code.items()
        if code not in there
    )
    kept = list(Quantity.objects.filter(dataset=dataset).values_list("code", "pk", "unit_words"))
    return {code: pk for code, pk, _unit in kept}, {code: unit for code, _pk, unit in kept}


def kept_regions(named: Iterable[RegionRef]) -> dict[tuple[str, str], int]:
    """Ids of official regions by level and key; those nobody named before are added."""
    wanted = {
        (one.key.level.value, one.key.key): one
        for one in named
        if isinstance(one.key, RegionKey) and one.axis
    }
    keys = {key for _level, key in wanted}
    there = _region_ids(keys)
    Region.objects.bulk_create(
        (
            Region(level=level, key=key, ars=_ars(one), name=_name(one))
            for (level, key), one in sorted(wanted.items())
            if (level, key) not in there
        ),
        batch_size=_BATCH,
        # Another table that is delivered meanwhile may name the same.
        ignore_conflicts=True,
    )
    # A district of the city may have the key of a state: as many as wanted are not yet those that are wanted.
    return there if wanted.keys() <= there.keys() else _region_ids(keys)


def _region_ids(keys: set[str]) -> dict[tuple[str, str], int]:
    rows = Region.objects.filter(key__in=keys).values_list("level", "key", "pk")
    return {(level, key): pk for level, key, pk in rows}


def _ars(one: RegionRef) -> str:
    return one.key.ars if isinstance(one.key, RegionKey) else ""


def _name(one: RegionRef) -> str:
    # Official tables indent names to show what lies in what.
    return one.axis.label.strip()[:200] if one.axis else ""


def kept_breakdowns(named: Iterable[BreakdownRef]) -> dict[str, int]:
    """Ids of breakdowns by key; those nobody named before are added."""
    by_key = {one.key: one for one in named}
    there = dict(Breakdown.objects.filter(key__in=by_key).values_list("key", "pk"))
    Breakdown.objects.bulk_create(
        (
            Breakdown(key=key, labels=[list(axis[1:]) for axis in one.axes])
            for key, one in sorted(by_key.items())
            if key not in there
        ),
        ignore_conflicts=True,
    )
    return dict(Breakdown.objects.filter(key__in=by_key).values_list("key", "pk"))
