"""Regions by their level and key together, as our own downloads name them; areas of the city by the key of theirs."""

from collections.abc import Iterable

from dreiklang.monitoring.models import Region
from dreiklang.monitoring.queries.value_columns import level_words
from dreiklang.monitoring.rules.ffcsv_parts import Axis, RegionRef
from dreiklang.monitoring.rules.regions import RegionKey, region_key
from dreiklang.monitoring.rules.values import Refused, RegionLevel
from dreiklang.monitoring.services.references import kept_regions
from dreiklang.monitoring.services.regions import AREA_SIGN, regions_for_areas
from dreiklang.people.rules import SYSTEM
from dreiklang.places.queries import areas

Words = tuple[str, ...]


def exact_regions(wanted: Iterable[Words]) -> dict[Words, int | Refused]:
    """Ids by level, key, what follows and name; official ones and known areas are made where there is no region yet.

    Refused: `unknown_region`.
    """
    named = {words: (level_words().get(words[0].casefold()), words[1]) for words in wanted}
    rows = Region.objects.filter(key__in={key for _level, key in named.values()})
    there = {(level, key): pk for level, key, pk in rows.values_list("level", "key", "pk")}
    absent = {words: place for words, place in named.items() if place not in there}
    return (
        {words: there[place[0], place[1]] for words, place in named.items() if place[0] and place in there}
        | _official({words: key for words, (level, key) in absent.items() if level is not RegionLevel.AREA})
        | _of_city({words: key for words, (level, key) in absent.items() if level is RegionLevel.AREA})
    )


def _official(wanted: dict[Words, str]) -> dict[Words, int | Refused]:
    levels = level_words()
    refs: dict[Words, RegionRef] = {}
    for words, key in wanted.items():
        level, read = levels.get(words[0].casefold()), region_key(key)
        if level and isinstance(read, RegionKey):
            ars = next((one for one in words[2:] if len(one) == 12 and one.isdigit()), "")
            refs[words] = RegionRef(Axis(0, "", "", key, words[-1]), RegionKey(level, key, ars))
    ids = kept_regions(refs.values())
    return {
        words: ids[levels[words[0].casefold()].value, key]
        if words in refs
        else Refused("unknown_region", f"{words[0]} {key}")
        for words, key in wanted.items()
    }


def _of_city(wanted: dict[Words, str]) -> dict[Words, int | Refused]:
    known = (
        {f"{AREA_SIGN}:{one.level_key}:{one.key or one.name}": one.pk for one in areas(SYSTEM)}
        if wanted
        else {}
    )
    ids = regions_for_areas({known[key] for key in wanted.values() if key in known})
    return {
        words: ids[known[key]] if key in known else Refused("unknown_region", f"{words[0]} {key}")
        for words, key in wanted.items()
    }
