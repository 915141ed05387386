"""Districts and other areas, from files with geometries or from a plain list, matched by key or by name.

Areas of the neighbours can be marked as not ours; nothing is deleted.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from django.utils.text import slugify
from django.utils.translation import gettext_noop as _

from dreiklang.core.geodata.read import PLACE_ENDINGS, read_places
from dreiklang.core.imports.contract import (
    Actor,
    Candidate,
    ChangedRow,
    Importer,
    ListField,
    MappedRow,
    OptionField,
    Options,
)
from dreiklang.core.imports.draft import Draft
from dreiklang.core.imports.mapping import as_text
from dreiklang.core.imports.place_options import SRID_OPTION, SWAP_OPTION
from dreiklang.core.imports.placing import PLACE_ALIASES, read_place, shown_place, without_place
from dreiklang.core.shapes import AREAS
from dreiklang.core.tables import Limits, Table
from dreiklang.places.imports.area_records import (
    DEFAULT_LEVEL,
    LEVEL_NAME,
    LEVEL_PLURAL,
    LEVEL_RANK,
    apply,
    level_of_list,
    new_area,
    stored_values,
)
from dreiklang.places.models import Area, SpatialLevel

KEY_LENGTH = 40
NAME_LENGTH = 160


@dataclass(frozen=True)
class Known:
    """The areas of the level: their keys, and by name (without case) the key and the name as stored."""

    level: str
    keys: frozenset[str]
    names: Mapping[str, tuple[str, str]]


class Districts(Importer):
    """Areas of one level. The level is made if it is not there yet."""

    kind = "districts"
    title = _("Stadtteile und Gebiete")
    intro = _("Die Gebiete der Stadt mit ihren Grenzen, am besten als GeoJSON oder GeoPackage.")
    sort = 30
    row_word = _("Gebiet")
    endings = PLACE_ENDINGS
    reads_services = True
    fields = (
        ListField(
            "key",
            _("Schlüssel"),
            False,
            _("Text; führende Nullen gehören dazu"),
            "01",
            ("schluessel", "Nummer", "Nr", "kennung", "stadtteilnummer", "id"),
            is_key=True,
        ),
        ListField(
            "name",
            _("Name"),
            True,
            "",
            "Altstadt",
            ("stadtteil", "bezeichnung", "gebiet", "stadtteilname"),
            is_key=True,
        ),
        ListField("geometry", _("Fläche"), False, _("GeoJSON oder WKT"), "", PLACE_ALIASES),
        ListField("is_ours", _("Gehört zur Stadt"), False, _("ja oder nein"), "ja"),
    )
    option_fields = (
        OptionField(
            "level",
            _("Ebene"),
            _("Zum Beispiel Stadtteile. Leer: die feinste Ebene, sonst „Stadtteile“."),
        ),
        OptionField(
            "level_name",
            _("Ein Gebiet der Ebene heißt"),
            _("Zum Beispiel Stadtteil. Nur für eine neue Ebene."),
        ),
        OptionField(
            "level_rank",
            _("Reihenfolge der Ebene"),
            _("1 für große Gebiete, 2 für Stadtteile, größer für feinere. Nur für eine neue Ebene."),
        ),
        SRID_OPTION,
        SWAP_OPTION,
        OptionField(
            "key_width",
            _("Schlüssel mit Nullen auffüllen auf … Stellen"),
            _("Mit 2 wird aus der Zahl 1 der Schlüssel 01."),
        ),
        OptionField(
            "attribution",
            _("Quellenangabe"),
            _("Steht bei der Karte, zum Beispiel © OpenStreetMap-Mitwirkende, ODbL."),
        ),
        OptionField(
            "not_ours",
            _("Gehört nicht zur Stadt"),
            _("Nachbarorte, die in der Datei stehen."),
            ticks_rows=True,
        ),
    )
    sentences = {
        "empty_geometry": _("Das Gebiet hat keine Fläche. Ergänzen Sie die Geometrie in der Datei."),
        "broken_geometry": _(
            "Die Geometrie ist beschädigt. Exportieren Sie das Gebiet neu aus dem Geoinformationssystem."
        ),
        "not_an_area": _(
            "Das ist keine Fläche, sondern ein Punkt oder eine Linie. Erwartet wird Polygon oder MultiPolygon."
        ),
        "cannot_repair": _(
            "Die Grenze überschneidet sich selbst so stark, dass eine Reparatur die Fläche verändern würde. Bitte in der Quelle berichtigen."
        ),
        "ring_repaired": _(
            "Die Grenze überschnitt sich selbst und wurde repariert; die Fläche blieb gleich. Bitte sehen Sie die Karte an."
        ),
        "height_dropped": _("Die Koordinaten haben eine Höhe. Sie wird nicht übernommen."),
        "coordinates_swapped": _(
            "Länge und Breite sind vertauscht: So läge das Gebiet außerhalb Deutschlands. Setzen Sie „Länge und Breite vertauschen“ (--swap)."
        ),
        "outside_germany": _(
            "Das Gebiet läge außerhalb Deutschlands. Prüfen Sie das Koordinatensystem (--srid, zum Beispiel 25832 oder 25833)."
        ),
        "name_has_other_key": _(
            "Ein Gebiet dieses Namens gibt es schon, mit dem Schlüssel %(value)s. Führende Nullen gehören zum Schlüssel; „auffüllen auf … Stellen“ (--key-width) ergänzt sie."
        ),
    }

    def read(
        self, source: bytes | Path, *, file_name: str, options: Options, limits: Limits, **place: Any
    ) -> tuple[Table, Mapping[str, Any]]:
        """One row a feature or a line of the list. Raises: CannotRead."""
        return read_places(source, file_name=file_name, options=options, limits=limits, **place)

    def parse(self, rows: Sequence[MappedRow], options: Options) -> Iterable[Candidate]:
        """Matched by key first, then by name, within the level."""
        known = _known(options)
        not_ours = {_plain(name) for name in _names(options.special.get("not_ours"))}
        return [_candidate(Draft(row), known, options, not_ours) for row in rows]

    def existing(self, keys: Sequence[str]) -> Mapping[str, Mapping[str, Any]]:
        """Areas by "level/key", or "level/name" where they have no key."""
        levels = {_level_of(key) for key in keys}
        areas = Area.objects.filter(level__key__in=levels).select_related("level").order_by("pk")
        found = {f"{area.level.key}/{area.key or area.name}": stored_values(area) for area in areas}
        return {key: found[key] for key in keys if key in found}

    def write(
        self, *, new: Sequence[Candidate], changed: Sequence[ChangedRow], by: Actor, run_id: int
    ) -> None:
        """The level first, then its areas."""
        words = {_level_of(one.key): one.cells for one in new}
        levels = {key: level_of_list(key, cells) for key, cells in words.items()}
        Area.objects.bulk_create(new_area(one, levels[_level_of(one.key)]) for one in new)
        places = {_level_of(row.candidate.key) for row in changed}
        areas = Area.objects.filter(level__key__in=places).select_related("level")
        stored = {f"{area.level.key}/{area.key or area.name}": area for area in areas}
        for row in changed:
            apply(stored[row.candidate.key], {one.field: one.after for one in row.differences})
        Area.objects.bulk_update(
            [stored[row.candidate.key] for row in changed],
            ["key", "name", "geometry", "bounds", "is_ours", "attribution", "note", "version", "changed_at"],
        )

    def shown(self, name: str, value: Any) -> Any:
        """A border as its area."""
        return shown_place(value) if name == "geometry" else value


DISTRICTS = Districts()


def _known(options: Options) -> Known:
    level = _level_key(str(options.special.get("level") or ""))
    areas = Area.objects.filter(level__key=level).order_by("pk").values_list("key", "name")
    return Known(
        level,
        frozenset(key for key, _ in areas if key),
        {_plain(name): (key, name) for key, name in areas},
    )


def _level_key(given: str) -> str:
    """The key of the level meant: by key, name or plural; without one the finest level there is."""
    levels = list(SpatialLevel.objects.order_by("rank", "pk").values_list("key", "name", "plural", "rank"))
    if not given:
        below = [key for key, _, _, rank in levels if rank > 0]
        return below[-1] if below else DEFAULT_LEVEL[0]
    match = next((row[0] for row in levels if _plain(given) in map(_plain, row[:3])), None)
    return match or slugify(given)[:KEY_LENGTH] or DEFAULT_LEVEL[0]


def _candidate(draft: Draft, known: Known, options: Options, not_ours: set[str]) -> Candidate:
    key = _read_key(draft, options)
    name = draft.text("name", longest=NAME_LENGTH)
    matched = _matched(draft, key, name, known)
    read_place(draft, "geometry", options, kinds=AREAS)
    draft.flag("is_ours")
    if _plain(name) in not_ours:
        draft.set("is_ours", False)
    if attribution := options.special.get("attribution"):
        draft.set("attribution", str(attribution))
    draft.keep_rest("note")
    candidate = draft.candidate(key=f"{known.level}/{matched}" if matched else "", label=name or key)
    plain = without_place(candidate, "geometry")
    return replace(plain, cells={**plain.cells, **_level_words(options)})


def _level_words(options: Options) -> dict[str, str]:
    name = options.special.get("level_name") or options.special.get("level") or ""
    plural = options.special.get("level") or name
    return {
        LEVEL_NAME: str(name),
        LEVEL_PLURAL: str(plural),
        LEVEL_RANK: str(options.special.get("level_rank") or ""),
    }


def _read_key(draft: Draft, options: Options) -> str:
    """Text with its leading zeros; a number is filled up only if the user said so."""
    if not draft.has("key"):
        return ""
    key = as_text(draft.row.cells["key"])
    width = str(options.special.get("key_width") or "")
    if key.isdigit() and width.isdigit():
        key = key.zfill(int(width))
    if len(key) > KEY_LENGTH:
        draft.note("too_long", "key")
    draft.set("key", key)
    return key


def _matched(draft: Draft, key: str, name: str, known: Known) -> str:
    """How the area is called in the store: its key, or its name while it has none."""
    if key and key in known.keys:
        return key
    stored_key, stored_name = known.names.get(_plain(name), ("", ""))
    if key and stored_key:
        draft.note("name_has_other_key", "key", stored_key)
    return stored_key or stored_name or key or name


def _names(given: Any) -> list[str]:
    if isinstance(given, str):
        return [one.strip() for one in given.replace("|", ",").split(",") if one.strip()]
    return [str(one) for one in given or ()]


def _level_of(key: str) -> str:
    return key.partition("/")[0]


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold()
