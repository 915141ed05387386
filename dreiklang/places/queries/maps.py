"""The map services of others, and who may show our map in a frame. Both are public."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from dreiklang.core.errors import NotFound
from dreiklang.people.rules import Viewer
from dreiklang.places.models import MapService, Municipality
from dreiklang.places.queries.city import area_shapes
from dreiklang.places.rules import MapKind, MapRole, TileGrid
from dreiklang.places.rules.map_services import Bounds, around, middle


@dataclass(frozen=True)
class MapServiceRow:
    """A map service as a browser draws it, and what the last check found.

    `url` is what the browser asks: of a WMTS with `is_template` an address with {TileMatrix}, {TileRow}, {TileCol}.
    `layers` in the order the service draws them; a WMTS has one. `systems` are the systems of coordinates it offers of
    those we draw, `crs` the one to ask for where none fits better; a WMTS has only `crs`, that of its `grid`.
    `version` belongs to a WMS, `style` and `grid` to a WMTS. `extent` in degrees, None if the service names none.
    """

    pk: int
    saved_version: int
    kind: MapKind
    role: MapRole
    title: str
    address: str
    url: str
    layers: tuple[str, ...]
    crs: str
    systems: tuple[str, ...]
    image_format: str
    version: str
    style: str
    grid: TileGrid | None
    extent: Bounds | None
    attribution: str
    attribution_url: str
    min_zoom: int | None
    max_zoom: int | None
    is_active: bool
    checked_at: datetime
    problem: str
    problem_value: str

    @property
    def is_base(self) -> bool:
        """Whether it lies under everything."""
        return self.role is MapRole.BASE

    @property
    def is_template(self) -> bool:
        """Whether `url` is filled in (WMTS by RESTful addresses) instead of asked with parameters."""
        return "{" in self.url


def map_services(viewer: Viewer) -> tuple[MapServiceRow, ...]:
    """The services a map shows: base maps first, each kind in the order the city chose. One statement."""
    return tuple(one for one in all_map_services(viewer) if one.is_active)


def all_map_services(viewer: Viewer) -> tuple[MapServiceRow, ...]:
    """Those that are switched off, too."""
    return tuple(_row(one) for one in MapService.objects.order_by("role", "rank", "pk"))


def map_service(viewer: Viewer, *, pk: int) -> MapServiceRow:
    """One service. Raises: NotFound."""
    found = MapService.objects.filter(pk=pk).first()
    if found is None:
        raise NotFound("map_service", pk=pk)
    return _row(found)


def map_addresses() -> tuple[str, ...]:
    """The addresses that visitors' browsers ask for pictures; each once, in alphabetical order."""
    found = MapService.objects.filter(is_active=True).order_by("url")
    return tuple(found.values_list("url", flat=True).distinct())


def city_middle(viewer: Viewer) -> tuple[float, float] | None:
    """The point in the middle of our areas, east and north in degrees; None while there are none with a border."""
    found = around([shape.geometry.bounds for shape in area_shapes(viewer) if shape.is_ours])
    return middle(found) if found else None


def embedders() -> tuple[str, ...]:
    """The sites that may show the map in a frame: `*` alone for all, none for nobody."""
    said = Municipality.objects.values_list("embedders", flat=True).first()
    return ("*",) if said is None else tuple(said.split())


def _row(record: MapService) -> MapServiceRow:
    facts: Mapping[str, Any] = record.facts
    west_south_east_north = tuple(record.extent)
    return MapServiceRow(
        pk=record.pk,
        saved_version=record.version,
        kind=MapKind(record.kind),
        role=MapRole(record.role),
        title=record.title,
        address=record.address,
        url=record.url,
        layers=tuple(record.layers),
        crs=record.crs,
        systems=tuple(record.systems),
        image_format=record.image_format,
        version=facts.get("version", ""),
        style=facts.get("style", ""),
        grid=_grid(facts["grid"]) if facts.get("grid") else None,
        extent=west_south_east_north if len(west_south_east_north) == 4 else None,
        attribution=record.attribution,
        attribution_url=record.attribution_url,
        min_zoom=record.min_zoom,
        max_zoom=record.max_zoom,
        is_active=record.is_active,
        checked_at=record.checked_at,
        problem=record.problem,
        problem_value=record.problem_value,
    )


def _grid(kept: Mapping[str, Any]) -> TileGrid:
    return TileGrid(
        matrix_set=kept["matrix_set"],
        ids=tuple(kept["ids"]),
        resolutions=tuple(kept["resolutions"]),
        origins=tuple((x, y) for x, y in kept["origins"]),
        tile_sizes=tuple((width, height) for width, height in kept["tile_sizes"]),
        sizes=tuple((columns, rows) for columns, rows in kept["sizes"]),
    )
