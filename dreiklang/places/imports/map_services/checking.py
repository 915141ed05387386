"""Trying a map service for one picture, as a visitor's browser will ask for it."""

from dataclasses import asdict, dataclass
from typing import Any

from shapely.geometry import Point

from dreiklang.core.fetching import Client
from dreiklang.core.metres import in_metres, zone_of
from dreiklang.core.reach import leads_inside
from dreiklang.places.imports.map_services.asking import (
    NOT_THIS_KIND,
    fetched,
    new_client,
    offer_at,
    refuse_exception,
    settled,
)
from dreiklang.places.imports.map_services.records import CannotUse
from dreiklang.places.imports.map_services.xml import LONGEST, looks_like_page
from dreiklang.places.queries import MapServiceRow
from dreiklang.places.rules.map_offers import Checked, LayerOffer, Offer, Wish
from dreiklang.places.rules.map_services import (
    FORMATS,
    SYSTEMS,
    MapKind,
    MapRole,
    TileGrid,
    around,
    holds,
    middle,
    picture_address,
    picture_type,
    preferred,
    tile_address,
    tile_at,
)
from dreiklang.ui.middleware import origin

LARGEST_PICTURE = 5_000_000
PICTURE_PIXELS = 512
# The picture shows so much to each side of the middle, in units of the system: about a kilometre.
REACH = {"EPSG:25832": 1000.0, "EPSG:25833": 1000.0, "EPSG:3857": 1600.0, "EPSG:4326": 0.01}
# A tile of about a kilometre: metres a pixel.
TILE_RESOLUTION = 4.0
# Where neither the city nor the service says where it is: the middle of Germany.
SOMEWHERE = (10.45, 51.16)
Spot = tuple[float, float]


def look_again(row: MapServiceRow, *, spot: Spot | None, client: Client | None = None) -> Checked:
    """Ask a service that is kept whether it still gives what it gave. Raises: CannotUse."""
    asking = client or new_client(row.address)
    wish = Wish(row.role, row.layers, row.crs, row.image_format)
    return tried(offer_at(row.address, client=asking), wish=wish, spot=spot, client=asking)


def tried(offer: Offer, *, wish: Wish, spot: Spot | None, client: Client | None = None) -> Checked:
    """The chosen layers with the picture they gave of the city's middle (`spot`: east, north in degrees).

    Raises: CannotUse if a layer, its system or format is not offered, or if no picture comes.
    """
    layers = _layers(offer, wish)
    extent = around([one.extent for one in layers if one.extent])
    is_beside = bool(spot and extent and not holds(extent, spot))
    where = middle(extent) if extent and (is_beside or not spot) else spot or SOMEWHERE
    plan = _Plan(
        offer=offer,
        layers=layers,
        wish=wish,
        systems=_systems(layers, wish, where),
        image_format=_format(layers, wish),
        where=where,
    )
    picture, url = plan.picture(client or new_client(offer.asked))
    notes = [
        code
        for code, holds_true in (("inside", leads_inside(url.split("{")[0])), ("beside", is_beside))
        if holds_true
    ]
    return Checked(
        kind=offer.kind,
        address=offer.asked,
        url=url,
        layers=wish.layers,
        crs=plan.crs,
        systems=plan.systems,
        image_format=plan.image_format,
        facts=plan.facts(),
        extent=extent,
        picture=picture,
        notes=tuple(notes),
    )


@dataclass(frozen=True)
class _Plan:
    """What is asked for, once every choice is made."""

    offer: Offer
    layers: tuple[LayerOffer, ...]
    wish: Wish
    systems: tuple[str, ...]
    image_format: str
    where: Spot

    @property
    def crs(self) -> str:
        return self.wish.crs or self.systems[0]

    @property
    def grid(self) -> TileGrid | None:
        return self.layers[0].grid(self.crs)

    def facts(self) -> dict[str, Any]:
        """What is kept beside: the version of a WMS; style and grid of a WMTS."""
        if self.offer.kind is MapKind.WMS:
            return {"version": self.offer.version}
        return {"style": self.layers[0].style, "grid": asdict(self.grid) if self.grid else None}

    def picture(self, client: Client) -> tuple[bytes, str]:
        """A picture, and the address that gave it."""
        addresses = self._addresses()
        for address in addresses:
            try:
                return _picture(client, self._question(address)), address
            except CannotUse as refusal:
                if address == addresses[-1] or refusal.code not in NOT_THIS_KIND:
                    raise
        raise CannotUse("no_picture")

    def _addresses(self) -> list[str]:
        """Where to ask, the address that was entered first: behind a proxy a server often does not know its name."""
        if self.offer.kind is MapKind.WMTS:
            templates = dict(self.layers[0].templates)
            return [settled_template(templates.get(self.image_format, self.offer.address))]
        others = [settled(self.offer.other_address)] if _may_ask(self.offer.other_address) else []
        return list(dict.fromkeys((self.offer.address, *others)))

    def _question(self, address: str) -> str:
        x, y = _in_system(self.where, self.crs)
        if self.grid:
            level, tile = _tile(self.grid, x, y)
            return tile_address(
                address,
                layer=self.layers[0].name,
                style=self.layers[0].style,
                matrix_set=self.grid.matrix_set,
                matrix=self.grid.ids[level],
                tile=tile,
                image_format=self.image_format,
            )
        reach = REACH[self.crs]
        return picture_address(
            address,
            version=self.offer.version,
            layers=self.wish.layers,
            crs=self.crs,
            bounds=(x - reach, y - reach, x + reach, y + reach),
            image_format=self.image_format,
            is_transparent=self.wish.role is MapRole.OVERLAY,
            size=PICTURE_PIXELS,
        )


def settled_template(address: str) -> str:
    """A template of tiles, if browsers may ask it. Raises: CannotUse."""
    settled(address)
    return address


def _may_ask(address: str) -> bool:
    try:
        return bool(address and settled(address))
    except CannotUse:
        return False


def _layers(offer: Offer, wish: Wish) -> tuple[LayerOffer, ...]:
    """The chosen layers. Raises: CannotUse if a layer is not there, or if so many cannot be shown."""
    if not wish.layers:
        raise CannotUse("no_choice")
    if offer.kind is MapKind.WMTS and len(wish.layers) > 1:
        raise CannotUse("one_layer")
    unknown = next((name for name in wish.layers if offer.layer(name) is None), None)
    if unknown is not None:
        raise CannotUse("unknown_layer", unknown)
    return tuple(one for name in wish.layers if (one := offer.layer(name)))


def _systems(layers: tuple[LayerOffer, ...], wish: Wish, where: Spot) -> tuple[str, ...]:
    """The systems that every chosen layer offers, that of the city's surveys first."""
    own = f"EPSG:{zone_of(where[0])}"
    order = tuple(dict.fromkeys((own, "EPSG:3857", *SYSTEMS)))
    common = set(layers[0].systems).intersection(*(one.systems for one in layers))
    found = preferred(common, order)
    if not found or (wish.crs and wish.crs not in found):
        named = ", ".join(found or sorted(common)[:8]) or "–"
        raise CannotUse("crs_not_offered" if wish.crs else "no_crs", named)
    return found


def _format(layers: tuple[LayerOffer, ...], wish: Wish) -> str:
    offered = preferred(layers[0].formats, FORMATS)
    if not offered or (wish.image_format and wish.image_format not in offered):
        raise CannotUse("format_not_offered", ", ".join(offered or layers[0].formats[:8]))
    return wish.image_format or offered[0]


def _in_system(spot: Spot, crs: str) -> Spot:
    if crs == "EPSG:4326":
        return spot
    point = in_metres([Point(spot)], srid=int(crs.removeprefix("EPSG:")))[0]
    return point.x, point.y


def _tile(grid: TileGrid, x: float, y: float) -> tuple[int, tuple[int, int]]:
    """Level and tile at the point: about a kilometre wide; the first tile of all where the grid ends before it."""
    unit = 111_320.0 if max(abs(x), abs(y)) <= 180 else 1.0
    level = min(range(len(grid.ids)), key=lambda one: abs(grid.resolutions[one] * unit - TILE_RESOLUTION))
    found = tile_at(grid, x=x, y=y, level=level)
    return (level, found) if found else (0, (0, 0))


def _picture(client: Client, address: str) -> bytes:
    answer = fetched(client, address, limit=LARGEST_PICTURE)
    content, asked, given = answer.content, origin(address), origin(answer.url)
    # The policy of our pages names the server that is asked; it lets in that one, by https, too.
    if given not in (asked, asked.replace("http://", "https://", 1)):
        raise CannotUse("moved", given or answer.url[:LONGEST])
    if picture_type(content):
        return content
    if looks_like_page(content):
        raise CannotUse("html")
    refuse_exception(content)
    raise CannotUse("no_picture", content[:60].decode("utf-8", "replace").strip())
