"""What can be asked about places. Areas and levels are public."""

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.urls import reverse
from shapely.geometry.base import BaseGeometry

from dreiklang.core.errors import NotFound
from dreiklang.core.imports.draft import Lookup
from dreiklang.core.records import Hit
from dreiklang.core.search import SortKey, found_by
from dreiklang.people.rules import Viewer
from dreiklang.places.models import Area, Municipality, SpatialLevel


@dataclass(frozen=True)
class LevelRow:
    """A spatial level with how many areas it has."""

    pk: int
    version: int
    key: str
    name: str
    plural: str
    rank: int
    area_count: int = 0


@dataclass(frozen=True)
class AreaRow:
    """An area of a level."""

    pk: int
    key: str
    name: str
    level: str
    level_plural: str
    level_rank: int
    parent_id: int | None
    is_ours: bool
    url: str
    level_id: int
    level_key: str = ""

    @property
    def slug(self) -> str:
        """What stands for it in addresses."""
        return self.key or self.name


@dataclass(frozen=True)
class AreaShape:
    """An area with its geometry (EPSG:4326)."""

    pk: int
    name: str
    geometry: BaseGeometry
    is_ours: bool
    url: str
    key: str = ""
    attribution: str = ""


@dataclass(frozen=True)
class AreaPage:
    """An area with its place in the levels and where its border comes from."""

    area: AreaRow
    version: int
    parent: AreaRow | None
    children: tuple[AreaRow, ...]
    siblings: tuple[AreaRow, ...]
    attribution: str
    has_geometry: bool


@dataclass(frozen=True)
class Arms:
    """A picture with its media type."""

    content: bytes
    media_type: str


_FIELDS = (
    "pk",
    "key",
    "name",
    "level__name",
    "level__plural",
    "level__rank",
    "parent_id",
    "is_ours",
    "level_id",
    "level__key",
)


def municipality() -> Municipality:
    """The one municipality; an unsaved one with empty fields before the first hour is done."""
    return Municipality.objects.defer("arms_image").first() or Municipality(name="")


def arms() -> Arms | None:
    """The picture of the city's arms; None while there is none of its own. Public, as the name is."""
    found = Municipality.objects.exclude(arms_type="").only("arms_image", "arms_type").first()
    return Arms(bytes(found.arms_image), found.arms_type) if found and found.arms_image else None


def levels(viewer: Viewer) -> tuple[LevelRow, ...]:
    """The spatial levels from the whole city down, each with the number of its own areas."""
    found = SpatialLevel.objects.order_by("rank", "pk")
    counts: dict[int, int] = {}
    for pk in Area.objects.filter(is_ours=True).values_list("level_id", flat=True):
        counts[pk] = counts.get(pk, 0) + 1
    return tuple(
        LevelRow(one.pk, one.version, one.key, one.name, one.plural, one.rank, counts.get(one.pk, 0))
        for one in found
    )


def areas_of_level(viewer: Viewer, *, level_id: int, with_neighbours: bool = False) -> tuple[AreaRow, ...]:
    """The areas of a level by name; neighbouring towns that lie in the same list only when asked for."""
    found = Area.objects.filter(level_id=level_id)
    return _rows(found if with_neighbours else found.filter(is_ours=True))


def areas(viewer: Viewer, *, ids: Collection[int] | None = None) -> tuple[AreaRow, ...]:
    """Our areas of all levels, or those of the ids, the larger levels first, then by name."""
    return _rows(Area.objects.filter(is_ours=True) if ids is None else Area.objects.filter(pk__in=ids))


def area_page(viewer: Viewer, *, key: str) -> AreaPage | None:
    """The area of that key or, without one, of that name; None if there is none."""
    found = Area.objects.filter(Q(key=key) | Q(name=key)).order_by("level__rank", "pk")
    record = found.select_related("level").defer("geometry").first()
    if record is None:
        return None
    beside = Q(level_id=record.level_id, is_ours=True) & ~Q(pk=record.pk)
    around = _rows(Area.objects.filter(beside | Q(parent_id=record.pk) | Q(pk=record.parent_id)))
    return AreaPage(
        area=AreaRow(
            pk=record.pk,
            key=record.key,
            name=record.name,
            level=record.level.name,
            level_plural=record.level.plural,
            level_rank=record.level.rank,
            parent_id=record.parent_id,
            is_ours=record.is_ours,
            url=address(record.key, record.name),
            level_id=record.level_id,
            level_key=record.level.key,
        ),
        version=record.version,
        parent=next((one for one in around if one.pk == record.parent_id), None),
        children=tuple(one for one in around if one.parent_id == record.pk),
        siblings=tuple(one for one in around if one.is_ours and one.level_id == record.level_id),
        attribution=record.attribution,
        has_geometry=record.bounds is not None,
    )


def area_shapes(
    viewer: Viewer, *, level_id: int | None = None, ids: Collection[int] = ()
) -> tuple[AreaShape, ...]:
    """Areas with a geometry: those of a level and those of the ids; by default of the finest level."""
    asked = Q(pk__in=list(ids))
    asked |= Q(level_id=level_id) if level_id is not None else Q(level_id__in=_finest_level())
    found = Area.objects.filter(asked, geometry__isnull=False).order_by("pk")
    rows = found.values_list("pk", "key", "name", "geometry", "is_ours", "attribution")
    return tuple(
        AreaShape(pk, name, geometry, is_ours, address(key, name), key, attribution)
        for pk, key, name, geometry, is_ours, attribution in rows
    )


def area_choices(viewer: Viewer) -> list[tuple[str, list[tuple[int, str]]]]:
    """Our areas for a form, grouped by level: level → (id, name)."""
    grouped: dict[str, list[tuple[int, str]]] = {}
    for row in areas(viewer):
        grouped.setdefault(row.level_plural, []).append((row.pk, row.name))
    return list(grouped.items())


def areas_by_key_or_name(*, texts: Collection[str], level_key: str = "") -> dict[str, int]:
    """Text → id of the area with that key, or else with that name without regard to case and accents.

    Texts that fit nothing, or several areas of one level order, are left out; a finer level wins.
    """
    found = Area.objects.filter(level__key=level_key) if level_key else Area.objects.all()
    rows = found.annotate(folded=SortKey("name")).order_by("level__rank", "pk")
    by_key: dict[str, int] = {}
    by_name: dict[str, int] = {}
    for pk, key, name, folded in rows.values_list("pk", "key", "name", "folded"):
        by_name[folded] = by_name[name.casefold()] = pk
        if key:
            by_key[key] = pk
    found_ids = {text: by_key.get(text.strip(), by_name.get(text.strip().casefold())) for text in texts}
    return {text: pk for text, pk in found_ids.items() if pk is not None}


def area_names(viewer: Viewer, *, limit: int = 60) -> tuple[AreaRow, ...]:
    """Our areas of the finest level by name, for "near me"."""
    return _rows(Area.objects.filter(is_ours=True, level_id__in=_finest_level()))[:limit]


def area_count() -> int:
    """How many areas are known, neighbours included."""
    return Area.objects.count()


def attributions(viewer: Viewer) -> tuple[str, ...]:
    """Where borders come from, each source once, in alphabetical order."""
    found = Area.objects.exclude(attribution="").order_by("attribution")
    return tuple(found.values_list("attribution", flat=True).distinct())


def search(viewer: Viewer, *, text: str, limit: int = 20) -> list[Hit]:
    """Our areas whose name holds the text."""
    found = found_by(Area.objects.filter(is_ours=True), text=text, title="name", has_words=False)
    rows = found.values("key", "name", "level__name", "hit_rank")[:limit]
    return [
        Hit(
            "area",
            r["key"] or r["name"],
            r["name"],
            r["level__name"],
            address(r["key"], r["name"]),
            r["hit_rank"],
        )
        for r in rows
    ]


def address(key: str, name: str) -> str:
    """The address of an area's page."""
    return reverse("places:area", args=[key or name])


def _finest_level() -> QuerySet[Area, int]:
    """The level with the highest rank that has areas of ours, as a subquery."""
    found = Area.objects.filter(is_ours=True).order_by("-level__rank", "-level_id")
    return found.values_list("level_id", flat=True)[:1]


def _rows(records: QuerySet[Area]) -> tuple[AreaRow, ...]:
    ordered = records.order_by("level__rank", SortKey("name"), "pk").values_list(*_FIELDS)
    return tuple(
        AreaRow(
            pk, key, name, level, plural, rank, parent_id, is_ours, address(key, name), level_id, level_key
        )
        for pk, key, name, level, plural, rank, parent_id, is_ours, level_id, level_key in ordered
    )


def area_label(key: str, name: str) -> str:
    """How lists name an area: by its key, or by its name where it has none."""
    return key or name


def area_lookup() -> Lookup:
    """The areas of the finest level by key and name, for lists that name areas."""
    rows = Area.objects.filter(level_id=_finest_level()).order_by("pk").values_list("key", "name")
    return Lookup.of((area_label(key, name), name) for key, name in rows)


def area_ids(labels: Collection[str]) -> dict[str, int]:
    """Label → id of areas of the finest level."""
    rows = Area.objects.filter(level_id=_finest_level()).values_list("key", "name", "pk")
    return {label: pk for key, name, pk in rows if (label := area_label(key, name)) in labels}


def kept(viewer: Viewer, key: str) -> tuple[Area, str]:
    """The area of that key or name and the address of its page, for its history. Raises: NotFound."""
    found = Area.objects.filter(Q(key=key) | Q(name=key)).order_by("level__rank", "pk").first()
    if found is None:
        raise NotFound("area", key=key)
    return found, address(found.key, found.name)


def kept_municipality(viewer: Viewer, key: str) -> tuple[Municipality, str]:
    """The municipality and the address of its settings, for its history. Raises: NotFound before there is one."""
    found = Municipality.objects.defer("arms_image").first()
    if found is None:
        raise NotFound("municipality", key=key)
    return found, reverse("places:settings")
