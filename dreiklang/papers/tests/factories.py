"""Papers, meetings and resolutions for tests, with plain defaults. Names say the role a record plays."""

from datetime import UTC, date, datetime
from itertools import count
from typing import Any

from dreiklang.core.enums import Visibility
from dreiklang.papers.models import AgendaItem, Consultation, CouncilFile, Meeting, Paper, Resolution
from dreiklang.papers.rules.kinds import Result, TextState
from dreiklang.people.models import Committee
from dreiklang.people.rules import CommitteeKind

MEETING_DAY = datetime(2026, 12, 8, 15, tzinfo=UTC)
_numbers = count(1)


def committee(key: str = "", **fields: Any) -> Committee:
    key = key or f"G{next(_numbers)}"
    fields.setdefault("kind", CommitteeKind.ADVISORY)
    return Committee.objects.create(key=key, name=fields.pop("name", f"Ausschuss {key}"), **fields)


def paper(number: str = "", **fields: Any) -> Paper:
    """A public paper; `visibility=Visibility.INTERNAL` for one that is not."""
    number = number or f"2026/{next(_numbers):04d}"
    fields.setdefault("key", number.replace("/", "-").lower())
    fields.setdefault("title", f"Vorlage {number}")
    fields.setdefault("dated_on", date(2026, 11, 2))
    fields.setdefault("visibility", Visibility.PUBLIC)
    return Paper.objects.create(number=number, **fields)


def meeting(of: Committee | None = None, **fields: Any) -> Meeting:
    """A public meeting to come."""
    number = next(_numbers)
    fields.setdefault("key", f"sitzung-{number}")
    fields.setdefault("name", f"{number}. Sitzung")
    fields.setdefault("starts_at", MEETING_DAY)
    fields.setdefault("visibility", Visibility.PUBLIC)
    return Meeting.objects.create(committee=of or committee(), **fields)


def item(of: Meeting, number: str = "1", **fields: Any) -> AgendaItem:
    """A public item of that meeting."""
    fields.setdefault("title", f"Punkt {number}")
    fields.setdefault("is_public", True)
    fields.setdefault("position", of.items.count() + 1)
    return AgendaItem.objects.create(meeting=of, number=number, **fields)


def step(of: Paper, at: AgendaItem | None = None, **fields: Any) -> Consultation:
    """A committee deals with the paper, at that item if it is given."""
    if at is not None:
        fields = {"item": at, "meeting": at.meeting, "committee": at.meeting.committee, **fields}
    fields.setdefault("position", of.route.count() + 1)
    return Consultation.objects.create(paper=of, **fields)


def decided(of: Paper | None = None, *, result: Result = Result.ADOPTED, **fields: Any) -> Consultation:
    """A decision of a public meeting."""
    return step(of or paper(), item(meeting(), result=result, **fields), is_deciding=True)


def council_file(**fields: Any) -> CouncilFile:
    """A public file whose text was read; give it a `paper` or a `meeting`."""
    fields.setdefault("name", "Vorlage")
    fields.setdefault("text_state", TextState.READ)
    fields.setdefault("is_public", True)
    return CouncilFile.objects.create(**fields)


def resolution(number: str = "", **fields: Any) -> Resolution:
    """A public resolution."""
    number = number or f"B {next(_numbers)}"
    fields.setdefault("title", f"Beschluss {number}")
    fields.setdefault("decided_on", date(2026, 10, 6))
    fields.setdefault("visibility", Visibility.PUBLIC)
    return Resolution.objects.create(number=number, **fields)
