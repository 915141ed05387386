"""Indicators as they stand in the whole city today, in one statement whatever they need: for panels of other pages.

`queries.standing` says the same of indicators that were read already, in more statements.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import reduce
from operator import or_
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db.models import Exists, OuterRef, Q, QuerySet, TextField
from django.db.models.expressions import RawSQL
from django.db.models.functions import Cast

from dreiklang.core.arrays import array_of
from dreiklang.core.enums import Visibility
from dreiklang.monitoring.models import Break, Breakdown, Indicator, Observation, Region, Target
from dreiklang.monitoring.queries.labels import address
from dreiklang.monitoring.queries.regions import CityRegion, folded
from dreiklang.monitoring.queries.series import FIELDS, lines_of
from dreiklang.monitoring.queries.visibility import SHOWN, visible_indicators
from dreiklang.monitoring.rules.regions import renames
from dreiklang.monitoring.rules.series import TOTAL_KEY
from dreiklang.monitoring.rules.shipped import key_changes
from dreiklang.monitoring.rules.standing import Standing, standing
from dreiklang.monitoring.rules.units import shipped_units
from dreiklang.monitoring.rules.values import Comparison, Direction, Goalpost
from dreiklang.people.rules import Viewer

# All rows that are this city, as queries.regions finds them: under its key, and under those it had before.
_CITY = """
SELECT region.id FROM monitoring_region region
JOIN (
  SELECT ags FROM places_municipality WHERE ags <> ''
  UNION SELECT former.key FROM (VALUES {former}) AS former(key, ags) JOIN places_municipality USING (ags)
) town ON (region.level = 'municipality' AND region.key = town.ags)
  OR (region.level = 'county' AND town.ags LIKE '%%000' AND region.key = left(town.ags, 5))
"""
_AGS = "SELECT ags FROM places_municipality ORDER BY id LIMIT 1"
# What is asked for, and all that their formulas name, and what those name.
_NEEDED = r"""
WITH RECURSIVE needed(id, formula) AS (
  {asked}
  UNION
  SELECT input.id, input.formula FROM needed
  CROSS JOIN LATERAL regexp_matches(needed.formula, '\[\s*([A-Za-z0-9_-]+)', 'g') AS found
  JOIN monitoring_indicator input ON input.key = lower(found[1])
)
SELECT id FROM needed
"""
# Which splits formulas name beside totals: "[einwohner|GES=GESW]".
_SPLITS = r"""
SELECT btrim(found[1]) FROM monitoring_indicator named
CROSS JOIN LATERAL regexp_matches(named.formula, '\|([^\]]+)\]', 'g') AS found
"""
_COLUMNS = (
    "pk",
    "key",
    "name",
    "unit",
    "decimals",
    "direction",
    "steady_below",
    "formula",
    "quantity_id",
    "breakdown__key",
    "visibility",
    "retired_on",
)


@dataclass(frozen=True)
class Links:
    """By what indicators are asked for: rows with a foreign key `indicator`, in an order, and what to tell of each."""

    rows: QuerySet[Any]
    fields: Mapping[str, str]


@dataclass(frozen=True)
class IndicatorNow:
    """One indicator with how it stands; `links` by the names they were asked for, `also` what else was."""

    id: int
    key: str
    name: str
    url: str
    unit: str
    decimals: int
    standing: Standing
    is_public: bool
    retired_on: date | None
    links: Mapping[str, Sequence[Mapping[str, Any]]]
    also: Mapping[str, Any]


def indicators_now(
    viewer: Viewer,
    *,
    today: date,
    links: Mapping[str, Links] | None = None,
    which: Q | None = None,
    also: Mapping[str, Any] | None = None,
) -> tuple[IndicatorNow, ...]:
    """The indicators that any of these links name, or that `which` picks, by name. One statement.

    Only those the viewer may know of. `also`: expressions over the indicator, by name.
    """
    links = links or {}
    named = [Q(pk__in=one.rows.order_by().values("indicator")) for one in links.values()]
    asked = visible_indicators(viewer).filter(reduce(or_, [*named, *filter(None, [which])])).order_by()
    try:
        sql, params = asked.values_list("pk", "formula").query.sql_with_params()
    except EmptyResultSet:
        # Nothing can be linked: the database need not be asked.
        return ()
    rows = list(
        Indicator.objects.filter(pk__in=RawSQL(_NEEDED.replace("{asked}", sql), params))  # noqa: S611  # made of our own querysets
        .order_by("name", "pk")
        .values(
            *_COLUMNS,
            **{
                f"links_{name}": array_of(one.rows.filter(indicator=OuterRef("pk")), fields=one.fields)
                for name, one in links.items()
            },
            **{f"also_{name}": one for name, one in (also or {}).items()},
            is_asked=Exists(asked.filter(pk=OuterRef("pk"))),
            posts=array_of(_posts(), fields=_POST),
            cuts=array_of(_breaks(), fields={"on": "on"}),
            points=array_of(_points(), fields=_POINT),
            ags=RawSQL(_AGS, ()),  # noqa: S611  # a constant of ours
        )
    )
    return _stood(rows, today=today)


_POST = {
    "on": "on",
    "is_baseline": "is_baseline",
    "comparison": "comparison",
    "value": "low",
    "upper": "high",
}
_POINT = {name: {"value": "number"}.get(name, name) for name in FIELDS} | {
    "level": "region__level",
    "region_key": "region__key",
}


def _city() -> RawSQL:
    former = ", ".join(f"('{old}', '{new}')" for old, new, _until in renames(key_changes()))
    return RawSQL(_CITY.replace("{former}", former), ())  # noqa: S611  # constants of ours


def _posts() -> QuerySet[Any]:
    found = Target.objects.filter(Q(region=None) | Q(region__in=_city()), indicator=OuterRef("pk"))
    # As text: a number in JSON would come back as an inexact one.
    return found.annotate(low=_exact("value"), high=_exact("upper")).order_by("on", "pk")


def _breaks() -> QuerySet[Any]:
    found = Break.objects.filter(Q(region=None) | Q(region__in=_city()), indicator=OuterRef("pk"))
    return found.order_by("on", "pk")


def _points() -> QuerySet[Any]:
    shown = Q(breakdown__key__regex=TOTAL_KEY) | Q(breakdown=OuterRef("breakdown_id"))
    found = Observation.objects.filter(
        shown | Q(breakdown__key__in=RawSQL(_SPLITS, ())),  # noqa: S611  # a constant of ours
        quantity=OuterRef("quantity_id"),
        region__in=_city(),
        state__in=SHOWN,
    )
    return found.annotate(number=_exact("value")).order_by("ends_on", "starts_on", "pk")


def _exact(name: str) -> Cast:
    return Cast(name, TextField())


def _stood(rows: Sequence[Mapping[str, Any]], *, today: date) -> tuple[IndicatorNow, ...]:
    known = {row["key"]: _indicator(row) for row in rows}
    shown = [row for row in rows if row["is_asked"]]
    points = [point for row in rows for point in row["points"]]
    city = _one_city(points, ags=rows[0]["ags"] or "") if rows else None
    pk = city.pk if city else 0
    found = lines_of(
        [known[row["key"]] for row in shown],
        map(_read, points),
        known=known,
        region_ids=(pk,),
        aliases=dict.fromkeys(city.ids, pk) if city else {},
        former={one.pk: one.until for one in city.former} if city else {},
    )
    return tuple(_now(row, found.get((row["pk"], pk), ()), today=today) for row in shown)


def _one_city(points: Iterable[Mapping[str, Any]], *, ags: str) -> CityRegion | None:
    """The city by those of its rows that have values here."""
    places = {point["region_id"]: (point["level"], point["region_key"]) for point in points}
    rows = (Region(pk=pk, level=level, key=key) for pk, (level, key) in sorted(places.items()))
    return folded(rows, ags=ags)


def _indicator(row: Mapping[str, Any]) -> Indicator:
    """As much of the record as its values are reckoned with."""
    split = row["breakdown__key"]
    return Indicator(
        pk=row["pk"],
        key=row["key"],
        unit=row["unit"],
        formula=row["formula"],
        quantity_id=row["quantity_id"],
        breakdown=None if split is None else Breakdown(key=split),
        visibility=row["visibility"],
    )


def _read(point: Mapping[str, Any]) -> tuple[Any, ...]:
    """A value as `FIELDS` has it, days and numbers as such again."""
    return tuple(_READERS[name](point[name]) if name in _READERS else point[name] for name in FIELDS)


def _day_or_none(words: str | None) -> date | None:
    return None if words is None else date.fromisoformat(words)


def _number(words: str | None) -> Decimal | None:
    return None if words is None else Decimal(words)


_READERS: dict[str, Callable[[Any], Any]] = {
    "ends_on": date.fromisoformat,
    "starts_on": date.fromisoformat,
    "made_on": _day_or_none,
    "value": _number,
}


def _now(row: Mapping[str, Any], points: Sequence[Any], *, today: date) -> IndicatorNow:
    targets = [_post(post) for post in row["posts"] if not post["is_baseline"]]
    baselines = [_post(post) for post in row["posts"] if post["is_baseline"]]
    unit = shipped_units().by_code.get(row["unit"])
    return IndicatorNow(
        id=row["pk"],
        key=row["key"],
        name=row["name"],
        url=address(row["key"]),
        unit=row["unit"],
        decimals=row["decimals"],
        standing=standing(
            points,
            baseline=baselines[-1] if baselines else None,
            targets=targets,
            breaks=[date.fromisoformat(one["on"]) for one in row["cuts"]],
            direction=Direction(row["direction"]),
            today=today,
            steady_below=row["steady_below"],
            is_share=unit is not None and unit.is_share,
        ),
        is_public=row["visibility"] == Visibility.PUBLIC,
        retired_on=row["retired_on"],
        links=_linked(row),
        also=_named(row, "also_"),
    )


def _linked(row: Mapping[str, Any]) -> dict[str, Sequence[Mapping[str, Any]]]:
    # Where nothing can be linked, as with the goals of a task that has none, the database is not even asked.
    return {name: said or () for name, said in _named(row, "links_").items()}


def _named(row: Mapping[str, Any], prefix: str) -> dict[str, Any]:
    return {name.removeprefix(prefix): value for name, value in row.items() if name.startswith(prefix)}


def _post(post: Mapping[str, Any]) -> Goalpost:
    low = _number(post["value"])
    if low is None:
        raise TypeError("a target has a value")
    return Goalpost(
        date.fromisoformat(post["on"]), low, Comparison(post["comparison"]), _number(post["upper"])
    )
