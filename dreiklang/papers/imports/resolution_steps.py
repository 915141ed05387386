"""Resolutions of a list find the step of the route that decided them: same paper, same committee, same day."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from django.db.models import F, Q
from django.db.models.functions import Coalesce, TruncDate

from dreiklang.papers.models import Consultation, Resolution

Place = tuple[int, int, date]


def link_steps(ids: Sequence[int]) -> None:
    """Link those resolutions without a step to the one that fits, if exactly one does and nobody else has it.

    A step of another paper than the resolution's now is let go. Four statements at most.
    """
    named = Resolution.objects.filter(pk__in=ids)
    named.exclude(consultation=None).filter(Q(paper=None) | ~Q(consultation__paper=F("paper"))).update(
        consultation=None
    )
    rows = (
        named.filter(consultation=None).exclude(paper=None).exclude(committee=None).exclude(decided_on=None)
    )
    wanted: dict[Place, list[int]] = defaultdict(list)
    for pk, paper, committee, day in rows.values_list("pk", "paper_id", "committee_id", "decided_on"):
        if paper is not None and committee is not None and day is not None:
            wanted[paper, committee, day].append(pk)
    free = _free([paper for paper, _, _ in wanted])
    found = {
        places[0]: steps[0]
        for place, places in wanted.items()
        if len(places) == 1 and len(steps := free.get(place, [])) == 1
    }
    changed = list(Resolution.objects.filter(pk__in=found).only("pk", "consultation"))
    for one in changed:
        one.consultation_id = found[one.pk]
    Resolution.objects.bulk_update(changed, ["consultation"])


def _free(paper_ids: Sequence[int]) -> dict[Place, list[int]]:
    """Steps that no resolution has, by paper, committee and day of the meeting, or the day it is planned for."""
    steps = Consultation.objects.filter(paper__in=paper_ids, resolution=None, withdrawn_at=None)
    rows = steps.annotate(day=Coalesce(TruncDate("meeting__starts_at"), "planned_on")).order_by("pk")
    found: dict[Place, list[int]] = defaultdict(list)
    for pk, paper, committee, day in rows.values_list("pk", "paper_id", "committee_id", "day"):
        if committee is not None and day is not None:
            found[paper, committee, day].append(pk)
    return found
