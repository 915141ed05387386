"""Where measures take place: points, lines and areas from GeoJSON, matched by number."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import shapely
from django.utils import timezone
from django.utils.translation import gettext, gettext_noop
from django.utils.translation import gettext_noop as _
from shapely.geometry import MultiPolygon, Polygon

from dreiklang.core import text
from dreiklang.core.enums import Weight
from dreiklang.core.geojson import (
    GEOJSON_ENDINGS,
    GEOMETRY,
    SRID_OPTION,
    SWAP_OPTION,
    WGS84,
    read_geojson,
)
from dreiklang.core.geometry import cube_text
from dreiklang.core.imports.contract import (
    Actor,
    Candidate,
    ChangedRow,
    Importer,
    ListField,
    MappedRow,
    Options,
)
from dreiklang.core.imports.draft import Draft, Lookup
from dreiklang.core.shapes import PLACES, area_km2, shape_of
from dreiklang.core.tables import Limits, Table
from dreiklang.measures.models import Measure

KINDS = {
    "Point": gettext_noop("ein Punkt"),
    "MultiPoint": gettext_noop("mehrere Punkte"),
    "LineString": gettext_noop("eine Linie"),
    "MultiLineString": gettext_noop("mehrere Linien"),
}


class MeasurePlaces(Importer):
    """One feature a measure. Measures that the file does not name keep their place."""

    kind = "measure-places"
    title = gettext_noop("Orte der Maßnahmen")
    intro = gettext_noop(
        "Punkte, Linien und Flächen als GeoJSON. Jedes Objekt nennt die Nummer seiner Maßnahme."
    )
    sort = 110
    row_word = gettext_noop("Objekt")
    endings = GEOJSON_ENDINGS
    fields = (
        ListField(
            "number",
            _("Nummer"),
            True,
            _("Nummer oder Titel der Maßnahme"),
            "V-17",
            ("Maßnahme", "Maßnahmennummer", "Nr", "Kennung", "id"),
            is_key=True,
        ),
        ListField(GEOMETRY, _("Lage"), True, "", "", ("geometry",)),
    )
    option_fields = (SRID_OPTION, SWAP_OPTION)
    sentences: Mapping[str, str] = {
        "empty_geometry": gettext_noop("Das Objekt hat keine Geometrie. Bitte in der Quelle ergänzen."),
        "broken_geometry": gettext_noop("Die Geometrie ist beschädigt. Bitte neu exportieren."),
        "not_an_area": gettext_noop(
            "Die Geometrie mischt Punkte, Linien und Flächen. Bitte eine einzige Art je Maßnahme."
        ),
        "cannot_repair": gettext_noop(
            "Die Geometrie überschneidet sich selbst so stark, dass eine Reparatur sie verändern würde. Bitte in der Quelle berichtigen."
        ),
        "ring_repaired": gettext_noop(
            "Der Umriss überschnitt sich selbst und wurde repariert; die Fläche blieb gleich. Bitte sehen Sie die Karte an."
        ),
        "height_dropped": gettext_noop("Die Koordinaten haben eine Höhe. Sie wird nicht übernommen."),
        "coordinates_swapped": gettext_noop(
            "Länge und Breite sind vertauscht: So läge die Maßnahme außerhalb Deutschlands. Setzen Sie „Länge und Breite vertauschen“ (--swap)."
        ),
        "outside_germany": gettext_noop(
            "Die Maßnahme läge außerhalb Deutschlands. Prüfen Sie das Koordinatensystem (--srid, zum Beispiel 25832 oder 25833)."
        ),
    }

    def read(
        self, source: bytes | Path, *, file_name: str, options: Options, limits: Limits, **place: Any
    ) -> tuple[Table, Mapping[str, Any]]:
        """One row a feature. Raises: CannotRead."""
        return read_geojson(source, limits=limits, srid=str(options.special.get("srid") or ""))

    def parse(self, rows: Sequence[MappedRow], options: Options) -> Iterable[Candidate]:
        """Measures are looked up once; unknown ones are refused, never created."""
        known = Lookup.of(Measure.objects.order_by("pk").values_list("number", "title"))
        return [_candidate(Draft(row), known, options) for row in rows]

    def existing(self, keys: Sequence[str]) -> Mapping[str, Mapping[str, Any]]:
        """Places of measures by number."""
        found = Measure.objects.filter(number__in=keys).values_list("number", "geometry")
        return {number: {"number": number, GEOMETRY: _hex(geometry)} for number, geometry in found}

    def write(
        self, *, new: Sequence[Candidate], changed: Sequence[ChangedRow], by: Actor, run_id: int
    ) -> None:
        """Places that changed. There are no new records: the measures are there."""
        given = {row.candidate.key: row.after for row in changed}
        measures = list(Measure.objects.filter(number__in=given).defer("search"))
        for measure in measures:
            measure.geometry = shapely.from_wkb(given[measure.number][GEOMETRY])
            measure.bounds = cube_text(measure.geometry.bounds)
            measure.version += 1
            measure.changed_at = timezone.now()
        Measure.objects.bulk_update(measures, [GEOMETRY, "bounds", "version", "changed_at"], batch_size=500)

    def shown(self, name: str, value: Any) -> Any:
        """A place as its kind, an area with its size."""
        if name != GEOMETRY or not value:
            return value
        place = shapely.from_wkb(value)
        if isinstance(place, Polygon | MultiPolygon):
            size = Decimal(f"{area_km2(place):.2f}")
            return f"{text.number(size)} km²"
        return gettext(KINDS.get(place.geom_type, place.geom_type))


MEASURE_PLACES = MeasurePlaces()


def _candidate(draft: Draft, known: Lookup, options: Options) -> Candidate:
    number = draft.reference("number", known, code="unknown_measure") or ""
    shape = shape_of(
        draft.cell(GEOMETRY),
        srid=int(options.facts.get("srid", WGS84)),
        swap=bool(options.special.get("swap")),
        kinds=PLACES,
    )
    for code in shape.notes:
        draft.note(code, GEOMETRY, "", weight=Weight.WARNING)
    if shape.geometry is None:
        draft.note(shape.refusal, GEOMETRY, "")
    else:
        draft.set(GEOMETRY, _hex(shape.geometry))
    candidate = draft.candidate(key=number, label=number or draft.cell("number"))
    return replace(candidate, cells={name: v for name, v in candidate.cells.items() if name != GEOMETRY})


def _hex(geometry: Any) -> str | None:
    return None if geometry is None else shapely.to_wkb(geometry, hex=True)
