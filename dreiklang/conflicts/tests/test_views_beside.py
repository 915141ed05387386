"""Beside a form: what was typed so far is compared; half a date is no error; one click asks for a talk."""

import json
from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import QueryDict
from django.test import Client
from django.urls import reverse
from shapely import box, to_geojson
from shapely.geometry.base import BaseGeometry

from dreiklang.conflicts.forms.drafts import draft_in, subject_of
from dreiklang.conflicts.models import Candidate, Talk
from dreiklang.conflicts.queries import Beside, DraftClaim, Neighbour
from dreiklang.conflicts.tests import factories as make
from dreiklang.conflicts.views.beside import beside_sentence
from dreiklang.core import nearness
from dreiklang.core.geodata.tests.packages import blob, package
from dreiklang.goals.tests.factories import goal
from dreiklang.measures.models import Measure
from dreiklang.measures.tests import factories as city
from dreiklang.people.rules import Role

pytestmark = pytest.mark.django_db
BESIDE = "/arbeit/nebenan/"
HTMX = {"HTTP_HX_REQUEST": "true"}


@pytest.fixture(autouse=True)
def _plain_encoder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(nearness, "describe", make.plain_encoder)


@pytest.fixture
def lead(client: Client) -> Client:
    client.force_login(city.account("Eda Entwurf", role=Role.LEAD, in_department=city.department()))
    return client


@pytest.fixture
def site() -> Measure:
    office = city.department(name="Tiefbauamt")
    made = make.measure(
        "Kanal am Wasser",
        geometry=make.ground(),
        lead=city.account("Lena Leitung", in_department=office),
        lead_department=office,
    )
    make.compared()
    return made


def typed(**said: Any) -> dict[str, Any]:
    place = to_geojson(make.ground(20))
    return {
        "title": "Radroute",
        "starts_on": "2027-03-01",
        "ends_on": "2027-09-30",
        "place_text": place,
        **said,
    }


def test_what_runs_on_the_same_ground_is_named_with_who_is_behind_it(lead, site):
    page = lead.post(f"{BESIDE}?fuer=measure", typed(), **HTMX).content.decode()

    assert "mit einem sollten Sie sprechen" in page
    assert "Kanal am Wasser" in page
    assert "Tiefbauamt" in page
    assert "Lena Leitung" in page
    assert "derselben Fläche" in page
    assert "<html" not in page


@pytest.mark.parametrize("name", ["lage.geojson", "lage.gpkg"])
def test_a_place_chosen_as_a_file_is_read_and_nothing_is_saved(lead, site, name):
    ground = make.ground(20)
    degrees = package({"a": [("1", blob(ground, srid=4326))]}, system=(4326, "EPSG", 4326, ""))
    content = degrees if name.endswith("gpkg") else to_geojson(ground).encode()
    said = typed(place_text="", place_file=SimpleUploadedFile(name, content))

    page = lead.post(f"{BESIDE}?fuer=measure", said, **HTMX).content.decode()

    assert "Kanal am Wasser" in page
    assert "derselben Fläche" in page
    assert Measure.objects.count() == 1


@pytest.mark.parametrize("content", [b"kein GeoJSON", b"[" * 1_100_000])
def test_a_file_that_is_no_place_or_too_large_counts_as_not_chosen(lead, site, content):
    chosen = SimpleUploadedFile("lage.geojson", content)

    page = lead.post(f"{BESIDE}?fuer=measure", typed(place_file=chosen), **HTMX).content.decode()

    assert "derselben Fläche" in page


def test_without_scripts_the_same_stands_on_a_page_of_its_own(lead, site):
    page = lead.post(f"{BESIDE}?fuer=measure", typed()).content.decode()

    assert "<html" in page
    assert "Kanal am Wasser" in page


def neighbour(key: str, *, shares_place: bool = False, areas: tuple[str, ...] = ()) -> Neighbour:
    party = SimpleNamespace(key=key)
    return Neighbour(party, shares_place, areas, (), None, 0.8)  # type: ignore[arg-type]  # only its key is read


@pytest.mark.parametrize(
    ("neighbours", "words"),
    [
        ([neighbour("a")], "Ein Vorhaben hat ein ähnliches Thema,"),
        ([neighbour("a"), neighbour("b")], "2 Vorhaben haben ein ähnliches Thema,"),
        ([neighbour("a", shares_place=True)], "Ein Vorhaben liegt in der Nähe,"),
        (
            [neighbour("a", areas=("Altstadt",)), neighbour("b", shares_place=True)],
            "2 Vorhaben liegen in der Nähe,",
        ),
        (
            [neighbour("a"), neighbour("b", shares_place=True)],
            "2 Vorhaben liegen in der Nähe oder haben ein ähnliches Thema,",
        ),
    ],
)
def test_only_what_shares_a_place_is_said_to_lie_near(neighbours, words):
    assert beside_sentence(Beside(neighbours=tuple(neighbours))).startswith(words)


def test_nothing_near_is_said_too(lead, site):
    page = lead.post(f"{BESIDE}?fuer=measure", {"title": "Ganz anders"}, **HTMX).content.decode()

    assert "Bisher nichts" in page
    assert "Kanal" not in page


@pytest.mark.parametrize(
    "said",
    [
        {"starts_on": "2027-0"},
        {"ends_on": "0001-01-01"},
        {"starts_on": "9999-12-31"},
        {"place_text": '{"type": "Polygon", "coord'},
        {"place_text": "[" * 3000},
        {"place_text": '{"type": "Point", "coordinates": ["x", null]}'},
        {"areas": "abc"},
        {"lead_department_id": "99999999999999999999"},
        {"ziel-0-goal": "x", "ziel-0-weight": "99"},
        {"ziel-0-goal": "5", "ziel-0-weight": "99"},
        {"needs_first": "; ;X-1"},
        {"title": "A" * 5000},
        {"title": "mit \x00 Null"},
    ],
)
def test_what_is_half_typed_or_nonsense_is_never_an_error(lead, site, said):
    assert lead.post(f"{BESIDE}?fuer=measure", typed(**said), **HTMX).status_code == 200


def test_the_record_being_edited_does_not_meet_itself(lead, site):
    place = {"title": "Kanal am Wasser", "starts_on": "2027-01-01", "ends_on": "2027-12-31"}

    page = lead.post(f"{BESIDE}?fuer={make.key(site)}", place, **HTMX).content.decode()

    assert "Bisher nichts" in page


@pytest.mark.parametrize("about", ["", "paper:1", "measure:x", "measure:1:2", "measure:-1"])
def test_a_subject_that_does_not_exist_is_not_found(lead, about):
    assert lead.post(f"{BESIDE}?fuer={about}", {}).status_code == 404


@pytest.mark.parametrize("role", [None, Role.PARTNER, Role.COUNCIL_MEMBER])
def test_outsiders_hear_nothing(client, site, role):
    if role is not None:
        client.force_login(city.account(role=role))

    answer = client.post(f"{BESIDE}?fuer=measure", typed())
    invited = client.post(reverse("conflicts:invite_beside"), {"titel": "x", "mit": make.key(site)})

    assert answer.status_code in {302, 403}
    assert invited.status_code in {302, 403}
    assert not Talk.objects.exists()


def test_one_click_invites_whoever_leads_the_other(lead, site):
    page = lead.post(
        reverse("conflicts:invite_beside"), {"titel": "Radroute", "mit": make.key(site)}, **HTMX
    ).content.decode()

    talk = Talk.objects.get()
    assert "Eingeladen" in page
    assert (
        'hx-sync="this:drop"'
        in lead.post(f"{BESIDE}?fuer=measure", typed(title="Uferweg"), **HTMX).content.decode()
    )
    assert talk.draft_title == "Radroute"
    assert talk.to_ids == [site.lead_id]


def test_who_was_invited_is_not_offered_again_while_typing_goes_on(lead, site):
    invite = reverse("conflicts:invite_beside")
    lead.post(invite, {"titel": "Radroute", "mit": make.key(site)}, **HTMX)

    longer = lead.post(f"{BESIDE}?fuer=measure", typed(title="Radroute am Ufer"), **HTMX).content.decode()
    other = lead.post(f"{BESIDE}?fuer=measure", typed(title="Uferweg"), **HTMX).content.decode()

    assert "Eingeladen" in longer
    assert invite not in longer
    assert invite in other


def test_a_talk_about_two_others_is_none_about_what_is_typed(lead, site):
    make.measure("Brücke am Wasser", geometry=make.ground(20))
    make.compared()
    candidate = Candidate.objects.get()
    asked = lead.session["_auth_user_id"]
    Talk.objects.create(candidate=candidate, asked_by_id=asked)

    page = lead.post(f"{BESIDE}?fuer=measure", typed(), **HTMX).content.decode()

    assert make.key(site) in page
    assert "Eingeladen" not in page


@pytest.mark.parametrize(
    ("said", "words"),
    [({"titel": " "}, "einen Titel"), ({"titel": "\x00"}, "einen Titel"), ({"titel": "A" * 5000}, "zu lang")],
)
def test_an_invitation_that_cannot_be_says_why(lead, site, said, words):
    page = lead.post(
        reverse("conflicts:invite_beside"), {"mit": make.key(site), **said}, **HTMX
    ).content.decode()

    assert words in page
    assert not Talk.objects.exists()


def test_an_invitation_to_nothing_is_not_found(lead, site):
    answer = lead.post(reverse("conflicts:invite_beside"), {"titel": "x", "mit": "measure:999999"})

    assert answer.status_code == 404


def test_forms_of_the_administration_have_it_beside_them(lead, site, client):
    client.force_login(city.account(role=Role.COORDINATOR))

    for address in ("/massnahmen/anlegen/", "/konzepte/neu/", "/arbeit/pruefungen/neu/"):
        page = client.get(address).content.decode()
        assert "Was läuft hier schon?" in page, address
        assert 'hx-post="/arbeit/nebenan/?fuer=' in page


def test_a_subject_is_told_from_its_key():
    assert [subject_of(one) for one in ("measure", "concept:12", "check:3", "goal:1", "measure:", "x")] == [
        "measure",
        "concept",
        "check",
        "",
        "measure",
        "",
    ]


def place_typed(pasted: object, **said: str) -> BaseGeometry | None:
    """The place that is read of what was pasted; none is kept."""
    form = QueryDict(mutable=True)
    form.update({"title": "Radroute", "place_text": json.dumps(pasted), **said})
    return draft_in(city.coordinator(), form, files={}, subject="measure", kept=DraftClaim()).place


def test_a_pasted_place_is_read_as_the_form_reads_it():
    point = {"type": "Point", "coordinates": [362_000.0, 5_653_000.0]}
    feature = {"type": "Feature", "properties": {}, "geometry": point}
    crs = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::25833"}}
    whole = {"type": "FeatureCollection", "crs": crs, "features": [feature]}

    in_its_own_system = place_typed(whole)

    assert in_its_own_system is not None
    assert in_its_own_system.x == pytest.approx(13.03, abs=0.01)
    assert place_typed(point, place_srid="25833").equals_exact(in_its_own_system, 1e-6)
    assert place_typed(point, place_srid="nonsense") is None
    # The form takes one object: which of two is meant nobody knows.
    assert place_typed({**whole, "features": [feature, feature]}) is None


def test_a_draft_is_read_from_the_fields_of_a_measure():
    target = goal(number="1")
    feature = {"type": "Feature", "geometry": json.loads(to_geojson(box(13.0, 51.0, 13.01, 51.01)))}
    said = QueryDict(mutable=True)
    said.update(
        {
            "title": " Radroute ",
            "teaser": "Breit",
            "description": "und sicher",
            "starts_on": "2027-03-01",
            "lead_department_id": "7",
            "duration": "continuous",
            "ziel-0-goal": str(target.pk),
            "ziel-0-sign": "hinders",
            "ziel-0-weight": "3",
            "place_text": json.dumps(feature),
        }
    )
    said.setlist("areas", ["3", "4"])
    said.setlist("concepts", ["9"])

    draft = draft_in(
        city.coordinator(), said, files={}, subject="measure", kept=DraftClaim(own_key="measure:1")
    )

    assert (draft.title, draft.text) == ("Radroute", "Breit\nund sicher")
    assert draft.starts_on == date(2027, 3, 1)
    assert draft.ends_on is None
    assert draft.area_ids == {3, 4}
    assert draft.goals == ((target.pk, False, 3),)
    assert draft.kin == {"concept:9"}
    assert draft.office_ids == (7,)
    assert draft.is_lasting
    assert draft.place is not None
    assert draft.own_key == "measure:1"
