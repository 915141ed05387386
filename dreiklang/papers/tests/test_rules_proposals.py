"""What is proposed, in which order, and why."""

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from dreiklang.papers.rules.kinds import TargetKind
from dreiklang.papers.rules.names import wording
from dreiklang.papers.rules.proposals import MOST, Candidate, Ground, Offer, Teacher, learned, offers

CYCLING, TREES, SCHOOLS = ((TargetKind.GOAL, pk) for pk in (1, 2, 3))
OFFICE, OTHER_OFFICE = (TargetKind.DEPARTMENT, 61), (TargetKind.DEPARTMENT, 67)
MEASURE = (TargetKind.MEASURE, 5)


def _offers(
    candidates: Sequence[Candidate], *, teachers: Sequence[Teacher] = (), text: str = ""
) -> tuple[Offer, ...]:
    return offers(candidates, wording=wording(text), teachers=teachers)


def _order(found: tuple[Offer, ...]) -> list[object]:
    return [one.target for one in found]


def _codes(offer: Offer) -> list[object]:
    return [ground["code"] for ground in offer.grounds]


def test_the_nearest_stands_first() -> None:
    found = _offers([Candidate(CYCLING, near=0.1), Candidate(TREES, near=0.3), Candidate(SCHOOLS, near=0.2)])

    assert _order(found) == [TREES, SCHOOLS, CYCLING]
    assert [one.rank for one in found] == [1, 2, 3]


def test_shared_wording_can_outdo_nearness() -> None:
    found = _offers([Candidate(CYCLING, near=0.2), Candidate(TREES, near=0.15, words=0.1)])

    assert _order(found) == [TREES, CYCLING]


def test_a_name_in_the_text_outdoes_any_likeness() -> None:
    found = _offers([Candidate(CYCLING, near=0.6, words=0.2), Candidate(TREES, named="Mehr Bäume")])

    assert found[0].target == TREES
    assert found[0].grounds == ({"code": "named", "words": "Mehr Bäume"},)


def test_what_like_drafts_touched_rises() -> None:
    teacher = Teacher("PR-2026-001", 0.8, frozenset({TREES}))

    found = _offers([Candidate(CYCLING, near=0.25), Candidate(TREES, near=0.2)], teachers=[teacher])

    assert _order(found) == [TREES, CYCLING]
    assert {"code": "learned", "checks": ["PR-2026-001"]} in found[0].grounds


def test_what_was_rejected_for_a_like_draft_sinks() -> None:
    teacher = Teacher("PR-2026-001", 0.9, frozenset(), frozenset({CYCLING}))

    found = _offers([Candidate(CYCLING, near=0.25), Candidate(TREES, near=0.2)], teachers=[teacher])

    assert _order(found) == [TREES, CYCLING]


def test_a_draft_unlike_all_others_teaches_nothing() -> None:
    assert learned([Teacher("PR-2026-001", -0.2, frozenset({TREES}))]) == {}


def test_one_teacher_alone_is_doubted_the_less_the_more_alike() -> None:
    near, far = (learned([Teacher("x", alike, frozenset({TREES}))])[TREES] for alike in (0.9, 0.3))

    assert 0 < far < near < 1


def test_a_draft_that_touched_everything_says_little_of_each() -> None:
    taught = learned([Teacher("x", 0.9, frozenset({CYCLING, TREES, SCHOOLS}))])

    assert taught[CYCLING] == taught[TREES] == taught[SCHOOLS] < 0.3


def test_districts_and_offices_are_offered_only_when_something_names_them() -> None:
    area = (TargetKind.AREA, 1)

    assert _offers([Candidate(area), Candidate(OFFICE)]) == ()
    assert _order(_offers([Candidate(area, named="Nordstadt"), Candidate(OFFICE)])) == [area]


def test_the_office_that_leads_what_is_proposed_is_suggested() -> None:
    found = _offers([Candidate(MEASURE, near=0.3, lead=61), Candidate(OFFICE), Candidate(OTHER_OFFICE)])

    assert _order(found) == [MEASURE, OFFICE]
    assert _codes(found[1]) == [Ground.LEADS]


def test_a_district_that_hardly_any_like_draft_touched_is_not_offered() -> None:
    area, other = (TargetKind.AREA, 1), (TargetKind.AREA, 2)
    clear, vague = Teacher("x", 0.9, frozenset({area})), Teacher("y", 0.4, frozenset({other}))

    found = _offers([Candidate(area), Candidate(other)], teachers=[clear, vague])

    # 0.81 / (0.25 + 0.81 + 0.16) = 0.66 against 0.16 / 1.22 = 0.13
    assert _order(found) == [area]


def test_what_is_further_away_than_any_text_is_not_offered() -> None:
    assert _offers([Candidate(CYCLING, near=-0.2)]) == ()


def test_grounds_name_the_shared_words() -> None:
    (found,) = _offers(
        [Candidate(CYCLING, near=0.2, title="Mehr Radverkehr", passages=(4, 1))],
        text="Der Radverkehr nimmt zu.",
    )

    assert _codes(found) == [Ground.WORDS, Ground.NEAR]
    assert found.passage == 4


@given(
    st.lists(st.floats(-1, 1, allow_nan=False), max_size=30),
    st.lists(st.tuples(st.floats(-1, 1, allow_nan=False), st.integers(0, 29)), max_size=15),
)
def test_never_more_than_allowed_each_once_and_in_order(
    near: list[float], taught: list[tuple[float, int]]
) -> None:
    candidates = [Candidate((TargetKind.GOAL, pk), near=value) for pk, value in enumerate(near)]
    teachers = [
        Teacher(str(n), alike, frozenset({(TargetKind.GOAL, pk)})) for n, (alike, pk) in enumerate(taught)
    ]

    found = _offers(candidates, teachers=teachers)

    assert len(found) <= MOST[TargetKind.GOAL]
    assert len({one.target for one in found}) == len(found)
    assert [one.score for one in found] == sorted((one.score for one in found), reverse=True)


@given(st.lists(st.tuples(st.floats(-1, 1, allow_nan=False), st.booleans()), max_size=30))
def test_what_is_learned_stays_between_minus_a_half_and_one(said: list[tuple[float, bool]]) -> None:
    teachers = [
        Teacher(str(n), alike, frozenset({TREES} if yes else ()), frozenset(() if yes else {TREES}))
        for n, (alike, yes) in enumerate(said)
    ]

    assert all(-0.5 <= value <= 1 for value in learned(teachers).values())
