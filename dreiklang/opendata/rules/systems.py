"""The systems of coordinates that are spoken, by their addresses at the OGC, with the order of their axes."""

from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy
from pyproj import Transformer

from dreiklang.opendata.rules.refusals import BadParameter

WGS84 = 4326
# A centimetre.
_DEGREE_DIGITS, _METRE_DIGITS = 7, 2
_EPSG = "http://www.opengis.net/def/crs/EPSG/0/"


@dataclass(frozen=True)
class System:
    """One system. `limits` are west, south, east, north: beyond them its numbers mean nothing."""

    uri: str
    srid: int
    name: str
    limits: tuple[float, float, float, float]
    is_degrees: bool = False
    is_north_first: bool = False

    @property
    def digits(self) -> int:
        """Places after the point in what is given."""
        return _DEGREE_DIGITS if self.is_degrees else _METRE_DIGITS

    def from_store(self, points: Any) -> Any:
        """Points (n, 2) in longitude and latitude → this system, in the order of its axes."""
        if not self.is_degrees:
            points = numpy.column_stack(_transformer(WGS84, self.srid).transform(points[:, 0], points[:, 1]))
        return points[:, ::-1] if self.is_north_first else points

    def to_store(self, points: Any) -> Any:
        """Points (n, 2) of this system, east before north → longitude and latitude."""
        if self.is_degrees:
            return points
        return numpy.column_stack(_transformer(self.srid, WGS84).transform(points[:, 0], points[:, 1]))


_EARTH = (-180.0, -90.0, 180.0, 90.0)
# Europe, for which ETRS89 was made; a zone's numbers stay exact far beside it.
_UTM = (-3_000_000.0, 3_600_000.0, 5_000_000.0, 9_500_000.0)
_MERCATOR = (-20_037_508.343, -20_048_966.104, 20_037_508.343, 20_048_966.104)

CRS84 = System(
    "http://www.opengis.net/def/crs/OGC/1.3/CRS84", WGS84, "CRS84 (WGS 84)", _EARTH, is_degrees=True
)
SYSTEMS = (
    CRS84,
    System(f"{_EPSG}4326", WGS84, "EPSG:4326 (WGS 84)", _EARTH, is_degrees=True, is_north_first=True),
    System(f"{_EPSG}25832", 25832, "EPSG:25832 (UTM 32)", _UTM),
    System(f"{_EPSG}25833", 25833, "EPSG:25833 (UTM 33)", _UTM),
    System(f"{_EPSG}3857", 3857, "EPSG:3857 (Web Mercator)", _MERCATOR),
)
_BY_URI = {one.uri: one for one in SYSTEMS}


def system_of(uri: str, *, name: str) -> System:
    """The system of that address. Raises: BadParameter `unknown_crs` for the parameter `name`."""
    if uri not in _BY_URI:
        raise BadParameter(name, "unknown_crs", value=uri)
    return _BY_URI[uri]


@cache
def _transformer(source: int, target: int) -> Transformer:
    return Transformer.from_crs(source, target, always_xy=True)
