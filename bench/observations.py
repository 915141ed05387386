"""A table of official statistics with 27,132 rows: the whole import against polars and one COPY into the same table."""

from __future__ import annotations

import io
import time
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import polars
from django.db import connection, transaction
from django.utils import timezone

from bench.databases import REPOSITORY, Databases
from bench.harness import Line, in_turn
from dreiklang.monitoring.imports.genesis_file import read_table
from dreiklang.monitoring.models import Breakdown, Delivery, Observation, Quantity, Region
from dreiklang.monitoring.services import deliver_table
from dreiklang.people.rules import SYSTEM

TABLE = "AI-N-01-2-5"
FILE = (
    REPOSITORY.parent / "shared" / "data" / "indicators" / "genesis" / TABLE / f"{TABLE}_tablefile_de_1.csv"
)
TODAY = date(2026, 11, 23)
MOST = 3.0
RUNS = 7
COLUMNS = (
    "quantity_id, region_id, breakdown_id, starts_on, ends_on, value, mark, meaning, words, time_code, kind,"
    " scenario, state, delivery_id"
)


class _Undone(Exception):
    """Ends a run without a trace, so that the next one finds the same database."""


def cases(databases: Databases) -> Iterator[tuple[str, Callable[[], list[Line]]]]:
    """Name and work of the case; none where the shared data are not here."""
    if FILE.is_file():
        yield "observations", lambda: _lines(databases)


def _lines(databases: Databases) -> list[Line]:
    content = FILE.read_bytes()
    with databases.copy_of(databases.template()) as copy, databases.using(copy):
        # Regions and quantities are known on both sides: what is compared is the way of the values.
        _import(content)
        ids = _ids()
        Observation.objects.all().delete()
        _execute("VACUUM ANALYZE monitoring_observation")
        pair = in_turn(
            lambda: _undone(lambda: _import(content)), lambda: _undone(lambda: _copied(ids)), runs=RUNS
        )
        _import(content)
        again = _timed(lambda: _undone(lambda: _import(content)))
    name = "observations, ffcsv of 27132 rows"
    return [
        pair.line(name, reference="polars + COPY", bound=MOST),
        Line(f"{name}, the same again", f"{again * 1000:.1f} ms", "nothing changes", 0, unit=""),
    ]


def _import(content: bytes) -> None:
    table = read_table(content, file_name=FILE.name, provider="regionalstatistik", stand=TODAY)
    deliver_table(by=SYSTEM, table=table, now=timezone.now(), today=TODAY)


def _ids() -> tuple[dict[str, int], dict[str, int], int, int]:
    return (
        dict(Quantity.objects.values_list("code", "pk")),
        dict(Region.objects.values_list("key", "pk")),
        Breakdown.objects.get().pk,
        Delivery.objects.latest("pk").pk,
    )


def _copied(ids: tuple[dict[str, int], dict[str, int], int, int]) -> None:
    """The same rows by the fastest reader there is, and one COPY with the same triggers, keys and indexes."""
    quantities, regions, breakdown, delivery = ids
    read = polars.read_csv(FILE, separator=";", infer_schema=False)
    value = polars.col("value").str.replace(",", ".", literal=True)
    rows = read.select(
        polars.col("value_variable_code").replace_strict(quantities, default=None).alias("quantity"),
        polars.col("1_variable_attribute_code").replace_strict(regions, default=None).alias("region"),
        polars.lit(breakdown).alias("breakdown"),
        polars.col("time").alias("starts_on"),
        polars.col("time").alias("ends_on"),
        value.cast(polars.Decimal(24, 8), strict=False).alias("value"),
        polars.when(value.cast(polars.Float64, strict=False).is_null())
        .then(polars.col("value"))
        .otherwise(polars.lit(""))
        .alias("mark"),
        *(polars.lit("").alias(name) for name in ("meaning", "words")),
        polars.lit("JAHR").alias("time_code"),
        polars.lit("actual").alias("kind"),
        polars.lit("").alias("scenario"),
        polars.lit("released").alias("state"),
        polars.lit(delivery).alias("delivery"),
    )
    days = [
        (name, polars.col(name) + polars.lit(end))
        for name, end in (("starts_on", "-01-01"), ("ends_on", "-12-31"))
    ]
    rows = rows.with_columns(**dict(days))
    text = io.BytesIO()
    rows.write_csv(text, include_header=False, null_value="\\N", quote_style="never", separator="\t")
    with (
        connection.cursor() as cursor,
        cursor.cursor.copy(f"COPY monitoring_observation ({COLUMNS}) FROM STDIN") as copy,
    ):
        copy.write(text.getvalue())


def _undone(work: Callable[[], Any]) -> None:
    try:
        with transaction.atomic():
            work()
            connection.check_constraints()
            raise _Undone
    except _Undone:
        pass


def _timed(work: Callable[[], Any]) -> float:
    begin = time.perf_counter()
    work()
    return time.perf_counter() - begin


def _execute(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)
