"""What drafts under check claim of the city: what people confirmed that they touch. `conflicts` compares it."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from django.db.models import QuerySet

from dreiklang.core.claims import Claim, Effect
from dreiklang.core.values import Period, Unknown
from dreiklang.goals.rules import LinkSign
from dreiklang.papers.models import Answer, Check, Proposal
from dreiklang.papers.permissions.checks import SEE
from dreiklang.papers.rules.checklist import Effect as Acting
from dreiklang.papers.rules.checks import RUNNING
from dreiklang.papers.rules.kinds import TargetKind, Verdict
from dreiklang.people.queries import may
from dreiklang.people.rules import Viewer

_FIELDS = (
    "pk",
    "number",
    "title",
    "text",
    "concept_id",
    "department_id",
    "editor_id",
    "committee_on",
)
# What an answer about a goal says → (supports, weight).
_ACTS = {
    Acting.STRONG_GAIN: (True, 3),
    Acting.GAIN: (True, 2),
    Acting.HARM: (False, 2),
    Acting.STRONG_HARM: (False, 3),
}


def check_claims(viewer: Viewer, *, ids: Collection[int] | None = None) -> Iterator[Claim]:
    """The claims of all drafts under check, or of those, not yet released nor given up; by id. None for outsiders.

    A draft has no place of its own: it claims the districts and the effects that people confirmed. Its period is
    open from the day of the meeting it is meant for. `more["texts"]` holds title and text. Three statements.
    """
    if not may(viewer, SEE):
        return
    found = _claiming() if ids is None else _claiming().filter(pk__in=ids)
    rows = list(found.order_by("pk").values(*_FIELDS))
    keys = [row["pk"] for row in rows]
    touched: dict[int, list[tuple[str, int, str, str]]] = defaultdict(list)
    confirmed = Proposal.objects.filter(of__in=keys, verdict=Verdict.CONFIRMED)
    said = confirmed.order_by("rank", "pk").values_list("of_id", "kind", "target", "sign", "reason")
    for pk, kind, target, sign, reason in said:
        touched[pk].append((kind, target, sign, reason))
    answered: dict[int, list[tuple[int, str, str]]] = defaultdict(list)
    answers = Answer.objects.filter(of__in=keys, value__in=list(_ACTS)).exclude(target=0)
    for pk, target, value, reason in answers.order_by("pk").values_list("of_id", "target", "value", "reason"):
        answered[pk].append((target, value, reason))
    for row in rows:
        yield _claim(row, touched.get(row["pk"], ()), answered.get(row["pk"], ()))


def _claiming() -> QuerySet[Check]:
    return Check.objects.filter(state__in=RUNNING)


def _claim(
    row: Mapping[str, Any],
    touched: Collection[tuple[str, int, str, str]],
    answered: Collection[tuple[int, str, str]],
) -> Claim:
    ids: dict[str, list[int]] = defaultdict(list)
    for kind, target, _sign, _reason in touched:
        ids[kind].append(target)
    kin = [f"measure:{one}" for one in ids[TargetKind.MEASURE]]
    kin += [f"concept:{one}" for one in (*ids[TargetKind.CONCEPT], *filter(None, [row["concept_id"]]))]
    office, day = row["department_id"], row["committee_on"]
    affected = [one for one in ids[TargetKind.DEPARTMENT] if one != office]
    return Claim(
        key=f"check:{row['pk']}",
        number=row["number"],
        title=row["title"],
        areas=frozenset(ids[TargetKind.AREA]),
        period=Unknown("not_stated") if day is None else Period(day, None),
        effects=tuple(_effects(touched, answered).values()),
        kin=frozenset(kin),
        offices=tuple(dict.fromkeys([*filter(None, [office]), *affected])),
        person=row["editor_id"],
        more={"texts": (row["title"], row["text"]), "has_lead_office": office is not None},
    )


def _effects(
    touched: Collection[tuple[str, int, str, str]], answered: Collection[tuple[int, str, str]]
) -> dict[int, Effect]:
    """One for each confirmed goal whose effect somebody named; an answer says more than a confirmed proposal.

    Of several answers about one goal the strongest counts, and of equal ones the harm: it is to be looked at.
    """
    goals = {target for kind, target, _sign, _reason in touched if kind == TargetKind.GOAL}
    found = {
        target: Effect(f"goal:{target}", sign == LinkSign.SUPPORTS, 2, reason)
        for kind, target, sign, reason in touched
        if kind == TargetKind.GOAL and sign
    }
    said = sorted(answered, key=lambda one: (_ACTS[Acting(one[1])][1], not _ACTS[Acting(one[1])][0]))
    for target, value, reason in said:
        if target in goals:
            supports, weight = _ACTS[Acting(value)]
            found[target] = Effect(f"goal:{target}", supports, weight, reason)
    return dict(sorted(found.items()))
