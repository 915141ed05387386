"""What search and sorting need in the database: German word stems, trigrams, a sort key."""

from typing import Any

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.contrib.postgres.search import SearchQuery, SearchRank, SearchVector, SearchVectorField
from django.db import models
from django.db.models import Case, F, Q, Value, When
from django.db.models.functions import Coalesce


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
    whole: Any = first
    for vector in rest:
        whole = whole + vector
    return whole


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


def found_by(records: Any, *, text: str, title: str = "title", has_words: bool = True) -> Any:
    """The records that hold the text as words or as part of the title, each with its `hit_rank`.

    Verkehr finds Radverkehrskonzept (a part of the title) and Verkehre (the same stem). Order: best
    first, then by pk. `hit_rank`: 0..1 for words, plus 1 where the title itself holds the text.
    `has_words`: the model has a column `search`; otherwise only the title is looked at.
    """
    part = Q(folded__contains=SortKey(Value(text.strip())))
    in_title = Case(When(part, then=Value(1.0)), default=Value(0.0), output_field=models.FloatField())
    records = records.alias(folded=SortKey(title))
    if not has_words:
        return records.filter(part).annotate(hit_rank=in_title).order_by("-hit_rank", "pk")
    query = SearchQuery(text, config="german", search_type="websearch")
    # 32 maps any rank into 0..1.
    words = Coalesce(SearchRank(F("search"), query, normalization=32), Value(0.0))
    return (
        records.filter(Q(search=query) | part)
        .annotate(hit_rank=models.ExpressionWrapper(words + in_title, output_field=models.FloatField()))
        .order_by("-hit_rank", "pk")
    )
