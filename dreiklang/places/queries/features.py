"""Areas of all levels as features for machines."""

import re
from collections.abc import Mapping

from dreiklang.core.features import WKB, Asked, Extent, Found, addresses, extent_of, in_window, properties_of
from dreiklang.core.search import SortKey
from dreiklang.people.rules import Viewer
from dreiklang.places.models import Area

OWN = {
    "key": "key",
    "name": "name",
    "level": "level__key",
    "level_name": "level__name",
    "part_of": "parent__name",
    "attribution": "attribution",
}
# As many digits as an id can have.
_ID = re.compile(r"[0-9]{1,18}")
FILTERS: Mapping[str, tuple[str, ...]] = {"key": (), "name": (), "level": ()}


def area_features(viewer: Viewer, *, asked: Asked) -> Found:
    """Our areas that are asked for, the larger levels first, then by name. Two statements, three with an area.

    `id` may be asked for beside the properties. Neighbouring towns are no features of ours.
    """
    found = Area.objects.filter(is_ours=True)
    for name, value in asked.equal.items():
        if name == "id":
            found = found.filter(pk=int(value)) if _ID.fullmatch(value) else found.none()
        else:
            found = found.filter(**{OWN[name]: value})
    found = in_window(found, asked.window).order_by("level__rank", SortKey("name"), "pk")
    stretch = found[asked.offset : asked.offset + asked.limit]
    rows = list(stretch.values_list("pk", WKB, *OWN.values()))
    urls = addresses("places:area", [row[2] or row[3] for row in rows])
    properties = properties_of(rows, list(OWN), linked={}, urls=urls)
    return Found(found.count(), [row[0] for row in rows], properties, [row[1] for row in rows])


def area_extent(viewer: Viewer) -> Extent:
    """What holds all our areas. One statement."""
    return extent_of(Area.objects.filter(is_ours=True))
