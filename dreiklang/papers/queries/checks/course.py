"""What happened to a check, newest first."""

from dataclasses import dataclass

from dreiklang.papers.models import Check, CheckText
from dreiklang.papers.models.labels import CHECK_STATE_LABELS
from dreiklang.papers.rules.kinds import CheckState
from dreiklang.ui.rules import Entry


@dataclass(frozen=True)
class Course:
    """The steps, and the texts the check was made of."""

    entries: tuple[Entry, ...]
    texts: tuple[CheckText, ...]


def course_of(check: Check) -> Course:
    """Steps and texts of a check its viewer may see, each newest first."""
    steps = check.steps.order_by("-entered_at", "-pk")
    return Course(
        entries=tuple(
            Entry(
                on=one.entered_at.date(),
                title=CHECK_STATE_LABELS[CheckState(one.state)],
                text=one.reason,
                source=one.by_name,
            )
            for one in steps
        ),
        texts=tuple(check.texts.order_by("-number")),
    )
