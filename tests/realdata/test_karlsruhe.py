"""Karlsruhe's council data (670 papers, 216 meetings, 97 organisations, 1,415 texts): whole, and once only."""

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from dreiklang.core.enums import RunState, Visibility
from dreiklang.core.models import Problem, Run
from dreiklang.papers.imports.oparl.run import sync
from dreiklang.papers.models import (
    AgendaItem,
    Consultation,
    CouncilFile,
    Meeting,
    OparlObject,
    OparlSource,
    Paper,
)
from dreiklang.papers.rules.kinds import Result, SourceState, TextState
from dreiklang.people.queries import committees
from dreiklang.people.rules import SYSTEM, CommitteeKind

FOLDER = Path(__file__).resolve().parents[3] / "shared" / "data" / "oparl" / "karlsruhe"
FILES = ("organizations.json", "meetings.jsonl", "papers.jsonl")
# These are in the source and name persons: left out unless the city switches persons on.
PERSONS = {"membership"}

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.realdata,
    pytest.mark.skipif(not FOLDER.exists(), reason="../shared/data/oparl/karlsruhe is not there"),
]


def objects(name: str) -> list[dict[str, Any]]:
    content = (FOLDER / name).read_text(encoding="utf-8")
    if name.endswith(".json"):
        found: list[dict[str, Any]] = json.loads(content)
        return found
    return [json.loads(line) for line in content.split("\n") if line]


@pytest.fixture(scope="module")
def imported(django_db_setup: None, django_db_blocker: Any) -> Any:
    """One import for all tests that only look; undone at the end."""
    from django.db import transaction  # noqa: PLC0415 (only where a database may be used)

    with django_db_blocker.unblock(), transaction.atomic():
        source = OparlSource.objects.create(name="Karlsruhe", address=str(FOLDER))
        run = sync(source=source)
        yield source, run
        transaction.set_rollback(True)


def test_it_is_imported_whole(imported: tuple[OparlSource, Run]) -> None:
    source, run = imported

    assert run.state == RunState.DONE
    assert (run.new_count, run.refused_count, run.row_count) == (2398, 0, 2398)
    assert (Paper.objects.count(), Meeting.objects.count()) == (670, 216)
    assert (AgendaItem.objects.count(), Consultation.objects.count()) == (2787, 844)
    assert CouncilFile.objects.filter(text_state=TextState.READ).count() == 1415
    assert source.state == SourceState.DONE
    assert source.last_success_at is not None


def test_every_field_of_every_object_is_kept(imported: tuple[OparlSource, Run]) -> None:
    """As it came in the raw object; texts stand with their file."""
    kept = dict(OparlObject.objects.filter(source=imported[0]).values_list("oparl_id", "content"))

    for name in FILES:
        for one in objects(name):
            assert kept[one["id"]] == {k: v for k, v in one.items() if k not in PERSONS}, one["id"]
    texts = dict(CouncilFile.objects.values_list("oparl_id", "text"))
    for one in objects("file-texts.jsonl"):
        assert texts[one["file"]] == one["text"]
        assert kept[f"text:{one['file']}"] == {k: v for k, v in one.items() if k != "text"}
    left_out = sum(name in one for name in PERSONS for one in objects("organizations.json"))
    assert imported[1].file_facts["persons_left_out"] == left_out


def test_what_pages_show_stands_in_fields(imported: tuple[OparlSource, Run]) -> None:
    papers = Paper.objects.in_bulk(field_name="oparl_id")
    for one in objects("papers.jsonl"):
        paper = papers[one["id"]]
        assert (paper.number, paper.title, paper.kind_words) == (
            one["reference"],
            one["name"].strip(),
            one["paperType"],
        )
        assert str(paper.dated_on) == one["date"]
        assert paper.visibility == Visibility.PUBLIC
        assert paper.lead_words
    items = AgendaItem.objects.select_related("meeting").in_bulk(field_name="oparl_id")
    for meeting in objects("meetings.jsonl"):
        for one in meeting["agendaItem"]:
            item = items[one["id"]]
            assert (item.number, item.position, item.is_public) == (one["number"], one["order"], True)
            assert item.result_words == one.get("result", "")
            assert (item.result == Result.OPEN) == ("result" not in one)
            assert item.meeting.oparl_id == meeting["id"]


def test_routes_lead_to_their_meetings_and_items(imported: tuple[OparlSource, Run]) -> None:
    told = [one for paper in objects("papers.jsonl") for one in paper["consultation"]]
    meetings = {one["id"] for one in objects("meetings.jsonl")}
    items = {item["id"] for one in objects("meetings.jsonl") for item in one["agendaItem"]}

    here = Consultation.objects.select_related("meeting", "item", "committee").in_bulk(field_name="oparl_id")
    seen: Counter[str] = Counter()
    for one in told:
        seen[one["id"]] += 1
        # One id stands for two meetings in this source.
        step = here[one["id"] if seen[one["id"]] == 1 else f"{one['id']}#{seen[one['id']]}"]
        assert step.committee is not None
        assert step.committee.oparl_id == one["organization"][0]
        assert step.role_words == one["role"]
        if one.get("meeting") in meetings:
            assert step.meeting is not None
            assert step.meeting.oparl_id == one["meeting"]
        if one.get("agendaItem") in items:
            assert step.item is not None
            assert step.item.oparl_id == one["agendaItem"]


def test_committees_are_told_from_offices(imported: tuple[OparlSource, Run]) -> None:
    kinds = Counter(line.kind for line in committees(SYSTEM))

    assert sum(kinds.values()) == 27
    assert kinds[CommitteeKind.COUNCIL] == 2
    assert kinds[CommitteeKind.LOCAL_COUNCIL] == 7


def test_amendments_follow_what_they_amend(imported: tuple[OparlSource, Run]) -> None:
    amendment = Paper.objects.select_related("follows").get(number="2024/0868/2")

    assert amendment.follows is not None
    assert amendment.follows.number == "2024/0868"
    assert not Paper.objects.filter(follows__follows__follows__follows__isnull=False).exists()


def test_what_could_not_be_taken_as_it_was_stands_in_the_report(imported: tuple[OparlSource, Run]) -> None:
    said = Counter(Problem.objects.filter(run=imported[1]).values_list("code", flat=True))

    # Ten routes name meetings that are not among these; some ends of meetings are midnight of the same day.
    midnight = sum(one["end"] < one["start"] for one in objects("meetings.jsonl"))
    assert said["ends_before_start"] == midnight
    assert said["id_twice"] == 1
    assert set(said) == {"ends_before_start", "id_twice", "not_known"}


def test_a_second_import_changes_nothing(imported: tuple[OparlSource, Run]) -> None:
    before = list(Paper.objects.order_by("pk").values_list("pk", "version", "changed_at"))

    again = sync(source=OparlSource.objects.get(pk=imported[0].pk))

    assert (again.new_count, again.changed_count, again.unchanged_count) == (0, 0, 2398)
    assert list(Paper.objects.order_by("pk").values_list("pk", "version", "changed_at")) == before
