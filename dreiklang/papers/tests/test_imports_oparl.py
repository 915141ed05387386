"""Council systems by HTTP: paging, filters, vendors' quirks, broken runs, withdrawn papers."""

from typing import Any

import pytest
from django.utils import timezone

from dreiklang.core.enums import RunState, Visibility
from dreiklang.core.fetching import CannotFetch, Client
from dreiklang.core.models import Run
from dreiklang.papers.imports.oparl.downloads import NotFetched, fetched
from dreiklang.papers.imports.oparl.run import AlreadyRunning, sync
from dreiklang.papers.models import (
    AgendaItem,
    Consultation,
    CouncilFile,
    Meeting,
    OparlObject,
    OparlSource,
    Paper,
    PaperLink,
)
from dreiklang.papers.rules.kinds import SourceState, TextState
from dreiklang.people.models import Committee
from dreiklang.people.permissions import NotAllowed
from dreiklang.people.rules import PUBLIC
from tests.oparl_server.reading import changed, client, codes, deleted, read, system
from tests.oparl_server.towns import BASE, file, meeting, one, paper

pytestmark = pytest.mark.django_db


def test_all_pages_of_all_lists_are_read() -> None:
    with system() as (_, source):
        run = read(source)

    assert (run.state, run.new_count, codes(run)) == (RunState.DONE, 9, [])
    assert (Paper.objects.count(), AgendaItem.objects.count(), Committee.objects.count()) == (5, 6, 1)
    step = Consultation.objects.get(paper__number="2026/004")
    assert step.item is not None
    assert (step.item.number, step.meeting_id, step.is_deciding) == ("4", Meeting.objects.get().pk, True)
    assert source.state == SourceState.DONE
    assert run.file_facts["bodies"][0]["name"] == "Musterstadt"


def test_what_is_not_public_stays_inside() -> None:
    with system() as (_, source):
        read(source)

    assert not AgendaItem.objects.get(title="Grundstücksverkauf").is_public
    assert set(Paper.objects.values_list("visibility", flat=True)) == {Visibility.PUBLIC}


def test_the_second_run_asks_every_list_for_changes_since_the_first_began() -> None:
    with system() as (served, source):
        read(source)
        served.queries.clear()
        served.lists["paper"][0] = changed(served.lists["paper"][0], name="Radweg Süd")

        run = read(source)

    asked = [query for query in served.queries if query]
    assert len(asked) == 3
    assert all("modified_since=" in query for query in asked)
    assert (run.changed_count, run.unchanged_count) == (1, 1)
    assert Paper.objects.get(number="2026/001").title == "Radweg Süd"


def test_a_withdrawn_paper_stays_with_our_links_and_without_its_text() -> None:
    with system() as (served, source):
        read(source)
        gone = Paper.objects.get(number="2026/002")
        Paper.objects.filter(pk=gone.pk).update(text="Der Stadtrat möge …", note="unsere Bemerkung")
        CouncilFile.objects.filter(paper=gone).update(text="Der Stadtrat möge …", text_state=TextState.READ)
        PaperLink.objects.create(paper=gone, kind="goal", target=1, reason="bestätigt")
        served.lists["paper"][1] = deleted(served.lists["paper"][1])

        run = read(source)

    gone.refresh_from_db()
    assert gone.withdrawn_at is not None
    assert (gone.number, gone.text, gone.note) == ("2026/002", "", "unsere Bemerkung")
    assert gone.links.count() == 1
    told = gone.files.get()
    assert (told.text, told.text_state) == ("", TextState.WITHDRAWN)
    assert gone.route.get().withdrawn_at is not None
    assert run.file_facts["withdrawn"] == 1
    assert "Radweg" not in str(OparlObject.objects.get(oparl_id=gone.oparl_id).content)


def test_a_paper_that_is_published_again_comes_back() -> None:
    with system() as (served, source):
        read(source)
        before = served.lists["paper"][1]
        served.lists["paper"][1] = deleted(before)
        read(source)
        served.lists["paper"][1] = changed(before)

        read(source)

    back = Paper.objects.get(number="2026/002")
    assert back.withdrawn_at is None
    assert back.files.get().text_state == TextState.WAITING


def test_what_people_did_here_stays_when_something_else_changes_there() -> None:
    with system() as (served, source):
        read(source)
        Paper.objects.filter(number="2026/001").update(title="Unser Titel", visibility=Visibility.INTERNAL)
        served.lists["paper"][0] = changed(served.lists["paper"][0], paperType="Antrag")

        read(source)

    kept = Paper.objects.get(number="2026/001")
    assert (kept.title, kept.visibility, kept.kind_words) == ("Unser Titel", Visibility.INTERNAL, "Antrag")


def test_what_is_no_longer_inside_is_withdrawn() -> None:
    with system() as (served, source):
        read(source)
        served.lists["meeting"][0] = changed(served.lists["meeting"][0])
        served.lists["meeting"][0]["agendaItem"] = served.lists["meeting"][0]["agendaItem"][:5]

        read(source)

    assert AgendaItem.objects.get(number="6").withdrawn_at is not None
    assert AgendaItem.objects.filter(withdrawn_at=None).count() == 5


def test_a_run_that_broke_in_the_middle_goes_on_where_it_stopped() -> None:
    with system() as (served, source):
        served.lists["paper"] = [paper(number) for number in range(1, 9)]
        served.quirks.broken.add("/body/1/paper")
        first = read(source)
        assert (first.state, codes(first)) == (RunState.FAILED, ["not_json"])
        source.refresh_from_db()
        assert (source.state, source.last_success_at) == (SourceState.BROKEN_OFF, None)
        served.quirks.broken.clear()
        served.asked.clear()

        second = read(source)

    assert second.state == RunState.DONE
    assert Paper.objects.count() == 8
    # The lists that were read are not asked again; the first run's begin counts.
    assert served.asked["/body/1/meeting"] == 0
    assert source.last_success_at == first.started_at


def test_what_was_there_stays_when_the_system_is_gone() -> None:
    with system() as (served, source):
        read(source)
        served.quirks.failures["/system"] = [503] * 9

        run = read(source)

    assert (run.state, codes(run)) == (RunState.FAILED, ["http_503"])
    assert Paper.objects.filter(withdrawn_at=None).count() == 5


def test_a_server_error_is_tried_again_with_growing_patience() -> None:
    waited: list[float] = []
    with system() as (served, source):
        served.quirks.failures["/body/1/meeting"] = [500, 503]
        run = sync(source=source, client=Client(wait=waited.append))

    assert run.state == RunState.DONE
    assert waited == [2.0, 4.0]


def test_a_list_that_is_not_there_is_named_and_the_others_are_read() -> None:
    with system() as (served, source):
        served.quirks.failures["/body/1/meeting"] = [404]
        run = read(source)

    assert (run.state, codes(run)[0]) == (RunState.FAILED, "http_404")
    assert Paper.objects.count() == 5


def test_the_route_finds_its_meeting_when_that_comes_later() -> None:
    with system() as (served, source):
        served.quirks.failures["/body/1/meeting"] = [404]
        read(source)
        read(source)

    assert Consultation.objects.filter(meeting=None).count() == 0
    assert Consultation.objects.filter(item=None).count() == 0


@pytest.mark.parametrize("how", ["same", "new"])
def test_a_list_without_end_is_noticed(how: str) -> None:
    with system() as (served, source):
        served.quirks.endless = how
        run = read(source)

    assert set(codes(run)) == {"next_endless"}
    assert run.state == RunState.FAILED
    assert sum(served.asked.values()) < 20


def test_no_list_leads_to_another_server() -> None:
    with system() as (served, source):
        served.quirks.next_host = "http://127.0.0.2:1"
        run = read(source)

    assert codes(run) == ["next_elsewhere"]


def test_a_file_of_400_megabytes_is_refused_whether_its_size_is_told_or_not() -> None:
    with system() as (served, _):
        for path in ("/huge", "/huge?quiet"):
            with pytest.raises(CannotFetch, match="too_large"):
                client(served.base).get(served.base + path, limit=3_000_000)
            with pytest.raises(NotFetched, match="http_404"):
                fetched(client(served.base), f"{served.base}/nowhere.pdf")


def test_bad_objects_are_named_and_the_rest_is_read() -> None:
    bad: list[Any] = [
        paper(1, date="0001-01-01", consultation={"role": 7}, mainFile="https://ris.example/f"),
        paper(2, reference="2026/001", auxiliaryFile="nichts", paperType=["a", 3]),
        {"name": "Ohne Kennung", "reference": "2026/077"},
        "kein Objekt",
        paper(5),
    ]
    with system(paper=bad) as (_, source):
        run = read(source)

    assert run.refused_count == 2
    assert sorted(Paper.objects.values_list("number", "key")) == [
        ("2026/001", "2026-001"),
        ("2026/001", "2026-001-2"),
        ("2026/005", "2026-005"),
    ]
    assert set(codes(run)) == {
        "id_missing",
        "no_such_time",
        "not_an_object",
        "object_for_list",
        "reference_twice",
        "wrong_type",
    }
    # Even what nobody can know again is kept.
    assert OparlObject.objects.filter(content__name="Ohne Kennung").exists()


def test_persons_are_left_out_unless_switched_on() -> None:
    people = [one("Person", 1, name="Erika Beispiel")]
    with system(person=people, paper=[paper(1, originatorPerson=[f"{BASE}/person/1"])]) as (served, source):
        read(source)
        assert served.asked["/body/1/person"] == 0
        assert not OparlObject.objects.filter(content__has_key="originatorPerson").exists()
        OparlSource.objects.update(with_persons=True, last_success_at=None)

        read(source)

    assert OparlObject.objects.filter(type="Person").count() == 1
    assert OparlObject.objects.filter(content__has_key="originatorPerson").exists()


def test_lists_of_their_own_change_what_stands_inside_others() -> None:
    step = changed(
        paper(1)["consultation"][0], paper=f"{BASE}/paper/1", role="Vorberatung", authoritative=False
    )
    item = changed(
        one("AgendaItem", 3, name="Punkt 3", number="3", order=3, public=True, result="vertagt"),
        meeting=f"{BASE}/meeting/1",
    )
    with system(consultation=[step], agendaItem=[item], file=[changed(file(3), deleted=True)]) as (
        served,
        source,
    ):
        served.quirks.shows_deleted = True
        run = read(source)

    assert run.state == RunState.DONE
    assert not Consultation.objects.get(paper__number="2026/001").is_deciding
    assert AgendaItem.objects.get(number="3").result == "postponed"
    assert CouncilFile.objects.get(paper__number="2026/003").withdrawn_at is not None


def test_a_cancelled_meeting_is_cancelled() -> None:
    with system(meeting=[meeting(cancelled=True)]) as (_, source):
        read(source)

    assert Meeting.objects.get().state == "cancelled"


def test_nobody_reads_a_source_twice_at_once_and_not_everybody_may() -> None:
    with system() as (_, source):
        OparlSource.objects.update(state=SourceState.RUNNING, progress={"at": timezone.now().isoformat()})
        with pytest.raises(AlreadyRunning):
            read(source)
        with pytest.raises(NotAllowed):
            sync(by=PUBLIC, source=source, client=client())

    assert not Run.objects.exists()
