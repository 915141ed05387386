"""A GENESIS table from a file (ffcsv): bytes become a table whose rows are read, or a refusal that says why."""

import re
from collections.abc import Iterable, Sequence
from datetime import date
from itertools import islice
from pathlib import Path

from dreiklang.core.tables import CannotRead
from dreiklang.core.tables.delimited import decoded
from dreiklang.monitoring.rules.ffcsv import rows
from dreiklang.monitoring.rules.ffcsv_layout import layout, records
from dreiklang.monitoring.rules.ffcsv_parts import BadRow, FfcsvRow
from dreiklang.monitoring.rules.genesis_answers import refusal_of
from dreiklang.monitoring.rules.marks import legend_on
from dreiklang.monitoring.rules.shipped import marks, regional_variables
from dreiklang.monitoring.rules.values import Refused
from dreiklang.monitoring.services.delivering import Table

# "12411-01-01-4_tablefile_de_1.csv", "12411-01-01-4_flat.csv": the name of the table comes first.
LONGEST_TABLE = 80
_TABLE = re.compile(r"([0-9A-Z]{2,}(?:-[0-9A-Z]+)+)(?:[_.]|$)")
# What letters of UTF-8 look like where the whole file is not in it.
_MISREAD = re.compile("Ã[\u0080-\u00bf„–œŸ]")
# Tables are numbered under their statistic; "AI-N-01-2-5" is a name of its own and says nothing of one.
_STATISTIC = re.compile(r"\d{5}(?=-|$)")


class CannotDeliver(Exception):
    """The file as a whole is no table that can be kept; `refused` has the code and the words in question."""

    def __init__(self, refused: Refused) -> None:
        super().__init__(f"{refused.code}: {refused.words}" if refused.words else refused.code)
        self.refused = refused


def read_table(
    content: bytes, *, file_name: str, provider: str, stand: date, code: str = "", state_words: str = ""
) -> Table:
    """The table in a file.

    provider  "destatis", "regionalstatistik", "zensus": its legend says what the signs mean
    stand     the day the table is of; signs are read by the legend of that day
    code      the name of the table; else the one with which the file's name begins

    Raises: CannotDeliver with `no_table_code`, `unknown_provider`, `broken_text`, `html_page`, `service_answer`,
    `empty`, `not_ffcsv`, `only_heads`, `other_table` where no row is of the statistic that the name begins with.
    """
    known = {mark.provider for mark in marks()}
    if provider not in known:
        raise CannotDeliver(Refused("unknown_provider", provider, ", ".join(sorted(known))))
    named = _TABLE.match(Path(file_name).name)
    code = code or (named[1] if named else "")
    if not code or len(code) > LONGEST_TABLE:
        raise CannotDeliver(Refused("no_table_code", file_name[:LONGEST_TABLE]))
    text, encoding = _decoded(content)
    head, *lines = records(text)
    form = layout(head)
    if isinstance(form, Refused):
        raise CannotDeliver(form)
    if not lines:
        raise CannotDeliver(Refused("only_heads", code))
    found = list(
        rows(
            lines,
            form,
            legend=legend_on(marks(), provider=provider, on=stand),
            variables=regional_variables(),
            is_complete=text.endswith("\n"),
        )
    )
    if other := _other_statistic(found, code):
        raise CannotDeliver(Refused("other_table", other))
    return Table(
        provider=provider,
        code=code,
        title=_title(found),
        file_name=file_name,
        content=content,
        rows=found,
        state_words=state_words,
        facts={"encoding": encoding, "delimiter": ";", "notes": []},
    )


def _decoded(content: bytes) -> tuple[str, str]:
    """The text and its encoding: today UTF-8, before 2025 also ISO-8859-1. Pieces of the one in the other are damage."""
    try:
        text, encoding = content.decode("utf-8-sig"), "utf-8"
    except UnicodeDecodeError:
        text, encoding = _of_another_time(content)
    refused = refusal_of(text)
    if refused is not None:
        raise CannotDeliver(refused)
    return text, encoding


def _of_another_time(content: bytes) -> tuple[str, str]:
    try:
        text, encoding = decoded(content)
    except CannotRead as error:
        raise CannotDeliver(Refused("broken_text", str(error.line or 1))) from error
    if misread := _MISREAD.search(text):
        line = text.count("\n", 0, misread.start()) + 1
        raise CannotDeliver(Refused("broken_text", str(line)))
    return text, encoding


def _other_statistic(found: Sequence[FfcsvRow | BadRow], code: str) -> str:
    """The statistic all rows are of, if it is not that of the table; empty where nothing tells.

    One row of it is enough: tables that set two statistics side by side stand under one of them.
    """
    asked = _STATISTIC.match(code)
    said = (row.quantity for row in found if isinstance(row, FfcsvRow) and row.quantity.statistic)
    first = next(said, None)
    if asked is None or first is None or first.statistic == asked[0]:
        return ""
    if any(one.statistic == asked[0] for one in said):
        return ""
    return f"{first.statistic} {first.statistic_label}".strip()


def _title(found: Iterable[FfcsvRow | BadRow]) -> str:
    """The statistic a table belongs to: the file itself does not say what the table is called."""
    good = (row for row in found if isinstance(row, FfcsvRow))
    return next((row.quantity.statistic_label for row in islice(good, 1)), "")
