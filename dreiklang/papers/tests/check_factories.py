"""Checks for tests: a small published checklist, and checks as far on their way as a test needs."""

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from dreiklang.goals.models import Goal
from dreiklang.measures.tests.factories import account, department, framework, goal
from dreiklang.papers.models import Check, Checklist
from dreiklang.papers.rules.checklist import Given
from dreiklang.papers.rules.kinds import ChecklistState, ProposalOrigin, TargetKind, Verdict
from dreiklang.papers.services import checks as services
from dreiklang.people.models import Account, Department
from dreiklang.people.queries import viewer_of
from dreiklang.people.rules import Role, Viewer

NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)
LATER = datetime(2026, 11, 23, 9, tzinfo=UTC)

CONTENT: dict[str, Any] = {
    "format": 1,
    "name": "INSEK-Prüfung",
    "label": "Test",
    "example": True,
    "relevance": {"text": "Ist das von Belang?", "reason_label": "Warum?"},
    "stages": [
        {
            "title": "Wirkung",
            "questions": [
                {"id": "ziele", "kind": "goals", "text": "Wie wirkt es auf dieses Ziel?"},
                {"id": "kosten", "kind": "amount", "text": "Was kostet es?"},
            ],
        },
        {
            "title": "Tiefe",
            "questions": [
                {
                    "id": "minderung",
                    "kind": "text",
                    "text": "Was mildert es?",
                    "asked_if": [{"question": "ziele", "is": ["harm", "strong_harm"]}],
                }
            ],
        },
    ],
}


def published_checklist(**changed: Any) -> Checklist:
    facts = {"name": "INSEK-Prüfung", "label": "Test", "is_example": True, "content": CONTENT, **changed}
    return Checklist.objects.create(state=ChecklistState.PUBLISHED, published_at=NOW, **facts)


class Town:
    """An office that writes, its editor, a second reader, a co-signing office, the coordinator, two goals."""

    def __init__(self) -> None:
        self.checklist = published_checklist()
        self.office: Department = department("66", name="Tiefbauamt")
        self.green: Department = department("67", name="Grünflächenamt")
        self.editor: Account = account(
            "Eda Redaktion", role=Role.DEPARTMENT_EDITOR, in_department=self.office
        )
        self.reader: Account = account("Rudi Zweitleser", role=Role.REVIEWER, in_department=self.office)
        self.signer: Account = account("Gerda Grün", role=Role.REVIEWER, in_department=self.green)
        self.boss: Account = account("Kora Koordination", role=Role.COORDINATOR)
        insek = framework()
        self.growth: Goal = goal(insek, "1.1", title="Mehr Radverkehr")
        self.trees: Goal = goal(insek, "2.1", title="Mehr Bäume")

    @staticmethod
    def as_viewer(who: Account) -> Viewer:
        return viewer_of(account=who)

    def started(self, **fields: Any) -> Check:
        fields = {"title": "Radweg am Ufer", "text": "Wir bauen einen Radweg.", **fields}
        fields.setdefault("reader_id", self.reader.pk)
        return services.start_check(
            by=self.as_viewer(self.editor), now=NOW, draft=services.NewCheck(**fields)
        )

    def touching(self, check: Check, *goals: Goal) -> None:
        """Somebody confirmed that the draft touches these goals."""
        for rank, one in enumerate(goals, start=1):
            check.proposals.create(
                kind=TargetKind.GOAL,
                target=one.pk,
                rank=rank,
                origin=ProposalOrigin.BY_HAND,
                verdict=Verdict.CONFIRMED,
            )

    def answered(self, check: Check, *given: Given) -> Check:
        by = self.as_viewer(self.editor)
        check = services.answer_relevance(
            by=by, number=check.number, version=check.version, is_relevant=True, reason="Baut Wege."
        )
        said = given or (
            Given("ziele", self.growth.pk, value="strong_gain", reason="Ein Weg mehr."),
            Given("kosten", value="stated", amount_eur=Decimal(250000), reason="Schätzung"),
        )
        return services.answer(by=by, number=check.number, version=check.version, given=said)

    def complete(self, **fields: Any) -> Check:
        check = self.started(**fields)
        self.touching(check, self.growth)
        return self.answered(check)

    def in_review(self, **fields: Any) -> Check:
        check = self.complete(**fields)
        return services.hand_in(
            by=self.as_viewer(self.editor), now=NOW, number=check.number, version=check.version
        )

    def co_signing(self, *, with_green: bool = True, **fields: Any) -> Check:
        check = self.complete(**fields)
        by = self.as_viewer(self.editor)
        wanted = [services.WantedSignature(self.green.pk, is_treasury=True)] if with_green else []
        check = services.ask_co_signatures(
            by=by, now=NOW, number=check.number, version=check.version, wanted=wanted
        )
        check = services.hand_in(by=by, now=NOW, number=check.number, version=check.version)
        return services.forward(
            by=self.as_viewer(self.reader), now=NOW, number=check.number, version=check.version
        )

    def released(self, **fields: Any) -> Check:
        check = self.co_signing(with_green=False, **fields)
        return services.release(
            by=self.as_viewer(self.boss),
            now=LATER,
            number=check.number,
            version=check.version,
            reason="Die Kämmerei hat mündlich zugestimmt.",
        )
