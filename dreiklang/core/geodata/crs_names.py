"""Systems of coordinates as GML and services name them: the EPSG code, and which number comes first."""

import re
from dataclasses import dataclass
from functools import cache

from pyproj import CRS
from pyproj.exceptions import CRSError

# Names of the German surveys (GeoInfoDok); easting comes first in all of them.
_ADV = {
    "ETRS89_UTM32": 25832,
    "ETRS89_UTM33": 25833,
    "ETRS89_UTM31": 25831,
    "ETRS89_LAT-LON": 4258,
    "DE_DHDN_3GK2": 31466,
    "DE_DHDN_3GK3": 31467,
    "DE_DHDN_3GK4": 31468,
    "DE_DHDN_3GK5": 31469,
}
_AUTHORITY = re.compile(
    r"(?:urn:(?:x-)?ogc:def:crs[:,].*?EPSG:[\d.]*:|opengis\.net/def/crs/EPSG/[\d.]+/)(\d{4,6})", re.I
)
_PLAIN = re.compile(r"(?:EPSG:+|epsg\.xml#|^)(\d{4,6})$", re.I)


@dataclass(frozen=True)
class Named:
    """What a name means. `is_north_first`: the authority puts northing or latitude first, and the name says to follow it."""

    srid: int
    is_north_first: bool = False


@cache
def named(name: str) -> Named | None:
    """The system of that name; None if it is none that is known."""
    text = name.strip()
    if "CRS84" in text.upper():
        return Named(4326)
    if text.lower().startswith("urn:adv:crs:"):
        code = _ADV.get(text.rsplit(":", 1)[-1].split("*")[0].upper())
        return Named(code) if code else None
    match = _AUTHORITY.search(text)
    if match:
        return _by_authority(int(match[1]))
    match = _PLAIN.search(text)
    return Named(int(match[1])) if match and _by_authority(int(match[1])) else None


def _by_authority(code: int) -> Named | None:
    try:
        axes = CRS.from_epsg(code).axis_info
    except CRSError:
        return None
    return Named(code, bool(axes) and axes[0].direction == "north")
