"""What belongs to a check that came from a list: its way, links, co-signatures, remarks. Added, never taken away."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time
from typing import Any

from django.utils import timezone

from dreiklang.papers.imports.targets import target_ids, target_keys
from dreiklang.papers.models import Check, CheckStep, Comment, CoSignature, Proposal
from dreiklang.papers.rules.kinds import CheckState, ProposalOrigin
from dreiklang.people.queries import account_ids, account_names, department_ids

Row = tuple[Check, Mapping[str, Any]]
# The second reader passes on and returns; everything else is the office's, and the release somebody's above.
_READERS = frozenset({CheckState.CO_SIGNING, CheckState.RETURNED})


def noon(day: str) -> datetime:
    """An instant of that day, in every time zone a city can be in."""
    return timezone.make_aware(datetime.combine(date.fromisoformat(day), time(12)))


def parts_of(ids: Sequence[int]) -> dict[int, dict[str, list[dict[str, Any]]]]:
    """Check → steps, links, signatures and comments as lists name them."""
    found: dict[int, dict[str, list[dict[str, Any]]]] = {
        pk: {"steps": [], "links": [], "signatures": [], "comments": []} for pk in ids
    }
    for step in CheckStep.objects.filter(of__in=ids).order_by("entered_at", "pk"):
        on = timezone.localdate(step.entered_at).isoformat()
        found[step.of_id]["steps"].append({"state": step.state, "on": on, "reason": step.reason})
    names = target_keys()
    for one in Proposal.objects.filter(of__in=ids, origin=ProposalOrigin.BY_HAND).order_by("rank", "pk"):
        link = {"verdict": one.verdict, "sign": one.sign, "reason": one.reason}
        target = names.get((one.kind, one.target), "")
        found[one.of_id]["links"].append({"kind": one.kind, "target": target, **link})
    signatures = CoSignature.objects.filter(of__in=ids).select_related("department")
    for signature in signatures.order_by("department__key", "pk"):
        found[signature.of_id]["signatures"].append(
            {
                "office": signature.department.key,
                "state": signature.state,
                "due_on": signature.due_on.isoformat(),
                "reason": signature.reason,
                "is_treasury": signature.is_treasury,
            }
        )
    mails = {name: mail for mail, name in account_names()}
    for said in Comment.objects.filter(of__in=ids).order_by("pk"):
        is_settled = said.settled_at is not None
        found[said.of_id]["comments"].append(
            {
                "who": mails.get(said.by_name, ""),
                "is_settled": is_settled,
                "text": said.text,
                "on": timezone.localdate(said.recorded_at).isoformat(),
            }
        )
    return found


def belonging(rows: Mapping[str, Row]) -> None:
    """Write what the rows say and is not there yet."""
    there = parts_of([check.pk for check, _given in rows.values()])
    people = dict(account_names())
    CheckStep.objects.bulk_create(_steps(rows, there))
    Proposal.objects.bulk_create(_links(rows, there))
    CoSignature.objects.bulk_create(_signatures(rows, there))
    comments = _comments(rows, there, people)
    made = Comment.objects.bulk_create([comment for comment, _on in comments])
    # Creating a remark stamps it with now; a list may know better.
    for comment, (_same, on) in zip(made, comments, strict=True):
        comment.recorded_at = noon(on) if on else comment.recorded_at
    Comment.objects.bulk_update(made, ["recorded_at"])


def _new(rows: Mapping[str, Row], there: Mapping[int, Any], name: str) -> Iterator[tuple[Check, int, Any]]:
    same = {"steps": ("state", "on"), "links": ("kind", "target"), "signatures": ("office",)}
    for check, given in rows.values():
        keys = same.get(name, ("who", "text"))
        known = {tuple(one[key] for key in keys) for one in there[check.pk][name]}
        for place, one in enumerate(given.get(name, ())):
            if tuple(one[key] for key in keys) not in known:
                yield check, place, one


def _steps(rows: Mapping[str, Row], there: Mapping[int, Any]) -> list[CheckStep]:
    made = []
    for check, _place, one in _new(rows, there, "steps"):
        who = check.reader if one["state"] in _READERS else check.editor
        is_released = one["state"] == CheckState.RELEASED
        made.append(
            CheckStep(
                of=check,
                state=one["state"],
                entered_at=noon(one["on"]),
                reason=one["reason"],
                by_id=None if is_released or who is None else who.pk,
                by_name=check.released_by_name if is_released else who.name if who else "",
            )
        )
    return made


def _links(rows: Mapping[str, Row], there: Mapping[int, Any]) -> list[Proposal]:
    found = list(_new(rows, there, "links"))
    ids = target_ids((one["kind"], one["target"]) for _check, _place, one in found)
    return [
        Proposal(
            of=check,
            kind=one["kind"],
            target=ids[one["kind"], one["target"]],
            origin=ProposalOrigin.BY_HAND,
            rank=place,
            verdict=one["verdict"],
            sign=one["sign"],
            reason=one["reason"],
            decided_at=check.proposed_at or timezone.now(),
            decided_by_name=check.editor.name if check.editor else "",
        )
        for check, place, one in found
    ]


def _signatures(rows: Mapping[str, Row], there: Mapping[int, Any]) -> list[CoSignature]:
    found = list(_new(rows, there, "signatures"))
    offices = department_ids([one["office"] for _check, _place, one in found])
    made = []
    for check, _place, one in found:
        steps = rows[check.number][1].get("steps", ())
        asked = [step["on"] for step in steps if step["state"] == CheckState.CO_SIGNING]
        begun = [step["on"] for step in steps]
        due_on = date.fromisoformat(one["due_on"])
        asked_at = noon((asked or begun or [one["due_on"]])[-1 if asked else 0])
        made.append(
            CoSignature(
                of=check,
                department_id=offices[one["office"]],
                is_treasury=one["is_treasury"],
                asked_at=asked_at,
                due_on=due_on,
                state=one["state"],
                reason=one["reason"],
                # The list does not say on which day an office answered: it stays unknown.
                answered_at=None,
            )
        )
    return made


def _comments(
    rows: Mapping[str, Row], there: Mapping[int, Any], people: Mapping[str, str]
) -> list[tuple[Comment, str]]:
    found = list(_new(rows, there, "comments"))
    ids = account_ids([one["who"] for _check, _place, one in found])
    made = []
    for check, _place, one in found:
        comment = Comment(of=check, text=one["text"], by_id=ids[one["who"]], by_name=people[one["who"]])
        if one["is_settled"]:
            comment.settled_at = noon(one["on"]) if one["on"] else timezone.now()
            comment.settled_by_name = check.editor.name if check.editor else ""
        made.append((comment, one["on"]))
    return made
