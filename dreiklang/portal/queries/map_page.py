"""What the map's page says in words: sums, the years, and the records that have no place on the map."""

from collections.abc import Sequence
from dataclasses import dataclass

from dreiklang.people.rules import Viewer
from dreiklang.places.rules.placed import LineWish, Placed, Placing
from dreiklang.portal.queries.map import Layer, MapWish
from dreiklang.portal.rules import MapSums, YearBar, sums, year_bars

# Longer lists are read in the table.
MOST_LISTED = 200


@dataclass(frozen=True)
class LayerSums:
    """A layer that is on: its sums, and what of it is not on the map, those with districts first."""

    layer: Layer
    sums: MapSums
    in_areas: tuple[Placed, ...]
    nowhere: tuple[Placed, ...]
    undated: tuple[Placed, ...]


@dataclass(frozen=True)
class MapWords:
    """The sums of each counted layer that is on, and the years of the first of them."""

    layers: tuple[LayerSums, ...]
    years: tuple[YearBar, ...]

    def sums_of(self, layer: Layer) -> LayerSums | None:
        """The sums of a layer, None where it is off or not counted."""
        return next((one for one in self.layers if one.layer is layer), None)


def map_words(viewer: Viewer, wish: MapWish, *, layers: Sequence[Layer]) -> MapWords:
    """Everything that is said beside the picture. Two statements a layer, one more for undated ones in a year."""
    found: list[LayerSums] = []
    years: tuple[YearBar, ...] = ()
    for layer in layers:
        if layer.counts is None:
            continue
        counts = layer.counts(viewer, wish)
        years = years or year_bars(counts, this_year=wish.today.year)
        total = sums(counts, year=wish.year)
        found.append(
            LayerSums(
                layer=layer,
                sums=total,
                in_areas=_listed(viewer, wish, layer, placing=Placing.AREAS) if total.in_areas else (),
                nowhere=_listed(viewer, wish, layer, placing=Placing.NONE) if total.nowhere else (),
                undated=_undated(viewer, wish, layer) if total.without_period and wish.year else (),
            )
        )
    return MapWords(tuple(found), years)


def _listed(viewer: Viewer, wish: MapWish, layer: Layer, *, placing: Placing) -> tuple[Placed, ...]:
    return tuple(layer.lines(viewer, wish, LineWish(placing=placing, limit=MOST_LISTED)))


def _undated(viewer: Viewer, wish: MapWish, layer: Layer) -> tuple[Placed, ...]:
    return tuple(layer.lines(viewer, wish, LineWish(without_period=True, limit=MOST_LISTED)))
