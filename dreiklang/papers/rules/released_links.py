"""Which links of a paper follow from its released check. Worked example: docs/rules/released-links.md.

They say what the block "Bezug zum INSEK" says, so that lists and pages find what the check found.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from dreiklang.goals.rules import LinkSign
from dreiklang.papers.rules.checklist import Effect, GoalFinding, GoalFindings
from dreiklang.papers.rules.kinds import TargetKind

# Offices are asked about a draft, it does not act on them.
LINKED = frozenset(
    {
        TargetKind.GOAL,
        TargetKind.TASK,
        TargetKind.CONCEPT,
        TargetKind.MEASURE,
        TargetKind.INDICATOR,
        TargetKind.AREA,
    }
)


@dataclass(frozen=True)
class Confirmed:
    """Something a person confirmed the draft touches; a sign only where she gave one to a goal."""

    kind: TargetKind
    target: int
    sign: LinkSign | None = None


@dataclass(frozen=True)
class ReleasedLink:
    """What the paper touches after its check; no sign where the effect is not known, or nobody asks for one."""

    kind: TargetKind
    target: int
    sign: LinkSign | None = None
    reason: str = ""


def links_of_check(
    confirmed: Iterable[Confirmed], *, found: GoalFindings, is_relevant: bool | None
) -> tuple[ReleasedLink, ...]:
    """What the paper touches after its check, in the order given.

    Nothing if it does not matter for the concept. A goal it has no effect on is left out. Where several
    questions say different things of one goal, a harm outweighs a gain: nobody is to overlook it.
    Reasons come from answers alone: what was noted with a confirmation stays inside.
    """
    if not is_relevant:
        return ()
    effects = _effects(found)
    links: list[ReleasedLink] = []
    for one in confirmed:
        said = effects.get(one.target) if one.kind is TargetKind.GOAL else None
        if said is not None and said.effect is not Effect.NONE:
            links.append(ReleasedLink(one.kind, one.target, _sign(said, found), said.reason))
        elif said is None and one.kind in LINKED:
            # Of a goal no question asked about, the confirmation itself tells the sign.
            links.append(ReleasedLink(one.kind, one.target, one.sign))
    return tuple(links)


def _effects(found: GoalFindings) -> dict[int, GoalFinding]:
    """Goal → the finding that decides: harm before gain before unknown before none."""
    decided: dict[int, GoalFinding] = {}
    for one in (*found.harms, *found.gains, *found.unknown, *found.neutral):
        decided.setdefault(one.goal, one)
    return decided


def _sign(said: GoalFinding, found: GoalFindings) -> LinkSign | None:
    if said in found.harms:
        return LinkSign.HINDERS
    return LinkSign.SUPPORTS if said in found.gains else None
