"""Where a measure takes place, as GeoJSON pasted or uploaded: one point, route or area."""

import json
from copy import copy
from typing import Any

import shapely
from django import forms
from django.utils.translation import gettext_lazy as _
from shapely.geometry.base import BaseGeometry

from dreiklang.core.geojson import GEOMETRY, SRIDS, read_geojson
from dreiklang.core.shapes import PLACES, shape_of
from dreiklang.core.tables import CannotRead, Limits
from dreiklang.measures.forms.reports import long_text

LARGEST = 1024 * 1024
# Why a text cannot be read, and why a geometry cannot be kept.
REFUSALS = {
    "wrong_type": _("Das ist kein GeoJSON mit einem Objekt."),
    "empty": _("Darin steht kein Objekt."),
    "too_large": _("Die Datei ist größer als 1 MB. Bitte nur dieses eine Objekt."),
    "broken": _("Das ist kein lesbares GeoJSON. Fehlt am Anfang oder Ende ein Stück?"),
    "unknown_crs": _("Das Koordinatensystem ist nicht bekannt. Bitte wählen Sie eines aus."),
    "metres_as_degrees": _("Die Koordinaten sind Meter. Bitte wählen Sie das Koordinatensystem aus."),
    "degrees_as_metres": _("Die Koordinaten sind Grad. Bitte wählen Sie EPSG:4326 (WGS 84)."),
    "empty_geometry": _("Darin steht keine Geometrie."),
    "broken_geometry": _("Die Geometrie ist beschädigt. Bitte exportieren Sie sie neu."),
    "not_an_area": _("Bitte nur Punkte, nur Linien oder nur Flächen."),
    "cannot_repair": _("Der Umriss überschneidet sich selbst. Bitte berichtigen Sie ihn in der Quelle."),
    "coordinates_swapped": _("Länge und Breite sind vertauscht. In GeoJSON steht zuerst die Länge."),
    "outside_germany": _(
        "Das läge außerhalb Deutschlands. Stimmt das Koordinatensystem? Länge zuerst, dann Breite."
    ),
}
# A geometry alone is GeoJSON too, and what people copy from a map.
_BARE = frozenset({"Point", "MultiPoint", "LineString", "MultiLineString", "Polygon", "MultiPolygon"})


class PlaceForm(forms.Form):
    """The place on the map. Empty fields leave it as it is."""

    place_file = forms.FileField(label=_("Lage aus einer Datei (GeoJSON)"), required=False)
    place_text = forms.CharField(
        label=_("oder hier einfügen"),
        required=False,
        max_length=LARGEST,
        widget=long_text(3),
        help_text=_(
            "Ein Punkt, eine Strecke oder eine Fläche als GeoJSON. Leer bleibt die Lage, wie sie ist."
        ),
    )
    place_srid = forms.ChoiceField(label=_("Koordinatensystem"), required=False, choices=SRIDS)
    place_removed = forms.BooleanField(label=_("Lage von der Karte nehmen"), required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.place: BaseGeometry | None = None
        self.fields["place_file"].widget.attrs["accept"] = ".geojson,.json"

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        file, pasted = said.get("place_file"), said.get("place_text", "").strip()
        if file is not None and file.size > LARGEST:
            self.add_error("place_file", REFUSALS["too_large"])
        elif file is not None:
            self._read(file.read(), "place_file", said)
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

    def _read(self, source: bytes, field: str, said: dict[str, Any]) -> None:
        try:
            self.place = place_of(source, srid=said.get("place_srid", ""))
        except CannotRead as refusal:
            self.add_error(field, REFUSALS.get(refusal.code, REFUSALS["broken"]))
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


def place_of(source: bytes, *, srid: str = "") -> BaseGeometry:
    """The one geometry of a GeoJSON text, in EPSG:4326, valid and inside Germany.

    Raises: CannotRead; CannotPlace for several objects or a geometry that cannot be kept.
    """
    table, facts = read_geojson(_wrapped(source), limits=Limits(size=LARGEST), srid=srid)
    if len(table.rows) > 1:
        raise CannotPlace(
            _("Darin stehen %(count)d Objekte. Bitte geben Sie eines an.") % {"count": len(table.rows)}
        )
    value = table.rows[0].cells[GEOMETRY].value
    shape = shape_of(str(value or ""), srid=int(facts["srid"]), kinds=PLACES)
    if shape.geometry is None:
        raise CannotPlace(REFUSALS[shape.refusal])
    return shape.geometry


def _wrapped(source: bytes) -> bytes:
    """A bare geometry as a feature; everything else as it is."""
    try:
        content = json.loads(source)
    except (ValueError, RecursionError):
        return source
    if not isinstance(content, dict) or content.get("type") not in _BARE:
        return source
    feature = {"type": "Feature", "properties": {}, "geometry": content, "crs": content.pop("crs", None)}
    return json.dumps(feature).encode()
