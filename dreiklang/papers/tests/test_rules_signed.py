from decimal import Decimal
from typing import Any

import pytest

from dreiklang.papers.rules.checklist import RELEVANCE, ChecklistContent, Given, parse_checklist
from dreiklang.papers.rules.signed import TEXT, TOUCHED, changed_parts, signed_parts
from dreiklang.papers.tests.check_factories import CONTENT

GOAL, OTHER = 7, 8


def content() -> ChecklistContent:
    found, flaws = parse_checklist(CONTENT)
    assert found is not None, flaws
    return found


def parts(**changed: Any) -> dict[str, str]:
    facts: dict[str, Any] = {
        "text": "Wir bauen einen Radweg.",
        "is_relevant": True,
        "relevance_reason": "Baut Wege.",
        "given": [
            Given("ziele", GOAL, value="gain", reason="Ein Weg mehr."),
            Given("kosten", value="stated", amount_eur=Decimal("250000.00"), reason="Schätzung"),
        ],
        "goals": [GOAL],
        "touched": [("goal", GOAL), ("area", 3)],
        **changed,
    }
    return signed_parts(content(), **facts)


def answers(effect: str = "gain", amount: str = "250000.00", reason: str = "Schätzung") -> list[Given]:
    return [
        Given("ziele", GOAL, value=effect, reason="Ein Weg mehr."),
        Given("kosten", value="stated", amount_eur=Decimal(amount), reason=reason),
    ]


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({"text": "Wir bauen zwei Radwege."}, (TEXT,)),
        ({"relevance_reason": "Baut viele Wege."}, (RELEVANCE,)),
        ({"touched": [("goal", GOAL)]}, (TOUCHED,)),
        ({"given": answers(amount="900000.00")}, ("kosten",)),
        ({"given": answers(reason="Angebot")}, ("kosten",)),
        ({"given": answers(effect="strong_gain")}, ("ziele",)),
        # Depth is asked for that nobody had seen.
        ({"given": answers(effect="harm")}, ("ziele", "minderung")),
        ({"is_relevant": False, "given": []}, (RELEVANCE, "ziele", "kosten")),
    ],
)
def test_what_was_changed_is_named_part_by_part(changed: dict[str, Any], expected: tuple[str, ...]) -> None:
    assert changed_parts(signed=parts(), now=parts(**changed)) == expected


@pytest.mark.parametrize(
    "same",
    [
        {"text": "  Wir bauen\n einen Radweg. "},
        {"touched": [("area", 3), ("goal", GOAL)]},
        {"given": answers(amount="250000")},
        {"given": [*answers(), Given("minderung", text="Bäume"), Given("ziele", OTHER, value="gain")]},
    ],
)
def test_what_says_the_same_is_no_change(same: dict[str, Any]) -> None:
    assert changed_parts(signed=parts(), now=parts(**same)) == ()


def test_without_a_record_everything_counts_as_changed() -> None:
    assert changed_parts(signed={}, now=parts()) == tuple(parts())
