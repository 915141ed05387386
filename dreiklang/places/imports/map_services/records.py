"""What a map service says of itself, as frozen values, and why one cannot be used."""

from dataclasses import dataclass

from dreiklang.core.errors import Refused
from dreiklang.places.rules.map_services import Bounds, MapKind, TileGrid

__all__ = ["CannotUse", "LayerOffer", "Offer"]


class CannotUse(Refused):
    """The address cannot become a map service here; `value` is what the server said. Codes: see `wording`."""

    def __init__(self, code: str, value: str = "") -> None:
        super().__init__(code, value=value)
        self.value = value


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

    def layer(self, name: str) -> LayerOffer:
        """Raises: CannotUse if the service has no such layer."""
        found = next((one for one in self.layers if one.name == name), None)
        if found is None:
            raise CannotUse("unknown_layer", name)
        return found

    @property
    def systems(self) -> tuple[str, ...]:
        """Of any layer, each once."""
        return tuple(dict.fromkeys(system for layer in self.layers for system in layer.systems))

    @property
    def formats(self) -> tuple[str, ...]:
        """Of any layer, each once."""
        return tuple(dict.fromkeys(one for layer in self.layers for one in layer.formats))
