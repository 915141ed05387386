"""The numbers of a comparison, by small examples that can be checked by hand."""

import numpy as np
import pytest

from dreiklang.core.nearness import arithmetic
from dreiklang.core.nearness.grams import counted

NOWHERE = np.zeros(2, dtype=np.float32)
EAST, NORTH = np.array([1.0, 0.0]), np.array([0.0, 1.0])


def _runs(text: str) -> np.ndarray:
    return np.frombuffer(counted([text]), dtype=np.uint32)


def test_a_target_is_as_near_as_its_nearest_facet() -> None:
    passages = np.array([EAST])
    facets, starts = np.array([NORTH, EAST, NORTH]), np.array([0, 2])

    near, _best = arithmetic.nearness(passages, facets, starts, centre=NOWHERE, has_title=False)

    assert near.tolist() == [1.0, 0.0]


def test_only_the_best_passages_count() -> None:
    passages = np.array([EAST] * arithmetic.TOP_PASSAGES + [NORTH] * 50)

    near, best = arithmetic.nearness(
        passages, np.array([EAST]), np.array([0]), centre=NOWHERE, has_title=False
    )

    assert near.tolist() == [1.0]
    assert best.tolist() == [[0, 1, 2]]


def test_the_title_counts_half_a_text() -> None:
    passages = np.array([EAST, NORTH])

    near, _best = arithmetic.nearness(
        passages, np.array([EAST, NORTH]), np.array([0, 1]), centre=NOWHERE, has_title=True
    )

    assert near == pytest.approx([1 / 3, 2 / 3])


def test_what_every_text_is_near_to_is_taken_off() -> None:
    passages, centre = np.array([EAST + NORTH]), EAST

    near, _best = arithmetic.nearness(
        passages, np.array([EAST, NORTH]), np.array([0, 1]), centre=centre, has_title=False
    )

    assert near.tolist() == [0.0, 1.0]


def test_rare_words_make_texts_more_alike_than_common_ones() -> None:
    texts = [_runs(t) for t in ("Brücke Verwaltung", "Verwaltung Schule", "Verwaltung Garten")]
    rare = arithmetic.rarity(texts)

    shared = arithmetic.wording(_runs("Brücke Verwaltung"), texts[:2], rare=rare)

    assert shared[0] == pytest.approx(1.0)
    assert shared[1] < 0.2


def test_a_text_without_words_is_like_nothing() -> None:
    assert arithmetic.wording(_runs(""), [_runs("")], rare=arithmetic.rarity([])).tolist() == [0.0]


def test_a_document_is_most_like_itself() -> None:
    own = arithmetic.document_vectors(np.array([EAST, EAST, NORTH]), lead=1)
    other = arithmetic.document_vectors(np.array([NORTH, NORTH]), lead=0)

    alike = arithmetic.likeness(own, [own, other], centre=NOWHERE)

    assert alike[0] == pytest.approx(1.0)
    assert alike[1] < 0.9
