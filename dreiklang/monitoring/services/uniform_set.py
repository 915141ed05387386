"""The rules of the uniform set: few indicators for each goal, and the cities ours is compared with."""

from collections.abc import Sequence

from django.utils.translation import gettext_noop as _

from dreiklang.core.errors import ChangedMeanwhile, Refused
from dreiklang.core.history import acting
from dreiklang.monitoring import permissions
from dreiklang.monitoring.models import MOST_CITIES, ComparedCity, Region, SetSettings
from dreiklang.monitoring.rules.values import RegionLevel
from dreiklang.people.rules import Viewer
from dreiklang.people.services import require

_CITIES = (RegionLevel.MUNICIPALITY, RegionLevel.COUNTY)


class CannotRule(Refused):
    """The rules as given are not possible; `code` says why."""


def save_rules(*, by: Viewer, version: int, most_per_goal: int, city_keys: Sequence[str]) -> SetSettings:
    """The rules with these values; `version` 0 means there were none. Cities by their official keys, in this order.

    Raises: NotAllowed; ChangedMeanwhile; CannotRule (too_many, twice, unknown_city with its key).
    """
    require(by, permissions.LINK)
    with acting(by_id=by.account_id, by_name=by.name, reason=_("Regeln des Datensatzes geändert")):
        current = SetSettings.objects.select_for_update().first() or SetSettings(version=0)
        if current.version != version:
            raise ChangedMeanwhile(current, version=current.version)
        _choose(city_keys)
        current.most_per_goal = most_per_goal
        current.version += 1
        current.save()
    return current


def _choose(keys: Sequence[str]) -> None:
    if len(keys) > MOST_CITIES:
        raise CannotRule("too_many")
    if len(set(keys)) != len(keys):
        raise CannotRule("twice")
    # A city without a county stands as both: the municipality speaks.
    found = {
        one.key: one.pk for one in Region.objects.filter(key__in=keys, level__in=_CITIES).order_by("level")
    }
    unknown = next((key for key in keys if key not in found), None)
    if unknown is not None:
        raise CannotRule("unknown_city", key=unknown)
    wanted = {found[key]: place for place, key in enumerate(keys, start=1)}
    there = dict(ComparedCity.objects.values_list("region_id", "position"))
    if there != wanted:
        ComparedCity.objects.all().delete()
        ComparedCity.objects.bulk_create(
            ComparedCity(region_id=region, position=place) for region, place in wanted.items()
        )
