"""What search and sorting need in the database: German word stems, trigrams, a sort key."""

from typing import Any

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models


class SortKey(models.Func):
    """Letters without accents in lower case, so that Äpfel stands beside Apfel on every server.

    `sort_key` is our own IMMUTABLE function (first migration of core): unaccent(lower(x)) itself
    may not be indexed.
    """

    function = "sort_key"
    output_field = models.TextField()


def german(*weighted: tuple[str, str]) -> Any:
    """A search vector over (field, weight A–D) with German stems."""
    first, *rest = [SearchVector(name, weight=weight, config="german") for name, weight in weighted]
    for vector in rest:
        first = first + vector
    return first


def search_column(*weighted: tuple[str, str]) -> models.GeneratedField:
    """The generated column `search`: never written by us, always in step with the text."""
    return models.GeneratedField(
        expression=german(*weighted), output_field=SearchVectorField(), db_persist=True
    )


def search_indexes(prefix: str, *, title: str = "title") -> list[models.Index]:
    """Indexes for words, for parts of words (Verkehr in Radverkehrskonzept) and for sorting."""
    return [
        GinIndex(fields=["search"], name=f"{prefix}_words"),
        GinIndex(OpClass(SortKey(title), name="gin_trgm_ops"), name=f"{prefix}_parts"),
        models.Index(SortKey(title), name=f"{prefix}_sorted"),
    ]
