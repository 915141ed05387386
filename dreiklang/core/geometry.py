"""Geometry in the store: WGS 84 (EPSG:4326) as WKB, with a bounding box that GiST can index.

No PostGIS: the rest is done by Shapely. `cube` and not the core type `box`, which has no
equality and so breaks the history triggers.
"""

from collections.abc import Sequence
from typing import Any

import shapely
from django.db import models
from shapely.geometry.base import BaseGeometry


class GeometryField(models.Field):  # type: ignore[type-arg]  # generic for the checker only
    """A Shapely geometry in EPSG:4326 (longitude, latitude), stored as WKB."""

    description = "Geometry"

    def db_type(self, connection: Any) -> str:
        return "bytea"

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> BaseGeometry | None:
        return None if value is None else shapely.from_wkb(bytes(value))

    def to_python(self, value: Any) -> BaseGeometry | None:
        if value is None or isinstance(value, BaseGeometry):
            return value
        if isinstance(value, str):
            return shapely.from_wkb(bytes.fromhex(value))
        return shapely.from_wkb(bytes(value))

    def get_prep_value(self, value: Any) -> bytes | None:
        return None if value is None else shapely.to_wkb(value)

    def value_to_string(self, obj: models.Model) -> str:
        value = self.value_from_object(obj)
        return "" if value is None else shapely.to_wkb(value, hex=True)


class BoundsField(models.Field):  # type: ignore[type-arg]  # as above
    """The bounding box of another field's geometry, kept in step when the row is saved."""

    description = "Bounding box"

    def __init__(self, *, of: str = "geometry", **options: Any) -> None:
        self.of = of
        options.update(null=True, editable=False)
        super().__init__(**options)

    def deconstruct(self) -> tuple[str, str, Sequence[Any], dict[str, Any]]:
        name, path, args, options = super().deconstruct()
        options["of"] = self.of
        options.pop("null", None)
        options.pop("editable", None)
        return name, path, args, options

    def db_type(self, connection: Any) -> str:
        return "cube"

    def pre_save(self, model_instance: models.Model, add: bool) -> str | None:
        geometry = getattr(model_instance, self.of, None)
        value = None if geometry is None or geometry.is_empty else cube_text(geometry.bounds)
        setattr(model_instance, self.attname, value)
        return value


@BoundsField.register_lookup
class Overlaps(models.Lookup):
    """`bounds__overlaps=(west, south, east, north)`, inclusive, by the GiST index."""

    lookup_name = "overlaps"
    operator = "&&"
    prepare_rhs = False

    def get_db_prep_lookup(self, value: Any, connection: Any) -> tuple[str, tuple[str]]:
        return "%s::cube", (cube_text(value),)

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[str | int, ...]]:
        left, left_params = self.process_lhs(compiler, connection)
        right, right_params = self.process_rhs(compiler, connection)
        return f"{left} {self.operator} {right}", (*left_params, *right_params)


@BoundsField.register_lookup
class Within(Overlaps):
    """`bounds__within=(west, south, east, north)`: no part of the box lies outside."""

    lookup_name = "within"
    operator = "<@"


class Corner(models.Func):
    """One number of a box: 1 west, 2 south of `cube_ll_coord`; 1 east, 2 north of `cube_ur_coord`."""

    output_field = models.FloatField()


def cube_text(bounds: tuple[float, float, float, float]) -> str:
    """The box as PostgreSQL's cube reads it."""
    west, south, east, north = bounds
    return f"({west!r},{south!r}),({east!r},{north!r})"
