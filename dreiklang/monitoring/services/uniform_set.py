"""The rules of the uniform set: few indicators for each goal, and the cities ours is compared with."""

from collections.abc import Sequence

from django.utils.translation import gettext_noop as _

from dreiklang.core.errors import ChangedMeanwhile, Refused
from dreiklang.core.history import acting
from dreiklang.monitoring import permissions
from dreiklang.monitoring.models import MOST_CITIES, ComparedCity, Region, SetSettings
from dreiklang.monitoring.queries.regions import folded, is_city
from dreiklang.monitoring.rules.regions import region_key
from dreiklang.monitoring.rules.values import Refused as NotRead
from dreiklang.monitoring.rules.values import RegionLevel
from dreiklang.people.rules import Viewer
from dreiklang.people.services import require

_CITIES = (RegionLevel.MUNICIPALITY, RegionLevel.COUNTY)


class CannotRule(Refused):
    """The rules as given are not possible; `code` says why."""


def save_rules(*, by: Viewer, version: int, most_per_goal: int, city_keys: Sequence[str]) -> SetSettings:
    """The rules with these values; `version` 0 means there were none. Cities by their official keys, in this order.
    A key may have five, eight or twelve digits; a city has one place, however it is written.

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


def _choose(written: Sequence[str]) -> None:
    if len(written) > MOST_CITIES:
        raise CannotRule("too_many")
    cities = [_ags(words) for words in written]
    if len(set(cities)) != len(cities):
        raise CannotRule("twice")
    wanted = {
        _region(ags, words): place for place, (ags, words) in enumerate(zip(cities, written, strict=True), 1)
    }
    there = dict(ComparedCity.objects.values_list("region_id", "position"))
    if there != wanted:
        ComparedCity.objects.all().delete()
        ComparedCity.objects.bulk_create(
            ComparedCity(region_id=region, position=place) for region, place in wanted.items()
        )


def _ags(words: str) -> str:
    """The eight digits of a key written with five, eight or twelve."""
    read = region_key(words)
    if isinstance(read, NotRead) or read.level not in _CITIES:
        raise CannotRule("unknown_city", key=words)
    return read.key.ljust(8, "0")


def _region(ags: str, words: str) -> int:
    # A city without a county stands as both: the municipality speaks.
    found = folded(Region.objects.filter(is_city(ags)))
    if found is None:
        raise CannotRule("unknown_city", key=words)
    return found.pk
