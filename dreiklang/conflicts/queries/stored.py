"""Claims as they are kept, and back: values of core.claims in metres, as the rules compare them."""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import numpy
import shapely
from shapely.geometry.base import BaseGeometry

from dreiklang.conflicts.models import StoredClaim
from dreiklang.core.claims import Claim, Effect, MoneyNeed, PeopleNeed
from dreiklang.core.metres import WEST_ZONE, as_areas, in_metres, zone_of
from dreiklang.core.values import Money, Period, Unknown
from dreiklang.people.rules import SYSTEM
from dreiklang.places.queries import area_shapes

# What a comparison and a page read of a row.
FIELDS = (
    "key",
    "number",
    "title",
    "geometry",
    "area_ids",
    "starts_on",
    "ends_on",
    "has_period",
    "office_ids",
    "person_id",
    "content",
)


def city_zone() -> int:
    """The EPSG code in which this city's claims are compared: that of its districts' middle, or the western one."""
    bounds = [one.geometry.bounds for one in area_shapes(SYSTEM)]
    if not bounds:
        return WEST_ZONE
    return zone_of((min(one[0] for one in bounds) + max(one[2] for one in bounds)) / 2)


def stored_values(claim: Claim) -> dict[str, Any]:
    """The columns of a claim as its subject gave it, `place` in degrees; with their fingerprint."""
    period = claim.period if isinstance(claim.period, Period) else None
    values: dict[str, Any] = {
        "number": claim.number,
        "title": claim.title,
        "geometry": claim.place if claim.place is not None and not claim.place.is_empty else None,
        "area_ids": sorted(claim.areas),
        "starts_on": period.start if period else None,
        "ends_on": period.end if period else None,
        "has_period": period is not None,
        "office_ids": list(claim.offices),
        "person_id": claim.person,
        "goal_ids": sorted({goal for one in claim.effects if (goal := goal_of(one.on)) is not None}),
        "content": _content(claim),
    }
    return values | {"fingerprint": _fingerprint(values)}


def goal_of(name: str) -> int | None:
    """The id of a goal named "goal:12"; None for indicators."""
    kind, _, key = name.partition(":")
    return int(key) if kind == "goal" and key.isdigit() else None


def indicator_of(name: str) -> int | None:
    """The id of an indicator named "indicator:7"; None for goals."""
    kind, _, key = name.partition(":")
    return int(key) if kind == "indicator" and key.isdigit() else None


def claims_from(rows: Sequence[Mapping[str, Any]], *, zone: int) -> list[Claim]:
    """The claims of these rows (FIELDS, and `vector` where contents are compared), places in metres as areas."""
    places = metric_places([row["geometry"] for row in rows], zone=zone)
    return [claim_of(row, place) for row, place in zip(rows, places, strict=True)]


def metric_places(geometries: Sequence[BaseGeometry | None], *, zone: int) -> list[BaseGeometry | None]:
    """Places in degrees as valid areas in metres of that zone; None stays None."""
    found: list[BaseGeometry | None] = [None] * len(geometries)
    there = [place for place, one in enumerate(geometries) if one is not None and not one.is_empty]
    if there:
        areas = as_areas(in_metres([geometries[place] for place in there], srid=zone))
        for place, one, is_valid in zip(there, areas, shapely.is_valid(areas), strict=True):
            found[place] = one if is_valid else _repaired(one)
    return found


def _repaired(area: BaseGeometry) -> BaseGeometry | None:
    """Only the areas of what a self-crossing outline encloses; None where nothing is left."""
    parts = [one for one in shapely.get_parts(shapely.make_valid(area)) if one.area > 0]
    return shapely.unary_union(parts) if parts else None


def vector_from(kept: Any) -> Any:
    """The kept direction as float32; None where the text has not been read."""
    if kept is None:
        return None
    return numpy.frombuffer(bytes(kept), dtype=numpy.float16).astype(numpy.float32)


def period_of(row: Mapping[str, Any]) -> Period | Unknown:
    """The period of a row."""
    if not row["has_period"]:
        return Unknown("not_stated")
    return Period(row["starts_on"], row["ends_on"])


def rows_of(keys: Iterable[str] | None = None, *, with_vectors: bool = False) -> list[dict[str, Any]]:
    """The rows of what is claimed now, of all or of those keys, by key. One statement."""
    found = StoredClaim.objects.filter(is_gone=False)
    if keys is not None:
        found = found.filter(key__in=list(keys))
    fields = (*FIELDS, "vector") if with_vectors else FIELDS
    return list(found.order_by("key").values(*fields))


def claim_of(row: Mapping[str, Any], place: BaseGeometry | None) -> Claim:
    """The claim of one row (FIELDS, and `vector` where contents are compared), with its place in metres."""
    content = row["content"]
    return Claim(
        key=row["key"],
        number=row["number"],
        title=row["title"],
        place=place,
        areas=frozenset(row["area_ids"]),
        period=period_of(row),
        effects=tuple([Effect(*one) for one in content["effects"]]),
        money=tuple([MoneyNeed(source, year, _money(eur)) for source, year, eur in content["money"]]),
        people=tuple(
            [
                PeopleNeed(office, Period(_day(start), _day(end)), months)
                for office, start, end, months in content["people"]
            ]
        ),
        vector=vector_from(row.get("vector")),
        needs_first=frozenset(content["needs_first"]),
        kin=frozenset(content["kin"]),
        offices=tuple(row["office_ids"]) if content["has_lead_office"] else (),
        person=row["person_id"],
        topics=frozenset(content["topics"]),
        is_fixed=content["is_fixed"],
        is_lasting=content["is_lasting"],
    )


def _content(claim: Claim) -> dict[str, Any]:
    return {
        "effects": [[one.on, one.supports, one.weight, one.reason] for one in claim.effects],
        "money": [[one.source, one.year, _eur(one.amount)] for one in claim.money],
        "people": [
            [one.office, _iso(one.period.start), _iso(one.period.end), one.person_months]
            for one in claim.people
        ],
        "needs_first": sorted(claim.needs_first),
        "kin": sorted(claim.kin),
        "topics": sorted(claim.topics),
        "is_fixed": claim.is_fixed,
        "is_lasting": claim.is_lasting,
        # Without a lead the first office is one that takes part: it must not pass for the lead.
        "has_lead_office": bool(claim.more.get("has_lead_office", True)),
        "deputy": claim.more.get("deputy"),
    }


def _eur(amount: Money | Unknown) -> str | None:
    return str(amount.amount) if isinstance(amount, Money) else None


def _money(eur: str | None) -> Money | Unknown:
    return Unknown("not_stated") if eur is None else Money(Decimal(eur))


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _day(iso: str | None) -> date | None:
    return date.fromisoformat(iso) if iso else None


def _fingerprint(values: Mapping[str, Any]) -> str:
    place = values["geometry"]
    plain = {**values, "geometry": "" if place is None else shapely.to_wkb(place, hex=True)}
    return hashlib.sha256(json.dumps(plain, sort_keys=True, default=str).encode()).hexdigest()[:32]
