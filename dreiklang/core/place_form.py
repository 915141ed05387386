"""Where something takes place, pasted or uploaded: one point, route or area."""

from collections.abc import Mapping
from copy import copy
from typing import Any

import shapely
from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from shapely.geometry.base import BaseGeometry

from dreiklang.core.geodata.layer import GEOMETRY
from dreiklang.core.geodata.read import read_places
from dreiklang.core.imports.contract import Options
from dreiklang.core.imports.place_options import SRIDS
from dreiklang.core.imports.place_wording import PLACE_REASONS
from dreiklang.core.shapes import PLACES, WGS84, Shape, shape_of
from dreiklang.core.tables import CannotRead, Limits

LARGEST = 1024 * 1024
ENDINGS = (".geojson", ".json", ".gpkg", ".gml", ".xml")
# Why a file cannot be read, and why a geometry cannot be kept.
REFUSALS = {
    "wrong_type": _("Das ist kein GeoJSON, kein WKT und kein GML mit einem Objekt."),
    "empty": _("Darin steht kein Objekt."),
    "too_large": _("Die Datei ist größer als 1 MB. Bitte nur dieses eine Objekt."),
    "broken": _("Das ist nicht lesbar. Fehlt am Anfang oder Ende ein Stück?"),
    "unknown_crs": _("Das Koordinatensystem ist nicht bekannt. Bitte wählen Sie eines aus."),
    "metres_as_degrees": _("Die Koordinaten sind Meter. Bitte wählen Sie das Koordinatensystem aus."),
    "metres_called_degrees": _(
        "Die Koordinaten sind Meter, angegeben sind aber Grad (EPSG:4326). Bitte wählen Sie das richtige Koordinatensystem aus."
    ),
    "degrees_as_metres": _("Die Koordinaten sind Grad. Bitte wählen Sie EPSG:4326 (WGS 84)."),
    "other_crs": _(
        "Die Koordinaten passen nicht zum Koordinatensystem, aber zu %(detail)s. Bitte wählen Sie es aus."
    ),
    "empty_geometry": _("Darin steht keine Geometrie."),
    "broken_geometry": _("Die Geometrie ist beschädigt. Bitte exportieren Sie sie neu."),
    "unsupported_type": _("Die Art %(detail)s wird nicht gelesen. Bitte als Polygon, Linie oder Punkt."),
    "linked_geometry": _("Die Geometrie steht nur als Verweis da. Bitte exportieren Sie sie mit dem Objekt."),
    "not_an_area": _("Bitte nur Punkte, nur Linien oder nur Flächen."),
    "cannot_repair": _("Der Umriss überschneidet sich selbst. Bitte berichtigen Sie ihn in der Quelle."),
    "too_many_points": _("Der Umriss hat zu viele Punkte (%(detail)s). Bitte vereinfachen Sie ihn."),
    "coordinates_swapped": _("Länge und Breite sind vertauscht. Zuerst steht die Länge, dann die Breite."),
    "outside_germany": _(
        "Das läge außerhalb Deutschlands. Stimmt das Koordinatensystem? Länge zuerst, dann Breite."
    ),
}
# How GeoJSON of a whole object begins; a geometry alone is GeoJSON too, and what people copy from a map.
_WHOLE = ('"Feature"', '"FeatureCollection"')


class PlaceForm(forms.Form):
    """The place on the map. Empty fields leave it as it is."""

    place_file = forms.FileField(
        label=_("Lage aus einer Datei"),
        required=False,
        help_text=_("GeoJSON, GeoPackage oder GML mit einem Objekt"),
    )
    place_text = forms.CharField(
        label=_("oder hier einfügen"),
        required=False,
        max_length=LARGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_(
            "Ein Punkt, eine Strecke oder eine Fläche als GeoJSON oder WKT. Leer bleibt die Lage, wie sie ist."
        ),
    )
    place_srid = forms.ChoiceField(label=_("Koordinatensystem"), required=False, choices=SRIDS)
    place_removed = forms.BooleanField(label=_("Lage von der Karte nehmen"), required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.place: BaseGeometry | None = None
        self.fields["place_file"].widget.attrs["accept"] = ",".join(ENDINGS)

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        file, pasted = said.get("place_file"), said.get("place_text", "").strip()
        if file is not None and file.size > LARGEST:
            self.add_error("place_file", REFUSALS["too_large"])
        elif file is not None:
            self._read(file.read(), "place_file", said, file_name=file.name or "")
        elif pasted:
            self._read(pasted.encode(), "place_text", said)
        if said.get("place_removed") and self.place is not None:
            self.add_error("place_removed", _("Neue Lage eintragen oder Lage entfernen: bitte nur eines."))
        return said

    def place_columns(self) -> dict[str, Any]:
        """The column to change; none if the place stays."""
        if self.cleaned_data.get("place_removed"):
            return {GEOMETRY: None}
        return {} if self.place is None else {GEOMETRY: self.place}

    def place_after(self) -> BaseGeometry | None:
        """The place once this is saved."""
        return self.place_columns().get(GEOMETRY, self.initial.get(GEOMETRY))

    def with_place_in_words(self, words: dict[str, str], values: Mapping[str, Any]) -> dict[str, str]:
        """The words of a clash with the place as one line instead of those of its fields."""
        for name in PlaceForm.base_fields:
            words.pop(str(self.fields[name].label), None)
        place = values.get(GEOMETRY, self.place_after())
        shown = "" if place is None else shapely.to_wkt(place, rounding_precision=4)[:120]
        return words | {str(_("Lage auf der Karte")): shown}

    def _read(self, source: bytes, field: str, said: dict[str, Any], *, file_name: str = "") -> None:
        try:
            self.place = place_of(source, srid=said.get("place_srid", ""), file_name=file_name)
        except CannotRead as refusal:
            self.add_error(field, refusal_words(refusal))
        except CannotPlace as refusal:
            self.add_error(field, refusal.words)
        else:
            # A browser forgets a chosen file; if the page comes back, the place stands in the text.
            entries: Any = copy(self.data)
            entries[self.add_prefix("place_text")] = shapely.to_geojson(self.place)
            entries[self.add_prefix("place_srid")] = ""
            self.data = entries


class CannotPlace(Exception):
    """What was given is no place; `words` say why."""

    def __init__(self, words: Any) -> None:
        super().__init__(str(words))
        self.words = words


def place_of(source: bytes, *, srid: str = "", file_name: str = "") -> BaseGeometry:
    """The one geometry of a file or of a pasted text, in EPSG:4326, valid and inside Germany.

    Raises: CannotRead; CannotPlace for several objects or a geometry that cannot be kept.
    """
    shape = _shape(source, srid, file_name)
    if shape.geometry is None:
        raise CannotPlace(REFUSALS[shape.refusal] % {"detail": shape.detail})
    return shape.geometry


def _shape(source: bytes, srid: str, file_name: str) -> Shape:
    is_text = not file_name or file_name.lower().endswith((".geojson", ".json"))
    text = source.decode("utf-8", errors="replace") if is_text else ""
    if is_text and not any(one in text for one in _WHOLE):
        return shape_of(text, srid=int(srid or WGS84), overrules=bool(srid), kinds=PLACES)
    options = Options(special={"srid": srid})
    name = file_name or "eingabe.geojson"
    table, facts = read_places(source, file_name=name, options=options, limits=Limits(size=LARGEST))
    if GEOMETRY not in table.columns:
        raise CannotRead("wrong_type")
    if len(table.rows) > 1:
        raise CannotPlace(
            _("Darin stehen %(count)d Objekte. Bitte geben Sie eines an.") % {"count": len(table.rows)}
        )
    value = table.rows[0].cells[GEOMETRY].value
    return shape_of(
        str(value or ""),
        srid=int(facts["srid"]),
        overrules=bool(srid),
        is_said=facts["crs_from"] == "file",
        may_turn=bool(facts.get("may_turn")),
        kinds=PLACES,
    )


def refusal_words(refusal: CannotRead) -> str:
    """Why a text or file is no place, in words."""
    known = PLACE_REASONS.get(f"{refusal.code}/{refusal.detail}")
    if known and "%" not in known:
        return gettext(known)
    return str(REFUSALS.get(refusal.code, REFUSALS["broken"]) % {"detail": refusal.detail})
