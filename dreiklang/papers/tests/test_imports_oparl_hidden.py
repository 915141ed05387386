"""What a council system no longer shows, or never did, is not shown here either."""

from typing import Any

import pytest
from django.utils import timezone

from dreiklang.core.enums import Visibility
from dreiklang.core.models import Problem
from dreiklang.papers.imports.oparl.run import Order, sync
from dreiklang.papers.models import CouncilFile, Meeting, Resolution
from dreiklang.papers.queries.resolutions import resolutions_data
from dreiklang.papers.queries.visibility import visible_files
from dreiklang.papers.services.resolutions import follow_all
from dreiklang.people.rules import PUBLIC
from tests.oparl_server.reading import changed, client, codes, deleted, read, system
from tests.oparl_server.towns import BASE, file, meeting

pytestmark = pytest.mark.django_db


def _decided(number: int = 2, **fields: Any) -> dict[str, Any]:
    """The meeting with one adopted item that has a wording."""
    held = meeting()
    held["agendaItem"][number - 1] |= {
        "result": "beschlossen",
        "resolutionText": "Grundstück 12 geht an Frau Muster.",
        **fields,
    }
    return held


@pytest.mark.parametrize("how", ["closed", "item deleted", "paper deleted", "gone from the meeting"])
def test_a_followed_resolution_disappears_with_what_the_system_no_longer_shows(how: str) -> None:
    with system(meeting=[_decided()]) as (served, source):
        read(source)
        follow_all()
        number = Resolution.objects.get().number
        assert "Muster" in str(resolutions_data(today=timezone.localdate(), limit=9))
        if how == "paper deleted":
            served.lists["paper"][1] = deleted(served.lists["paper"][1])
        else:
            later = changed(_decided(public=False) if how == "closed" else _decided(deleted=True))
            if how == "gone from the meeting":
                later["agendaItem"].pop(1)
            served.lists["meeting"] = [later]

        run = read(source)

    # At once, not only when the worker follows decisions the next time.
    assert resolutions_data(today=timezone.localdate(), limit=9)["items"] == []
    assert Resolution.objects.get().visibility == Visibility.INTERNAL
    assert Problem.objects.get(run=run, code="taken_back").value == number


def test_a_dry_run_tells_what_it_would_take_back_and_leaves_it() -> None:
    with system(meeting=[_decided()]) as (served, source):
        read(source)
        follow_all()
        served.lists["meeting"] = [changed(_decided(public=False))]
        source.refresh_from_db()

        run = sync(source=source, client=client(), order=Order(is_dry_run=True))

    assert "taken_back" in codes(run)
    assert Resolution.objects.get().visibility == Visibility.PUBLIC


def _closed_with_file() -> dict[str, Any]:
    held = meeting()
    held["agendaItem"][5] |= {"resolutionFile": file(66, name="Kaufvertrag Muster")}
    return held


def _shown_files() -> set[str]:
    return set(visible_files(PUBLIC).values_list("name", flat=True))


@pytest.mark.parametrize(
    "names",
    [{}, {"meeting": f"{BASE}/meeting/1"}, {"agendaItem": [f"{BASE}/agendaitem/6"]}],
    ids=["nothing", "meeting", "item"],
)
def test_a_file_of_a_closed_item_stays_inside_when_a_list_of_files_names_it_too(
    names: dict[str, Any],
) -> None:
    named = file(66, name="Kaufvertrag Muster", **names)
    with system(meeting=[_closed_with_file()], file=[named]) as (served, source):
        read(source)
        assert "Kaufvertrag Muster" not in _shown_files()
        served.lists["file"] = [changed(named, size=7)]

        read(source)

    kept_inside = CouncilFile.objects.get(name="Kaufvertrag Muster")
    assert (kept_inside.is_public, kept_inside.size) == (False, 7)


def test_a_file_that_only_its_list_has_is_as_public_as_the_item_it_names() -> None:
    files = [
        file(71, name="Offen", agendaItem=f"{BASE}/agendaitem/2"),
        file(72, name="Nicht offen", agendaItem=[f"{BASE}/agendaitem/6"]),
        file(73, name="Punkt unbekannt", meeting=f"{BASE}/meeting/1", agendaItem=[f"{BASE}/agendaitem/99"]),
        file(74, name="Zur Sitzung", meeting=f"{BASE}/meeting/1"),
        file(75, name="Zur Vorlage", paper=f"{BASE}/paper/1"),
    ]
    with system(file=files) as (served, source):
        read(source)
        shown = _shown_files()
        assert {"Offen", "Zur Sitzung", "Zur Vorlage"} <= shown
        assert shown.isdisjoint({"Nicht offen", "Punkt unbekannt"})
        later = changed(meeting())
        later["agendaItem"][1] |= {"public": False}
        served.lists["meeting"] = [later]

        read(source)

    assert CouncilFile.objects.get(name="Offen").meeting_id == Meeting.objects.get().pk
    assert "Offen" not in _shown_files()
    assert {"Zur Sitzung", "Zur Vorlage"} <= _shown_files()
