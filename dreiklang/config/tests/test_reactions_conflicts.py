"""Whatever somebody changes that a claim says is compared soon."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.utils import timezone

from dreiklang.concepts import services as concepts
from dreiklang.concepts.tests.factories import concept
from dreiklang.config.reactions import REACTIONS
from dreiklang.conflicts.models import Candidate, StaleClaim
from dreiklang.core.claims import EVERY_CLAIM
from dreiklang.core.models import Change
from dreiklang.measures import services as measures
from dreiklang.measures.models import Measure
from dreiklang.measures.rules import Phase, Timeliness
from dreiklang.measures.tests import factories as make
from dreiklang.papers.rules.kinds import TargetKind, Verdict
from dreiklang.papers.services import checks, proposals
from dreiklang.papers.tests.check_factories import NOW, Town
from dreiklang.people.rules import SYSTEM
from dreiklang.workspace.services.imports import FileOrder, import_file

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 22)


def told() -> set[str]:
    """Which claims the worker would compare after delivering all changes."""
    for change in Change.objects.filter(handled_at=None).order_by("pk"):
        for react in REACTIONS.get((change.subject, change.name), []):
            react(change.object_key, change.facts)
    Change.objects.update(handled_at=timezone.now())
    found = set(StaleClaim.objects.values_list("key", flat=True))
    StaleClaim.objects.all().delete()
    return found


def key(of: Measure) -> str:
    return f"measure:{of.pk}"


def test_a_new_and_an_edited_measure_are_compared() -> None:
    made = measures.create_measure(
        by=SYSTEM, fields={"number": "V-1", "title": "Radweg"}, links=measures.Links()
    )
    assert told() == {key(made)}

    measures.edit_measure(
        by=SYSTEM, measure=made, version=made.version, fields={"title": "Weg"}, links=measures.Links()
    )
    assert told() == {key(made)}


def _report(one: Measure) -> None:
    said = measures.ReportDraft(Phase.IMPLEMENTATION, Timeliness.ON_TRACK, expected_end_on=date(2028, 1, 1))
    measures.report(by=SYSTEM, on=TODAY, measure=one, said=said, today=TODAY)


def _take_back_report(one: Measure) -> None:
    who = make.coordinator()
    said = measures.ReportDraft(Phase.IN_USE, Timeliness.ON_TRACK)
    made = measures.report(by=who, on=TODAY, measure=one, said=said, today=TODAY)
    told()
    measures.withdraw(by=who, now=timezone.now(), report=made)


def _taking(one: Measure) -> None:
    taking = measures.Taking(departments={}, partners={}, team={}, partner_access={})
    measures.save_taking(by=SYSTEM, measure=one, taking=taking, version=one.version)


def _hand_over(one: Measure) -> None:
    lead = make.account()
    Measure.objects.filter(pk=one.pk).update(lead=lead)
    make.measure()
    measures.hand_over(by=SYSTEM, from_account=lead.pk, to_account=make.account().pk)


@pytest.mark.parametrize("change", [_report, _take_back_report, _taking, _hand_over])
def test_what_changes_a_measure_otherwise_is_compared(change: Callable[[Measure], None]) -> None:
    one = make.measure()

    change(one)

    assert told() == {key(one)}


def test_what_was_said_of_a_merged_measure_goes_on_with_the_kept_one() -> None:
    keep, other, third = make.measure(), make.measure(), make.measure()
    said = Candidate.objects.create(
        key="|".join(sorted((key(other), key(third)))),
        parties=sorted((key(other), key(third))),
        sense="conflict",
        strength=0.5,
        said_state="no_conflict",
        said_reason="Nur der Rand.",
    )

    measures.merge_duplicates(by=SYSTEM, on=TODAY, keep=keep, other=other)
    told()

    said.refresh_from_db()
    assert said.parties == sorted((key(keep), key(third)))


def test_both_sides_of_a_merger_and_of_a_replacement_are_compared() -> None:
    keep, other, replaced = make.measure(), make.measure(), make.measure()

    measures.merge_duplicates(by=SYSTEM, on=TODAY, keep=keep, other=other)
    assert told() == {key(keep), key(other)}

    measures.replace(by=SYSTEM, on=TODAY, measure=replaced, successor=keep, why="Neu")
    assert told() == {key(keep), key(replaced)}


def test_a_new_changed_linked_and_handed_over_concept_is_compared() -> None:
    made = concepts.create_concept(by=SYSTEM, number="FK-1", values={"title": "Verkehr"})
    assert told() == {f"concept:{made.pk}"}

    made = concepts.change_concept(
        by=SYSTEM, number="FK-1", version=made.version, values={"valid_to": date(2030, 1, 1)}
    )
    assert told() == {f"concept:{made.pk}"}

    concepts.link_goals(by=SYSTEM, number="FK-1", version=made.version, links=[])
    assert told() == {f"concept:{made.pk}"}

    old, new = make.account(), make.account()
    held = concept(lead=old)
    concepts.hand_over(by=SYSTEM, from_account=old, to_account=new)
    assert told() == {f"concept:{held.pk}"}


def test_a_draft_is_compared_at_every_step() -> None:
    town = Town()
    by = town.as_viewer(town.editor)
    check = town.started()
    name = {f"check:{check.pk}"}
    assert told() == name

    proposals.name_target(by=by, now=NOW, number=check.number, kind=TargetKind.GOAL, target=town.growth.pk)
    assert told() == name

    proposal = check.proposals.get()
    proposals.decide(by=by, now=NOW, number=check.number, proposal_id=proposal.pk, verdict=Verdict.CONFIRMED)
    assert told() == name

    check = town.answered(check)
    assert told() == name

    check = checks.replace_text(by=by, number=check.number, version=check.version, text="Kürzer.")
    assert told() == name

    check = checks.change_details(
        by=by, number=check.number, version=check.version, values={"committee_on": date(2027, 3, 1)}
    )
    assert told() == name

    checks.give_up(by=by, now=NOW, number=check.number, version=check.version, reason="Entfällt")
    assert told() == name


def test_a_list_is_told_of_once_and_only_when_it_changed_something(tmp_path: Any) -> None:
    file = tmp_path / "massnahmen.csv"
    file.write_text("Nummer;Titel\nV-1;Radweg\nV-2;Brücke\n", encoding="utf-8")
    order = FileOrder(path=file, kind="measures", source="Liste", reason="", special={})

    import_file(by=SYSTEM, order=order)
    assert told() == {EVERY_CLAIM}

    import_file(by=SYSTEM, order=order)
    assert told() == set()


def test_links_carried_into_a_new_framework_may_change_any_claim() -> None:
    measures.carry_over_links(by=SYSTEM, goals={}, tasks={})
    assert told() == {EVERY_CLAIM}

    concepts.carry_over_links(by=SYSTEM, goals={}, tasks={})
    assert told() == {EVERY_CLAIM}
