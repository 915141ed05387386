"""Linked rows as a column of their record: a page asks once instead of once for each kind of link."""

from collections.abc import Mapping
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, QuerySet
from django.db.models.functions import JSONObject


def array_of(rows: QuerySet[Any], *, fields: Mapping[str, str]) -> ArraySubquery:
    """The rows, in their order, as objects of these fields: name inside → path from the row.

    Days and instants arrive as text in ISO 8601.
    """
    return ArraySubquery(rows.values(json=JSONObject(**{name: F(path) for name, path in fields.items()})))
