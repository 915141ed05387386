"""Lists that fail, for a night or for ever, lose nothing and hold nothing back."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from dreiklang.core.enums import RunState
from dreiklang.papers.imports.oparl import run as runs
from dreiklang.papers.imports.oparl.places import RESUMABLE, STILL_NEW, places
from dreiklang.papers.models import Consultation, OparlObject, OparlSource, Paper
from dreiklang.papers.rules.kinds import SourceState
from tests.oparl_server.reading import changed, codes, read, system
from tests.oparl_server.towns import one, paper

NOW = datetime(2026, 11, 22, 1, tzinfo=UTC)
BEFORE = NOW - timedelta(days=7)


def _numbers() -> set[str]:
    return set(Paper.objects.values_list("number", flat=True))


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch):
    """Let the next run begin so much later than now."""

    def wait(time: timedelta) -> None:
        at = timezone.now() + time
        monkeypatch.setattr(runs.timezone, "now", lambda: at)

    return wait


@pytest.mark.django_db
@pytest.mark.parametrize("how", ["missing", "broken"])
def test_an_optional_list_that_fails_for_ever_holds_no_new_paper_back(how: str) -> None:
    with system(locationList=[one("Location", 1, locality="Musterstadt")]) as (served, source):
        served.body["locationList"] = f"{served.base}/body/1/locationList"
        if how == "missing":
            del served.lists["locationList"]
        else:
            served.quirks.broken.add("/body/1/locationList")
        first = read(source)
        source.refresh_from_db()
        assert (first.state, source.state, source.last_success_at) == (
            RunState.DONE,
            SourceState.DONE,
            first.started_at,
        )
        served.lists["paper"].append(changed(paper(9)))

        second = read(source)

    assert "2026/009" in _numbers()
    assert second.state == RunState.DONE
    # It is said, each time.
    expected = "http_404" if how == "missing" else "not_json"
    assert (codes(first), expected in codes(second)) == ([expected], True)
    assert second.file_facts["broken_lists"] == ["locationList"]


@pytest.mark.django_db
def test_what_an_optional_list_did_not_tell_it_is_asked_for_again() -> None:
    step = changed(paper(1)["consultation"][0], paper=paper(1)["id"], role="Vorberatung", authoritative=False)
    with system(consultation=[]) as (served, source):
        read(source)
        served.lists["consultation"] = [step]
        served.quirks.failures["/body/1/consultation"] = [404]
        read(source)
        assert Consultation.objects.get(paper__number="2026/001").is_deciding

        read(source)
        source.refresh_from_db()

    assert not Consultation.objects.get(paper__number="2026/001").is_deciding
    assert source.cursor == {}


@pytest.mark.django_db
def test_an_endless_list_of_meetings_does_not_keep_new_papers_out(later) -> None:
    with system() as (served, source):
        served.quirks.failures["/body/1/meeting"] = [404] * 9
        first = read(source)
        served.lists["paper"].append(
            changed(paper(9), modified=(timezone.now() + timedelta(hours=1)).isoformat())
        )
        later(timedelta(days=1))

        second = read(source)
        source.refresh_from_db()

    assert (first.state, second.state, source.last_success_at) == (RunState.FAILED, RunState.FAILED, None)
    assert "2026/009" in _numbers()


@pytest.mark.django_db
def test_a_list_read_a_moment_ago_is_not_read_twice_while_another_fails() -> None:
    with system() as (served, source):
        served.quirks.failures["/body/1/meeting"] = [404]
        read(source)
        served.asked.clear()

        second = read(source)
        source.refresh_from_db()

    assert served.asked["/body/1/paper"] == 0
    assert (second.state, source.cursor) == (RunState.DONE, {})


@pytest.mark.django_db
def test_a_list_broken_off_in_the_middle_keeps_what_it_was_asked_for(later) -> None:
    """Only the pages after the break come again, of the same changes."""
    with system(paper=[paper(number) for number in range(1, 9)]) as (served, source):
        read(source)
        served.lists["paper"] = [changed(each, name="Neu") for each in served.lists["paper"]]
        served.quirks.failures["/body/1/paper"] = [0, 404]
        broken = read(source)
        assert broken.state == RunState.FAILED
        later(timedelta(days=1))

        again = read(source)

    assert again.state == RunState.DONE
    assert set(Paper.objects.values_list("title", flat=True)) == {"Neu"}
    assert OparlObject.objects.filter(type="Paper").count() == 8
    assert OparlSource.objects.get().last_success_at == broken.started_at


def test_a_list_is_asked_for_what_the_run_is_asked_for() -> None:
    begin = places({}, since=BEFORE, may_resume=True, now=NOW).start("paper")

    assert begin is not None
    assert (begin.since, begin.place) == (BEFORE, None)


def test_a_list_read_to_its_end_is_later_asked_for_what_changed_since_it_was_asked() -> None:
    first = places({}, since=BEFORE, may_resume=True, now=NOW)
    first.start("paper")
    first.read("paper", None)
    kept = first.kept()

    assert places(kept, since=None, may_resume=True, now=NOW + STILL_NEW / 2).start("paper") is None
    begin = places(kept, since=None, may_resume=True, now=NOW + STILL_NEW).start("paper")
    assert begin is not None
    assert (begin.since, begin.place) == (NOW, None)


def test_a_second_reading_that_fails_at_once_keeps_the_time_of_the_first() -> None:
    first = places({}, since=BEFORE, may_resume=True, now=NOW)
    first.start("paper")
    first.read("paper", None)
    second = places(first.kept(), since=None, may_resume=True, now=NOW + STILL_NEW)
    second.start("paper")
    second.broke("paper")

    begin = places(second.kept(), since=None, may_resume=True, now=NOW + 2 * STILL_NEW).start("paper")

    assert begin is not None
    assert begin.since == NOW


def test_a_broken_list_goes_on_with_the_changes_it_was_asked_for() -> None:
    first = places({}, since=BEFORE, may_resume=True, now=NOW)
    first.start("paper")
    first.read("paper", "https://ris.example/paper?page=2")

    begin = places(first.kept(), since=NOW, may_resume=True, now=NOW + STILL_NEW).start("paper")

    assert begin is not None
    assert (begin.since, begin.place, begin.asked_at) == (BEFORE, "https://ris.example/paper?page=2", NOW)


@pytest.mark.parametrize(
    ("since", "owed", "asked"),
    [(NOW, BEFORE, BEFORE), (BEFORE, NOW, BEFORE), (NOW, None, None), (None, BEFORE, None)],
)
def test_a_list_that_owes_something_is_asked_for_the_older_of_both(since, owed, asked) -> None:
    behind = {"behind": {"file": owed.isoformat() if owed else None}}

    begin = places(behind, since=since, may_resume=True, now=NOW).start("file")

    assert begin is not None
    assert begin.since == asked


def test_what_failed_once_more_still_owes_the_same() -> None:
    run = places({"behind": {"file": None}}, since=BEFORE, may_resume=True, now=NOW)
    run.start("file")
    run.broke("file")

    assert run.kept_at_the_end() == {"behind": {"file": None}}


@pytest.mark.parametrize(("age", "may_resume"), [(RESUMABLE, True), (timedelta(hours=1), False)])
def test_a_run_that_is_old_or_otherwise_ordered_begins_anew(age, may_resume) -> None:
    first = places({"behind": {"file": None}}, since=None, may_resume=True, now=NOW)
    first.start("paper")
    first.read("paper", "https://ris.example/paper?page=2")

    run = places(first.kept(), since=BEFORE, may_resume=may_resume, now=NOW + age)

    begin = run.start("paper")
    assert begin is not None
    assert (run.started_at, begin.since, begin.place) == (NOW + age, BEFORE, None)
    owing = run.start("file")
    assert owing is not None
    assert owing.since is None
