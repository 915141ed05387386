"""Where concepts and plans have their focus: geometries from files of all kinds, matched by number."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from django.utils.translation import gettext_noop as _

from dreiklang.concepts.imports.plan_records import update
from dreiklang.concepts.models import Concept
from dreiklang.core.geodata.layer import GEOMETRY
from dreiklang.core.geodata.read import PLACE_ENDINGS, read_places
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
from dreiklang.people.rules import SYSTEM
from dreiklang.places.queries.features import area_extent


class ConceptPlaces(Importer):
    """One feature a concept. Concepts that the file does not name keep their focus."""

    kind = "concept-places"
    title = _("Räumliche Schwerpunkte von Konzepten und Plänen")
    intro = _(
        "Flächen, Linien und Punkte aus GeoJSON, GeoPackage, GML oder einer Liste mit WKT. Jedes Objekt nennt die Nummer seines Konzepts."
    )
    sort = 96
    row_word = _("Objekt")
    endings = PLACE_ENDINGS
    reads_services = True
    fields = (
        ListField(
            "number",
            _("Nummer"),
            True,
            _("Nummer oder Titel des Konzepts"),
            "FK-07",
            ("Konzept", "Konzeptnummer", "Nr", "Kennung", "id"),
            is_key=True,
        ),
        ListField(GEOMETRY, _("Räumlicher Schwerpunkt"), True, _("GeoJSON oder WKT"), "", PLACE_ALIASES),
    )
    option_fields = (SRID_OPTION, SWAP_OPTION)

    def read(
        self, source: bytes | Path, *, file_name: str, options: Options, limits: Limits, **place: Any
    ) -> tuple[Table, Mapping[str, Any]]:
        """One row a feature. Raises: CannotRead."""
        return read_places(source, file_name=file_name, options=options, limits=limits, **place)

    def parse(self, rows: Sequence[MappedRow], options: Options) -> Iterable[Candidate]:
        """Concepts are looked up once; unknown ones are refused, never created."""
        known = Lookup.of(Concept.objects.order_by("pk").values_list("number", "title"))
        around = area_extent(SYSTEM).bounds
        return [_candidate(Draft(row), known, options, around) for row in rows]

    def existing(self, keys: Sequence[str]) -> Mapping[str, Mapping[str, Any]]:
        """Focuses of concepts by number."""
        found = Concept.objects.filter(number__in=keys).values_list("number", GEOMETRY)
        return {number: {"number": number, GEOMETRY: place_hex(geometry)} for number, geometry in found}

    def write(
        self, *, new: Sequence[Candidate], changed: Sequence[ChangedRow], by: Actor, run_id: int
    ) -> None:
        """Focuses that changed. There are no new records: the concepts are there."""
        update({row.candidate.key: row.after for row in changed})

    def shown(self, name: str, value: Any) -> Any:
        """A focus as its kind, an area with its size."""
        return shown_place(value) if name == GEOMETRY else value


CONCEPT_PLACES = ConceptPlaces()


def _candidate(draft: Draft, known: Lookup, options: Options, around: Box | None) -> Candidate:
    number = draft.reference("number", known, code="unknown_concept") or ""
    read_place(draft, GEOMETRY, options, around=around)
    return without_place(draft.candidate(key=number, label=number or draft.cell("number")), GEOMETRY)
