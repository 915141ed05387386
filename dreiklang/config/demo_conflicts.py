"""What the invented town already said of its conflicts, by the services that people use."""

import csv
from collections.abc import Callable, Mapping
from datetime import date, datetime
from pathlib import Path

from django.utils import timezone

from dreiklang.conflicts.queries import CandidateLine, RadarFilter, radar_rows
from dreiklang.conflicts.rules import State
from dreiklang.conflicts.services import (
    OptionDraft,
    PositionDraft,
    WeighingDraft,
    close_weighing,
    compare_all,
    invite_to_talk,
    no_conflict,
    save_weighing,
)
from dreiklang.people.queries import account_by_email, viewer_of
from dreiklang.people.rules import SYSTEM, Viewer

FILE = "klaerungen.csv"
Row = Mapping[str, str]


def settle_town(folder: Path) -> None:
    """Compare everything, texts later, so that the radar is full at once; then what people said. Loaded twice it stays.

    What is no longer found (the town's years pass) is left out.
    """
    now = timezone.now()
    # Reading all texts takes the encoder: the worker does that soon, as for every list.
    compare_all(today=timezone.localdate(now), now=now, with_texts=False)
    lines = radar_rows(SYSTEM, wanted=RadarFilter(state=State.NEW), most=1000)
    found = {frozenset(party.number for party in line.parties): line for line in lines}
    with (folder / FILE).open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter=";"):
            line = found.get(frozenset([row["Vorhaben"], row["Anderes Vorhaben"]]))
            if line is not None:
                _STEPS[row["Schritt"]](viewer_of(account=account_by_email(row["Von"])), now, line, row)


def _talk(by: Viewer, now: datetime, line: CandidateLine, row: Row) -> None:
    invite_to_talk(by=by, now=now, pk=line.pk, message=row["Frage"])


def _draft(by: Viewer, now: datetime, line: CandidateLine, row: Row) -> None:
    save_weighing(by=by, now=now, pk=line.pk, version=0, said=_said(row, now))


def _close(by: Viewer, now: datetime, line: CandidateLine, row: Row) -> None:
    close_weighing(by=by, now=now, pk=line.pk, version=0, said=_said(row, now))


def _dismiss(by: Viewer, now: datetime, line: CandidateLine, row: Row) -> None:
    no_conflict(by=by, now=now, pk=line.pk, reason=row["Begründung"])


def _said(row: Row, now: datetime) -> WeighingDraft:
    """Parties and options stand one behind the other, parted by a bar; the chosen one bears a star."""
    decided_on = _day(row["Entschieden am"])
    return WeighingDraft(
        question=row["Frage"],
        positions=[PositionDraft(who, need) for who, need in _pairs(row["Beteiligte und Bedarf"])],
        options=[
            OptionDraft(title.rstrip("*"), effects, is_chosen=title.endswith("*"))
            for title, effects in _pairs(row["Möglichkeiten und Folgen"])
        ],
        decision=row["Entscheidung"],
        reason=row["Begründung"],
        decided_by=row["Entschieden von"],
        decided_on=decided_on and min(decided_on, timezone.localdate(now)),
        review_on=_day(row["Wieder ansehen am"]),
    )


def _pairs(cell: str) -> list[tuple[str, str]]:
    parts = (one.partition(": ") for one in cell.split("|") if one)
    return [(name, rest) for name, _colon, rest in parts]


def _day(cell: str) -> date | None:
    return datetime.strptime(cell, "%d.%m.%Y").date() if cell else None  # noqa: DTZ007 (a day has no zone)


_STEPS: dict[str, Callable[[Viewer, datetime, CandidateLine, Row], None]] = {
    "Gespräch": _talk,
    "Entwurf": _draft,
    "Klärung": _close,
    "Kein Konflikt": _dismiss,
}
