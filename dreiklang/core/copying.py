"""Many rows at once into a table: PostgreSQL's COPY, inside the transaction at hand."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection


def copy_rows(table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Append the rows; None is NULL. Triggers, constraints and foreign keys hold as for any insert.

    Names of table and columns are quoted. Raises django.db.IntegrityError as an insert would.
    """
    names = ", ".join(connection.ops.quote_name(name) for name in columns)
    statement = f"COPY {connection.ops.quote_name(table)} ({names}) FROM STDIN"
    with (
        connection.cursor() as cursor,
        connection.wrap_database_errors,
        cursor.cursor.copy(statement) as copy,
    ):
        for row in rows:
            copy.write_row(row)
