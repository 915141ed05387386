"""The worked example of docs/rules/released-links.md, and its edges."""

from hypothesis import given
from hypothesis import strategies as st

from dreiklang.goals.rules import LinkSign
from dreiklang.papers.rules.checklist import Effect, GoalFinding, GoalFindings
from dreiklang.papers.rules.kinds import TargetKind
from dreiklang.papers.rules.released_links import LINKED, Confirmed, ReleasedLink, links_of_check

GOAL = TargetKind.GOAL


def finding(goal: int, effect: Effect, reason: str = "Darum.") -> GoalFinding:
    return GoalFinding(goal, effect, reason, "ziele")


def test_the_worked_example() -> None:
    confirmed = [
        Confirmed(GOAL, 11, LinkSign.HINDERS),
        Confirmed(GOAL, 12),
        Confirmed(GOAL, 13),
        Confirmed(GOAL, 14),
        Confirmed(TargetKind.MEASURE, 7),
        Confirmed(TargetKind.DEPARTMENT, 3),
    ]
    found = GoalFindings(
        gains=(finding(11, Effect.STRONG_GAIN, "Ein Weg mehr."),),
        harms=(finding(12, Effect.HARM, "Drei Bäume fallen."),),
        neutral=(finding(13, Effect.NONE),),
        unknown=(finding(14, Effect.UNKNOWN, "Das Gutachten fehlt."),),
    )

    links = links_of_check(confirmed, found=found, is_relevant=True)

    assert links == (
        ReleasedLink(GOAL, 11, LinkSign.SUPPORTS, "Ein Weg mehr."),
        ReleasedLink(GOAL, 12, LinkSign.HINDERS, "Drei Bäume fallen."),
        ReleasedLink(GOAL, 14, None, "Das Gutachten fehlt."),
        ReleasedLink(TargetKind.MEASURE, 7),
    )


def test_what_does_not_matter_for_the_concept_links_nothing() -> None:
    found = GoalFindings(gains=(finding(11, Effect.GAIN),))

    assert links_of_check([Confirmed(GOAL, 11)], found=found, is_relevant=False) == ()
    assert links_of_check([Confirmed(GOAL, 11)], found=found, is_relevant=None) == ()


def test_a_harm_is_not_hidden_behind_a_gain_of_the_same_goal() -> None:
    found = GoalFindings(gains=(finding(11, Effect.STRONG_GAIN),), harms=(finding(11, Effect.HARM, "Lärm."),))

    links = links_of_check([Confirmed(GOAL, 11)], found=found, is_relevant=True)

    assert links == (ReleasedLink(GOAL, 11, LinkSign.HINDERS, "Lärm."),)


def test_a_goal_no_question_asked_about_keeps_the_sign_of_its_confirmation() -> None:
    confirmed = [Confirmed(GOAL, 11, LinkSign.HINDERS), Confirmed(GOAL, 12)]

    links = links_of_check(confirmed, found=GoalFindings(), is_relevant=True)

    assert links == (ReleasedLink(GOAL, 11, LinkSign.HINDERS), ReleasedLink(GOAL, 12))


@given(
    st.lists(
        st.builds(Confirmed, st.sampled_from(TargetKind), st.integers(1, 5)),
        unique_by=lambda one: (one.kind, one.target),
    ),
    st.lists(st.builds(finding, st.integers(1, 5), st.sampled_from(Effect))),
)
def test_links_never_go_beyond_what_was_confirmed(
    confirmed: list[Confirmed], said: list[GoalFinding]
) -> None:
    gains = tuple(one for one in said if one.effect in {Effect.GAIN, Effect.STRONG_GAIN})
    harms = tuple(one for one in said if one.effect in {Effect.HARM, Effect.STRONG_HARM})
    neutral = tuple(one for one in said if one.effect is Effect.NONE)
    unknown = tuple(one for one in said if one.effect is Effect.UNKNOWN)

    links = links_of_check(confirmed, found=GoalFindings(gains, harms, neutral, unknown), is_relevant=True)

    keys = [(one.kind, one.target) for one in links]
    assert len(set(keys)) == len(keys)
    assert set(keys) <= {(one.kind, one.target) for one in confirmed if one.kind in LINKED}
    hindered = {one.goal for one in harms}
    assert all(
        (one.sign is LinkSign.HINDERS) == (one.target in hindered) for one in links if one.kind is GOAL
    )
