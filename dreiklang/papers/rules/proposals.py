"""What a draft seems to touch, in order, and why. Proposals are ranked and explained, never automatic.

How well this does is measured, not claimed: docs/rules/proposals.md.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from dreiklang.papers.rules.kinds import TargetKind
from dreiklang.papers.rules.names import Wording, shared_words

TargetKey = tuple[TargetKind, int]

# Round figures in the middle of a wide plateau; docs/rules/proposals.md shows what others give.
WORDS_WEIGHT = 1.0
LEARNED_WEIGHT = 0.3
# A name that stands in the text outdoes any likeness.
NAMED_WEIGHT = 1.0
TEACHERS = 10
# One teacher alone says little unless it is very like the draft.
DOUBT = 0.25
REJECTED_WEIGHT = 0.5
# From here on a like draft is worth naming as a reason.
LIKE = 0.3
MOST = {
    TargetKind.GOAL: 7,
    TargetKind.TASK: 4,
    TargetKind.CONCEPT: 5,
    TargetKind.MEASURE: 7,
    TargetKind.INDICATOR: 4,
    TargetKind.AREA: 12,
    TargetKind.DEPARTMENT: 6,
}
# A district that only like drafts touched must have been theirs clearly: most papers name the places they mean.
LEARNED_AREA = 0.3
# Of these only what is named, learned, or leads what is proposed is offered: they have no text to be near to.
NAMED_ONLY = frozenset({TargetKind.AREA, TargetKind.DEPARTMENT})


class Ground(StrEnum):
    """Why something is proposed."""

    NEAR = "near"
    WORDS = "words"
    NAMED = "named"
    LEARNED = "learned"
    LEADS = "leads"


@dataclass(frozen=True)
class Candidate:
    """Something the draft may touch, with what speaks for it.

    `near`, `words`: see core.nearness.Compared. `passages` index the draft's passages, best first. `named`: the words
    by which the text names it. `title`: looked through for words that stand in the text.
    """

    target: TargetKey
    near: float = 0.0
    words: float = 0.0
    passages: tuple[int, ...] = ()
    named: str = ""
    title: str = ""
    lead: int | None = None


@dataclass(frozen=True)
class Teacher:
    """A draft or paper about which people have said what it touches.

    `alike`: likeness to the new draft, -1..1.
    """

    name: str
    alike: float
    confirmed: frozenset[TargetKey]
    rejected: frozenset[TargetKey] = frozenset()


@dataclass(frozen=True)
class Offer:
    """A proposal: its rank within its kind (1 first), and its grounds as codes with what each rests on."""

    target: TargetKey
    rank: int
    score: float
    grounds: tuple[dict[str, object], ...]
    passage: int | None


def learned(teachers: Iterable[Teacher]) -> dict[TargetKey, float]:
    """What the drafts most like this one touched, -0.5..1 for each target; others are left out.

    Each of the ten nearest speaks with the square of its likeness. Its links share one voice within a kind, so that
    a draft that touched everything says little.
    """
    nearest = sorted((t for t in teachers if t.alike > 0), key=lambda t: (-t.alike, t.name))[:TEACHERS]
    votes: dict[TargetKey, float] = defaultdict(float)
    total = DOUBT
    for teacher in nearest:
        weight = teacher.alike**2
        total += weight
        for target, share in _shares(teacher.confirmed).items():
            votes[target] += weight * share
        for target in teacher.rejected:
            votes[target] -= weight * REJECTED_WEIGHT
    return {target: vote / total for target, vote in votes.items()}


def offers(
    candidates: Sequence[Candidate], *, wording: Wording, teachers: Sequence[Teacher] = ()
) -> tuple[Offer, ...]:
    """The proposals of all kinds for a draft of that wording, each kind by rank; at most MOST of a kind."""
    taught = learned(teachers)
    made: list[Offer] = []
    by_kind: dict[TargetKind, list[Candidate]] = defaultdict(list)
    for one in candidates:
        by_kind[one.target[0]].append(one)
    for kind in TargetKind:
        if kind is not TargetKind.DEPARTMENT:
            made += _ranked(by_kind[kind], wording, taught, teachers, {})
    led = _led(made, candidates)
    return (*made, *_ranked(by_kind[TargetKind.DEPARTMENT], wording, taught, teachers, led))


def score(candidate: Candidate, *, taught: Mapping[TargetKey, float]) -> float:
    """Orders the candidates of one kind; says nothing by itself."""
    return (
        candidate.near
        + WORDS_WEIGHT * candidate.words
        + LEARNED_WEIGHT * taught.get(candidate.target, 0.0)
        + (NAMED_WEIGHT if candidate.named else 0.0)
    )


def _ranked(
    candidates: Sequence[Candidate],
    wording: Wording,
    taught: Mapping[TargetKey, float],
    teachers: Sequence[Teacher],
    led: Mapping[TargetKey, float],
) -> list[Offer]:
    scored = [(score(one, taught=taught) + led.get(one.target, 0.0), one) for one in candidates]
    scored = [(value, one) for value, one in scored if _is_worth_saying(one, value, taught, led)]
    scored.sort(key=lambda pair: (-pair[0], pair[1].target))
    kept = scored[: MOST[scored[0][1].target[0]]] if scored else []
    return [
        Offer(
            target=one.target,
            rank=rank,
            score=round(value, 4),
            grounds=_grounds(one, wording, taught, teachers, led),
            passage=one.passages[0] if one.passages else None,
        )
        for rank, (value, one) in enumerate(kept, start=1)
    ]


def _is_worth_saying(
    one: Candidate, value: float, taught: Mapping[TargetKey, float], led: Mapping[TargetKey, float]
) -> bool:
    if one.target[0] in NAMED_ONLY:
        least = LEARNED_AREA if one.target[0] is TargetKind.AREA else 0.0
        return bool(one.named) or taught.get(one.target, 0.0) > least or one.target in led
    return value > 0


def _grounds(
    one: Candidate,
    wording: Wording,
    taught: Mapping[TargetKey, float],
    teachers: Sequence[Teacher],
    led: Mapping[TargetKey, float],
) -> tuple[dict[str, object], ...]:
    found: list[dict[str, object]] = []
    if one.named:
        found.append({"code": Ground.NAMED.value, "words": one.named})
    if taught.get(one.target, 0.0) > 0:
        like = [t.name for t in teachers if one.target in t.confirmed and t.alike >= LIKE]
        if like:
            found.append({"code": Ground.LEARNED.value, "checks": like[:3]})
    if one.target in led:
        found.append({"code": Ground.LEADS.value})
    if shared := shared_words(one.title, wording=wording):
        found.append({"code": Ground.WORDS.value, "words": list(shared)})
    if one.near > 0:
        found.append({"code": Ground.NEAR.value})
    return tuple(found)


def _shares(targets: Collection[TargetKey]) -> dict[TargetKey, float]:
    kinds = [kind for kind, _target in targets]
    return {(kind, target): 1 / kinds.count(kind) for kind, target in targets}


def _led(made: Sequence[Offer], candidates: Sequence[Candidate]) -> dict[TargetKey, float]:
    """Offices that lead the first proposed measures and concepts, each worth more the higher that stands."""
    leads = {one.target: one.lead for one in candidates if one.lead is not None}
    found: dict[TargetKey, float] = defaultdict(float)
    for offer in made:
        office = leads.get(offer.target)
        if office is not None and offer.rank <= 3:
            found[(TargetKind.DEPARTMENT, office)] += 0.3 / offer.rank
    return found
