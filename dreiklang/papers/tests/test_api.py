"""What the API gives of resolutions and papers, and what it keeps to itself."""

import pytest
from django.utils import timezone

from dreiklang.core.enums import Visibility
from dreiklang.papers.rules.kinds import Result
from dreiklang.papers.tests import factories as make

pytestmark = pytest.mark.django_db


def test_a_resolution_is_there_as_data(client):
    make.resolution("B-012/2026", title="Radweg Nord")

    listed = client.get("/api/v1/resolutions").json()
    alone = client.get("/api/v1/resolutions/B-012/2026").json()

    assert (listed["count"], listed["items"]) == (1, [alone])
    assert (alone["title"], alone["state"], alone["money_eur"]) == ("Radweg Nord", "open", None)


def test_a_resolution_names_the_meeting_it_comes_from_unless_that_is_closed(client):
    meeting = make.meeting(key="rat", name="Stadtrat im Mai")
    open_item, closed = make.item(meeting, "3"), make.item(meeting, "4", is_public=False)
    make.resolution("Z-1", kind="promise", meeting=meeting, item=open_item)
    make.resolution("Z-2", kind="promise", meeting=meeting)
    make.resolution("Z-3", kind="promise", meeting=meeting, item=closed)
    make.resolution("Z-4", kind="promise", meeting=make.meeting(key="intern", visibility=Visibility.INTERNAL))
    make.resolution("B-1", consultation=make.step(make.paper("2026/44"), open_item, is_deciding=True))

    items = client.get("/api/v1/resolutions").json()["items"]

    there = {"key": "rat", "name": "Stadtrat im Mai", "url": "/sitzungen/rat/"}
    assert {one["number"]: one["meeting"] for one in items} == {
        "Z-1": there | {"item": "3"},
        "Z-2": there | {"item": ""},
        "Z-3": None,
        "Z-4": None,
        "B-1": there | {"item": "3"},
    }


def test_a_paper_is_there_with_its_route(client):
    paper = make.paper("2026/44", summary="Ein Weg.")
    make.step(paper, make.item(make.meeting(), result=Result.ADOPTED), is_deciding=True)

    alone = client.get("/api/v1/papers/2026-44").json()

    assert client.get("/api/v1/papers").json()["items"] == [alone]
    assert (alone["summary"], alone["standing"]) == ("Ein Weg.", "decided")
    assert [(one["result"], one["is_deciding"]) for one in alone["route"]] == [("adopted", True)]


def test_of_a_withdrawn_paper_only_that_is_said(client):
    paper = make.paper("2026/44", summary="Ein Weg.", withdrawn_at=timezone.now())
    make.step(paper, make.item(make.meeting(), resolution_text="Der Wortlaut"))

    alone = client.get("/api/v1/papers/2026-44").json()

    assert (alone["standing"], alone["summary"], alone["route"]) == ("withdrawn", "", [])


@pytest.mark.parametrize("address", ["papers", "resolutions", "papers/x-1", "resolutions/x-1"])
def test_what_is_internal_is_not_in_the_data(client, address):
    make.paper("x-1", title="Streng geheim", visibility=Visibility.INTERNAL)
    make.resolution("x-1", title="Streng geheim", visibility=Visibility.INTERNAL)

    answer = client.get(f"/api/v1/{address}")

    assert "geheim" not in answer.content.decode()
    assert answer.status_code == (404 if "/" in address else 200)


def test_behind_closed_doors_a_public_papers_step_is_not_told(client):
    paper = make.paper("2026/44")
    make.step(paper, make.item(make.meeting(), is_public=False, resolution_text="Der Wortlaut"))

    assert client.get("/api/v1/papers/2026-44").json()["route"] == []
