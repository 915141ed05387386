"""What a map service offers, what somebody chose of it, and what it gave when it was tried. Values only."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from dreiklang.places.rules.map_services import Bounds, MapKind, MapRole, TileGrid


@dataclass(frozen=True)
class LayerOffer:
    """One layer that can be shown.

    `systems` are codes as "EPSG:25833", all it names. To a WMTS belong `style`, `templates` by format and `grids` by system.
    `extent` in degrees.
    """

    name: str
    title: str
    systems: tuple[str, ...]
    formats: tuple[str, ...]
    extent: Bounds | None = None
    attribution: str = ""
    attribution_url: str = ""
    style: str = ""
    templates: tuple[tuple[str, str], ...] = ()
    grids: tuple[tuple[str, TileGrid], ...] = ()

    def grid(self, system: str) -> TileGrid | None:
        """How its tiles are cut in that system; None for a WMS."""
        return dict(self.grids).get(system)


@dataclass(frozen=True)
class Offer:
    """What a service offers to those who ask at `asked`.

    `address` is asked for pictures first, `other_address` where that fails.
    """

    asked: str
    kind: MapKind
    version: str
    title: str
    address: str
    other_address: str
    layers: tuple[LayerOffer, ...]

    def layer(self, name: str) -> LayerOffer | None:
        """The layer of that name, if there is one."""
        return next((one for one in self.layers if one.name == name), None)

    @property
    def systems(self) -> tuple[str, ...]:
        """Of any layer, each once."""
        return tuple(dict.fromkeys(system for layer in self.layers for system in layer.systems))

    @property
    def formats(self) -> tuple[str, ...]:
        """Of any layer, each once."""
        return tuple(dict.fromkeys(one for layer in self.layers for one in layer.formats))


@dataclass(frozen=True)
class Wish:
    """What somebody chose of an offer; an empty system or format leaves the choice to us."""

    role: MapRole
    layers: tuple[str, ...]
    crs: str = ""
    image_format: str = ""


@dataclass(frozen=True)
class Checked:
    """A service that gave a picture, with all that is kept of it. `notes` are codes of what to mind."""

    kind: MapKind
    address: str
    url: str
    layers: tuple[str, ...]
    crs: str
    systems: tuple[str, ...]
    image_format: str
    facts: Mapping[str, Any]
    extent: Bounds | None
    picture: bytes = field(repr=False)
    notes: tuple[str, ...] = ()
