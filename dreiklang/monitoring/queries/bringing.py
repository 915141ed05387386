"""What can be chosen while bringing values: indicators, levels of areas, legends, plans kept under a name."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Q
from django.utils.translation import gettext as _

from dreiklang.core.imports.lookup import plain
from dreiklang.core.models import Mapping, Upload
from dreiklang.core.search import SortKey
from dreiklang.core.values import Unknown
from dreiklang.monitoring import permissions
from dreiklang.monitoring.models import Indicator, Observation
from dreiklang.monitoring.models.observations import HIDDEN
from dreiklang.monitoring.queries.visibility import visible_observations
from dreiklang.monitoring.queries.wording import LIST_KIND
from dreiklang.monitoring.rules.regions import RegionKey, region_key
from dreiklang.monitoring.rules.series import TOTAL_KEY, factor_of
from dreiklang.monitoring.rules.shipped import known_providers, marks
from dreiklang.monitoring.rules.units import Unit, shipped_units
from dreiklang.monitoring.rules.value_plans import CITY, EXACT, OFFICIAL
from dreiklang.monitoring.rules.values import ReleaseState
from dreiklang.people.queries import may
from dreiklang.people.rules import SYSTEM, Viewer
from dreiklang.places.queries import areas

# So many of the words in a list must be areas of a level before it is proposed.
_HALF = 2
LATEST = 12


@dataclass(frozen=True)
class Choice:
    """Something to choose."""

    code: str
    name: str


def indicators_to_bring(viewer: Viewer) -> list[Indicator]:
    """The indicators whose values the viewer may bring, by name; derived ones have none of their own."""
    rows = Indicator.objects.filter(formula="", retired_on=None).select_related("quantity").defer("search")
    return [one for one in rows.order_by(SortKey("name"), "pk") if may(viewer, permissions.BRING, one)]


@dataclass(frozen=True)
class LatestValue:
    """A value in force, as whoever types the next one wants to see it."""

    where: str
    starts_on: date
    ends_on: date
    kind: str
    value: Decimal | None
    mark: str
    is_hidden: bool


def latest_values(viewer: Viewer, indicator: Indicator) -> list[LatestValue]:
    """The latest values of an indicator in its unit, the city's and those of its areas, latest first."""
    if indicator.quantity_id is None:
        return []
    rows = (
        visible_observations(viewer)
        .filter(quantity=indicator.quantity_id)
        .exclude(state=ReleaseState.WAITING)
    )
    is_split = indicator.breakdown_id is not None
    rows = rows.filter(
        Q(breakdown=indicator.breakdown_id) if is_split else Q(breakdown__key__regex=TOTAL_KEY)
    )
    unit = shipped_units().by_code.get(indicator.unit)
    found = rows.select_related("region", "quantity").order_by("-ends_on", "region__name", "pk")[:LATEST]
    return [
        LatestValue(
            one.region.name,
            one.starts_on,
            one.ends_on,
            one.get_kind_display(),
            _shown(one, unit),
            one.mark,
            one.state in HIDDEN,
        )
        for one in found
    ]


def _shown(one: Observation, unit: Unit | None) -> Decimal | None:
    """The number in the unit of the indicator; none where the series is in one that does not fit."""
    factor = factor_of(one.quantity.unit or one.quantity.unit_words, unit)
    return None if one.value is None or isinstance(factor, Unknown) else one.value * factor


def area_choices() -> list[Choice]:
    """Where rows of a list may lie."""
    used = {one.level_key: one.level_plural for one in areas(SYSTEM)}
    return [
        Choice(CITY, _("die ganze Stadt")),
        *(Choice(key, plural) for key, plural in used.items()),
        Choice(OFFICIAL, _("Gemeinden, Kreise oder Länder (amtliche Schlüssel)")),
        Choice(EXACT, _("wie in einer Datei von hier: Ebene und Schlüssel")),
    ]


def area_names(level: str) -> list[str]:
    """The areas of one of the city's levels, to choose the one that was meant."""
    if level in (CITY, OFFICIAL, EXACT):
        return []
    return sorted(one.name for one in areas(SYSTEM) if one.level_key == level)


def likely_areas(words: Collection[str]) -> str:
    """Where rows lie that name their areas so: the level most of them are of, or official keys; else the city."""
    said = {plain(one) for one in words if one}
    if not said:
        return CITY
    keys = sum(isinstance(region_key(one), RegionKey) and len(one) > 2 for one in said)
    if keys * _HALF >= len(said):
        return OFFICIAL
    found: dict[str, int] = {}
    for one in areas(SYSTEM):
        found[one.level_key] = found.get(one.level_key, 0) + (plain(one.name) in said)
    best = max(found, key=lambda level: found[level], default="")
    return best if best and found[best] else CITY


def legend_choices() -> list[Choice]:
    """Whose signs may stand in a list."""
    names = known_providers()
    keys: Sequence[str] = sorted({one.provider for one in marks()})
    return [Choice("", _("keine")), *(Choice(key, names[key].name if key in names else key) for key in keys)]


def kept_plans() -> list[Mapping]:
    """Plans kept under a name."""
    return list(Mapping.objects.filter(kind=LIST_KIND).order_by("name", "pk"))


def own_uploads(viewer: Viewer) -> list[Upload]:
    """Lists the viewer has begun and not finished, latest first. Without the files' content."""
    if viewer.account_id is None:
        return []
    found = Upload.objects.filter(by_id=viewer.account_id, kind=LIST_KIND).defer("content")
    return list(found.order_by("-created_at", "-pk")[:10])


def own_upload(viewer: Viewer, pk: int) -> Upload | None:
    """A list the viewer has uploaded; None also for those of others."""
    if viewer.account_id is None:
        return None
    return Upload.objects.filter(by_id=viewer.account_id, kind=LIST_KIND, pk=pk).first()
