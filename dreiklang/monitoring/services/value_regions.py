"""Which region a row of a list is about: found by key, then by name. What is not known is named, never repaired."""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from dreiklang.core.imports.lookup import Lookup, plain
from dreiklang.monitoring.models import Region
from dreiklang.monitoring.rules.ffcsv_parts import Axis, RegionRef
from dreiklang.monitoring.rules.layouts import fits_broken
from dreiklang.monitoring.rules.regions import RegionKey, levels_in
from dreiklang.monitoring.rules.value_plans import CITY, EXACT, OFFICIAL, ValuePlan
from dreiklang.monitoring.rules.values import Refused
from dreiklang.monitoring.services.exact_regions import exact_regions
from dreiklang.monitoring.services.references import kept_regions
from dreiklang.monitoring.services.regions import region_for_city, regions_for_areas
from dreiklang.people.rules import SYSTEM
from dreiklang.places.queries import areas as our_areas
from dreiklang.places.queries.city import AreaRow

Words = tuple[str, ...]
_KEY = re.compile(r"\d[\d .-]*")
_BROKEN = "\ufffd"


class FoundRegion(NamedTuple):
    """A region; `lost` are words in which letters were lost on the way, but which fit it."""

    pk: int
    lost: str = ""


@dataclass
class Regions:
    """Regions by the words with which rows name them."""

    city: int | None
    by_words: Mapping[Words, FoundRegion | Refused]
    names: Mapping[int, str] = field(default_factory=dict)

    def of(self, words: Words) -> FoundRegion | Refused:
        """The region, or why there is none: `unknown_region`, `leading_zero_lost`, `area_contradicts`, `broken_text`,
        `no_region` where the cell is empty."""
        return self.by_words.get(words) or Refused("no_region")


def regions_of(rows: Collection[Words], plan: ValuePlan) -> Regions:
    """The regions that these words name, each made where it is a known area or key without a region yet."""
    city = region_for_city()
    city_id = city.pk if city else None
    wanted = [words for words in dict.fromkeys(rows) if any(words)]
    if plan.areas == CITY:
        found: dict[Words, FoundRegion | Refused] = {}
        if city_id is not None:
            found[()] = FoundRegion(city_id)
    elif plan.areas == OFFICIAL:
        found = _official(wanted, plan)
    elif plan.areas == EXACT:
        found = {
            words: one if isinstance(one, Refused) else FoundRegion(one)
            for words, one in exact_regions(wanted).items()
        }
    else:
        found = _of_level(wanted, plan)
    ids = {one.pk for one in found.values() if isinstance(one, FoundRegion)} | {city_id or 0}
    names = dict(Region.objects.filter(pk__in=ids).values_list("pk", "name"))
    return Regions(city_id, found, names)


def _official(wanted: Iterable[Words], plan: ValuePlan) -> dict[Words, FoundRegion | Refused]:
    """By official keys alone: names repeat, and dissolved areas keep theirs."""
    keys: dict[Words, str] = {}
    for words in wanted:
        said = plan.area_words.get(" ".join(filter(None, words)))
        keys[words] = said or next((one for one in words if _looks_like_key(one)), words[0])
    read = levels_in(set(keys.values()))
    refs = {
        words: RegionRef(Axis(0, "", "", key, _name_in(words, key)), read[key])
        for words, key in keys.items()
        if isinstance(read[key], RegionKey)
    }
    ids = kept_regions(refs.values())
    found: dict[Words, FoundRegion | Refused] = {}
    for words, key in keys.items():
        one = read[key]
        found[words] = FoundRegion(ids[one.level.value, one.key]) if isinstance(one, RegionKey) else one
    return found


def _looks_like_key(words: str) -> bool:
    return bool(_KEY.fullmatch(words)) or words.startswith("DG")


def _name_in(words: Words, key: str) -> str:
    return next((one for one in words if one and one != key), key)


def _of_level(wanted: Sequence[Words], plan: ValuePlan) -> dict[Words, FoundRegion | Refused]:
    areas = {str(one.pk): one for one in our_areas(SYSTEM) if one.level_key == plan.areas}
    search = _AreaSearch(areas, plan)
    found: dict[Words, FoundRegion | Refused] = {}
    named = {words: search.find(words) for words in wanted}
    regions = regions_for_areas({int(one[0]) for one in named.values() if not isinstance(one, Refused)})
    for words, area in named.items():
        found[words] = area if isinstance(area, Refused) else FoundRegion(regions[int(area[0])], area[1])
    return found


class _AreaSearch:
    """The areas of one level by key and by name."""

    def __init__(self, areas: Mapping[str, AreaRow], plan: ValuePlan) -> None:
        self._plan = plan
        self._names = {pk: one.name for pk, one in areas.items()}
        self._by_key = {plain(one.key): pk for pk, one in areas.items() if one.key}
        self._lookup = Lookup.of((pk, one.name) for pk, one in areas.items())
        self._by_name = {plain(one.name): pk for pk, one in areas.items()}

    def find(self, words: Words) -> tuple[str, str] | Refused:
        """The area, and words that fit it although letters were lost; or why there is none."""
        said = " ".join(filter(None, words))
        if meant := self._plan.area_words.get(said):
            pk = self._by_name.get(plain(meant)) or self._by_key.get(plain(meant))
            return (pk, "") if pk else self._unknown(said)
        keyed = None if self._plan.own_keys else self._first(words, self._by_key)
        named = self._first(words, self._by_name)
        if keyed and named and keyed != named:
            return Refused("area_contradicts", said, f"{self._names[named]}|{self._names[keyed]}")
        if named:
            return named, ""
        return self._by_key_alone(words, keyed, said)

    def _by_key_alone(self, words: Words, keyed: str | None, said: str) -> tuple[str, str] | Refused:
        """By key where no name is the very one: what else the row says must not name another area."""
        broken = next((one for one in words if _BROKEN in one), "")
        if keyed is None:
            if broken:
                proposals = fits_broken(broken, list(self._names.values()))
                return Refused("broken_text", said, "|".join(proposals))
            return self._unknown(said)
        rest = [one for one in words if one and self._by_key.get(plain(one)) != keyed]
        name = self._names[keyed]
        if broken and fits_broken(broken, [name]):
            return keyed, broken
        if all(_is_like(one, name) for one in rest):
            return keyed, ""
        near = [one for words in rest for one in self._near(words)]
        return Refused("area_contradicts", said, "|".join(dict.fromkeys([*near, name])))

    def _unknown(self, said: str) -> Refused:
        return Refused("unknown_region", said, "|".join(self._near(said)))

    def _near(self, said: str) -> list[str]:
        return [self._names[one.split(" ", 1)[0]] for one in self._lookup.proposals(said)]

    def _first(self, words: Words, known: Mapping[str, str]) -> str | None:
        return next((pk for one in words if one and (pk := known.get(plain(one)))), None)


def _is_like(words: str, name: str) -> bool:
    """Whether words may be another way to write a name: one holds the other."""
    one, other = plain(words), plain(name)
    return one in other or other in one
