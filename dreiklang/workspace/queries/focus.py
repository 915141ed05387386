"""What is due for one person, over all subjects, most urgent first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from dreiklang.goals import queries as goals
from dreiklang.measures import queries as measures
from dreiklang.people.rules import Viewer

MOST = 7


@dataclass(frozen=True)
class FocusItem:
    """One thing to do.

    `reason` is a code that the page words with `facts`; `due_on` is None where nothing is dated.
    """

    kind: str
    reason: str
    key: str
    title: str
    url: str
    due_on: date | None
    facts: dict[str, object]


def focus_items(viewer: Viewer, *, today: date) -> Sequence[FocusItem]:
    """Everything that waits for the viewer: overdue first, then by date, then what has no date."""
    items = [
        *(
            FocusItem(
                kind="measure",
                reason=due.reason,
                key=due.number,
                title=due.title,
                url=due.url,
                due_on=due.due_on,
                facts=dict(due.facts),
            )
            for due in measures.due_for(viewer, today=today)
        ),
        *(
            FocusItem(
                kind="evaluation",
                reason="evaluation_due",
                key=str(step.pk),
                title=step.name,
                url=step.url,
                due_on=step.due_on,
                facts={},
            )
            for step in goals.evaluation_due(viewer, today=today)
        ),
    ]
    return sorted(items, key=lambda item: (item.due_on or date.max, item.title))
