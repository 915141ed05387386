"""Checks as records: read for comparing with a list, and written with all that belongs to them."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.utils import timezone

from dreiklang.core.changes import later
from dreiklang.papers.imports.check_parts import belonging, noon, parts_of
from dreiklang.papers.imports.targets import target_ids
from dreiklang.papers.imports.words import numbered
from dreiklang.papers.models import Check, CheckText, Meeting, Paper
from dreiklang.papers.queries.checklists import published_until
from dreiklang.papers.rules.checks import EDITABLE
from dreiklang.papers.rules.kinds import CheckState, TargetKind
from dreiklang.papers.services.checks.links import settle_links
from dreiklang.papers.services.jobs import PROPOSE_IN_TURN
from dreiklang.people.queries import account_ids, department_ids

PLAIN = ("title", "state", "released_by_name", "is_relevant", "relevance_reason")
NAMED = ("paper", "concept", "department", "editor", "reader", "meeting")


def existing_checks(numbers: Sequence[str]) -> dict[str, dict[str, Any]]:
    """Checks by number, in the form in which lists name things."""
    near = ("paper", "concept", "department", "editor", "reader", "meeting")
    found = Check.objects.filter(number__in=numbers).select_related(*near).order_by("pk")
    checks = list(found.defer("paper__search", "concept__search"))
    parts = parts_of([one.pk for one in checks])
    return {one.number: _values(one) | parts[one.pk] for one in checks}


def write_checks(*, new: Mapping[str, Mapping[str, Any]], changed: Mapping[str, Mapping[str, Any]]) -> None:
    """Checks with their way, links, signatures, remarks and text; the worker reads those still at work."""
    given = {**new, **changed}
    if not given:
        return
    ids, texts = _named_ids(given.values()), _paper_texts(given.values())
    checklist = published_until(timezone.localdate()).first()
    stored = {one.number: one for one in Check.objects.select_for_update().filter(number__in=list(changed))}
    before = [check.paper_id for check in stored.values()]
    fresh = {number: Check(number=number, checklist=checklist) for number in new}
    for number, check in {**stored, **fresh}.items():
        _apply(check, given[number], ids, texts)
    Check.objects.bulk_create(fresh.values())
    for check in stored.values():
        check.version += 1
        check.save()
    belonging({number: (check, given[number]) for number, check in {**fresh, **stored}.items()})
    after = [check.paper_id for check in (*fresh.values(), *stored.values())]
    settle_links(paper_ids={pk for pk in (*before, *after) if pk is not None})
    with_text = [check for check in fresh.values() if check.text.strip()]
    CheckText.objects.bulk_create(
        CheckText(of=check, number=1, text=check.text, by_name=check.editor.name if check.editor else "")
        for check in with_text
    )
    for check in with_text:
        if check.state in EDITABLE:
            later(PROPOSE_IN_TURN, check_id=check.pk)


def _apply(
    check: Check,
    given: Mapping[str, Any],
    ids: Mapping[str, Mapping[str, int]],
    texts: Mapping[str, str],
) -> None:
    for name in given.keys() & set(PLAIN):
        setattr(check, name, given[name])
    for name in given.keys() & set(NAMED):
        setattr(check, f"{name}_id", ids[name].get(given[name] or ""))
    if "committee_on" in given:
        check.committee_on = date.fromisoformat(given["committee_on"]) if given["committee_on"] else None
    if not check.text:
        check.text = given.get("text") or texts.get(given.get("paper") or "", "")
    steps = given.get("steps", ())
    released = [one["on"] for one in steps if one["state"] == CheckState.RELEASED]
    if check.state == CheckState.RELEASED and released:
        check.released_at = noon(released[-1])
    if check.proposed_at is None and check.state not in EDITABLE:
        # Nobody waits for proposals to a check that cannot change any more.
        check.proposed_at = noon(steps[0]["on"]) if steps else timezone.now()


def _named_ids(given: Iterable[Mapping[str, Any]]) -> dict[str, Mapping[str, int]]:
    rows = list(given)

    def named(name: str) -> list[str]:
        return [one[name] for one in rows if one.get(name)]

    concepts = target_ids((TargetKind.CONCEPT.value, key) for key in named("concept"))
    people = account_ids([*named("editor"), *named("reader")])
    return {
        "paper": numbered(Paper, named("paper"))[0],
        "concept": {key: pk for (_kind, key), pk in concepts.items()},
        "department": department_ids(named("department")),
        "editor": people,
        "reader": people,
        "meeting": dict(Meeting.objects.filter(key__in=named("meeting")).values_list("key", "pk")),
    }


def _paper_texts(given: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    numbers = {one["paper"] for one in given if one.get("paper") and not one.get("text")}
    return dict(Paper.objects.filter(number__in=numbers).values_list("number", "text"))


def _values(check: Check) -> dict[str, Any]:
    paper = check.paper
    return {
        "number": check.number,
        **{name: getattr(check, name) for name in PLAIN},
        "paper": paper.number if paper else "",
        "concept": check.concept.number if check.concept else None,
        "department": check.department.key if check.department else None,
        "editor": check.editor.email if check.editor else None,
        "reader": check.reader.email if check.reader else None,
        "meeting": check.meeting.key if check.meeting else None,
        "committee_on": check.committee_on.isoformat() if check.committee_on else None,
        "text": "" if paper is not None and paper.text == check.text else check.text,
    }
