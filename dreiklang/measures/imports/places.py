"""Where measures take place: points, lines and areas from files of all kinds, matched by number."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import shapely
from django.utils import timezone
from django.utils.translation import gettext_noop
from django.utils.translation import gettext_noop as _

from dreiklang.core.geodata.layer import GEOMETRY
from dreiklang.core.geodata.read import PLACE_ENDINGS, read_places
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
from dreiklang.core.imports.place_options import SRID_OPTION, SWAP_OPTION
from dreiklang.core.imports.placing import (
    PLACE_ALIASES,
    Box,
    place_hex,
    read_place,
    shown_place,
    without_place,
)
from dreiklang.core.tables import Limits, Table
from dreiklang.measures.models import Measure
from dreiklang.people.rules import SYSTEM
from dreiklang.places.queries.features import area_extent


class MeasurePlaces(Importer):
    """One feature a measure. Measures that the file does not name keep their place."""

    kind = "measure-places"
    title = gettext_noop("Orte der Maßnahmen")
    intro = gettext_noop(
        "Punkte, Linien und Flächen aus GeoJSON, GeoPackage, GML oder einer Liste mit WKT. Jedes Objekt nennt die Nummer seiner Maßnahme."
    )
    sort = 110
    row_word = gettext_noop("Objekt")
    endings = PLACE_ENDINGS
    reads_services = True
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
        ListField(GEOMETRY, _("Lage"), True, _("GeoJSON oder WKT"), "", PLACE_ALIASES),
    )
    option_fields = (SRID_OPTION, SWAP_OPTION)
    sentences: Mapping[str, str] = {
        "not_an_area": gettext_noop(
            "Die Geometrie mischt Punkte, Linien und Flächen. Bitte eine einzige Art je Maßnahme."
        ),
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
        return read_places(source, file_name=file_name, options=options, limits=limits, **place)

    def parse(self, rows: Sequence[MappedRow], options: Options) -> Iterable[Candidate]:
        """Measures are looked up once; unknown ones are refused, never created."""
        known = Lookup.of(Measure.objects.order_by("pk").values_list("number", "title"))
        around = area_extent(SYSTEM).bounds
        return [_candidate(Draft(row), known, options, around) for row in rows]

    def existing(self, keys: Sequence[str]) -> Mapping[str, Mapping[str, Any]]:
        """Places of measures by number."""
        found = Measure.objects.filter(number__in=keys).values_list("number", "geometry")
        return {number: {"number": number, GEOMETRY: place_hex(geometry)} for number, geometry in found}

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
        return shown_place(value) if name == GEOMETRY else value


MEASURE_PLACES = MeasurePlaces()


def _candidate(draft: Draft, known: Lookup, options: Options, around: Box | None) -> Candidate:
    number = draft.reference("number", known, code="unknown_measure") or ""
    read_place(draft, GEOMETRY, options, around=around)
    return without_place(draft.candidate(key=number, label=number or draft.cell("number")), GEOMETRY)
