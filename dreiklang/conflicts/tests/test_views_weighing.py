"""Weighing a candidate: drafts, what lacks, closing, reading, the protocol; hurried mistakes."""

from io import BytesIO

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from docx import Document

from dreiklang.conflicts.forms.weighing import PositionForm
from dreiklang.conflicts.models import Weighing
from dreiklang.conflicts.rules import State
from dreiklang.conflicts.tests import factories as make
from dreiklang.core import nearness
from dreiklang.goals.tests.factories import goal
from dreiklang.measures.models import Measure
from dreiklang.measures.tests import factories as city
from dreiklang.papers.tests import factories as papers
from dreiklang.people.rules import Role

pytestmark = pytest.mark.django_db
WHOLE = {
    "question": "Wohin mit dem Radweg?",
    "decision": "Der Radweg rückt zwei Meter nach Süden.",
    "reason": "So bleiben alle Bäume stehen.",
    "decided_by": "Dienstberatung",
    "decided_on": "2026-11-20",
    "review_on": "2027-11-20",
    "papers": "",
}


@pytest.fixture(autouse=True)
def _plain_encoder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(nearness, "describe", make.plain_encoder)


@pytest.fixture
def coordinator(client: Client) -> Client:
    client.force_login(city.account("Klara Koordination", role=Role.COORDINATOR))
    return client


@pytest.fixture
def pair() -> tuple[Measure, Measure]:
    shade = goal(number="2.1", title="Schatten")
    route = make.measure("Radroute am Wasser", hinders=(shade,), geometry=make.ground())
    trees = make.measure("Baumreihe am Wasser", helps=(shade,), geometry=make.ground(20))
    make.compared()
    return route, trees


def address(pair: tuple[Measure, Measure]) -> str:
    return reverse("conflicts:weighing", args=[make.candidate(*pair).pk])


def sent(
    client: Client, pair: tuple[Measure, Measure], *, deed: str = "save", version: int = 0, **said: str
) -> HttpResponse:
    rows = {
        "beteiligt-TOTAL_FORMS": "3",
        "beteiligt-INITIAL_FORMS": "2",
        "beteiligt-0-party": "Radroute am Wasser",
        "beteiligt-0-claim_key": make.key(pair[0]),
        "beteiligt-0-need": "Vier Meter Breite",
        "beteiligt-1-party": "Baumreihe am Wasser",
        "beteiligt-1-need": "Platz für die Wurzeln",
        "beteiligt-2-party": "",
        "moeglichkeit-TOTAL_FORMS": "3",
        "moeglichkeit-INITIAL_FORMS": "0",
        "moeglichkeit-0-title": "Nach Süden rücken",
        "moeglichkeit-0-effects": "Kostet 40.000 € mehr",
        "moeglichkeit-0-is_chosen": "on",
        "moeglichkeit-1-title": "Bäume umsetzen",
        "moeglichkeit-2-title": "",
    }
    data = {**WHOLE, **rows, "version": str(version), "deed": deed, **said}
    return client.post(address(pair), data, follow=True)


def test_the_form_begins_with_the_evidence_and_both_sides(coordinator, pair):
    page = coordinator.get(address(pair)).content.decode()

    assert "Zielkonfliktklärung (informell)" in page
    assert "§ 1 Abs. 7 BauGB" in page
    assert "derselben Fläche" in page
    assert "Radroute am Wasser" in page
    assert "Baumreihe am Wasser" in page


def test_a_draft_may_lack_the_decision_and_is_there_again(coordinator, pair):
    sent(coordinator, pair, decision="", reason="", decided_by="", decided_on="", review_on="")

    page = coordinator.get(address(pair)).content.decode()
    weighing = Weighing.objects.get()

    assert not weighing.is_closed
    assert weighing.positions.count() == 2
    assert list(weighing.options.order_by("order").values_list("title", "is_chosen")) == [
        ("Nach Süden rücken", True),
        ("Bäume umsetzen", False),
    ]
    assert "Vier Meter Breite" in page
    assert make.candidate(*pair).state == State.IN_TALKS


def test_closing_keeps_everything_and_the_page_says_it(coordinator, pair):
    page = sent(coordinator, pair, deed="close").content.decode().replace("\xa0", " ")

    assert make.candidate(*pair).state == State.WEIGHED
    for words in (
        WHOLE["decision"],
        WHOLE["reason"],
        "Dienstberatung",
        "20. November 2027",
        "Vier Meter Breite",
    ):
        assert words in page
    assert "Klara Koordination" in page


def test_closing_too_early_keeps_the_draft_and_names_what_lacks(coordinator, pair):
    page = sent(coordinator, pair, deed="close", decision="", decided_on="").content.decode()

    assert "Der Entwurf ist gespeichert" in page
    assert "Was ist entschieden?" in page
    assert "An welchem Tag?" in page
    assert not Weighing.objects.get().is_closed

    page = sent(coordinator, pair, deed="close", version=1).content.decode()

    weighing = Weighing.objects.get()
    assert WHOLE["decision"] in page
    assert weighing.is_closed
    # What was kept in between and sent again unchanged is still there.
    assert list(weighing.options.order_by("order").values_list("title", flat=True)) == [
        "Nach Süden rücken",
        "Bäume umsetzen",
    ]
    assert weighing.positions.count() == 2


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"beteiligt-1-need": ""}, "Was braucht diese Seite?"),
        ({"beteiligt-1-need": "", "decision": ""}, "Was ist entschieden?"),
        ({"beteiligt-1-party": "", "beteiligt-1-need": ""}, "Wer ist noch beteiligt?"),
        (
            {
                "moeglichkeit-0-title": "",
                "moeglichkeit-0-effects": "",
                "moeglichkeit-0-is_chosen": "",
                "moeglichkeit-1-title": "",
            },
            "Eine brauchen wir mindestens.",
        ),
    ],
)
def test_a_weighing_without_needs_or_options_stays_a_draft_that_says_what_lacks(
    coordinator, pair, said, words
):
    page = sent(coordinator, pair, deed="close", **said).content.decode()

    assert "Zum Abschluss fehlt noch etwas" in page
    assert "Noch nicht gespeichert" not in page
    assert words in page
    assert Weighing.objects.get().is_closed is False


def test_evidence_that_the_question_says_is_not_said_twice(coordinator, pair):
    begun = coordinator.get(address(pair))
    question = begun.context["form"].initial["question"]
    sent(coordinator, pair, deed="close", question=question)

    page = coordinator.get(address(pair)).content.decode()
    word = coordinator.get(reverse("conflicts:protocol", args=[make.candidate(*pair).pk, "docx"]))

    paragraphs = "\n".join(one.text for one in Document(BytesIO(word.content)).paragraphs)
    assert page.count("derselben Fläche, das ist") == 1
    assert paragraphs.count("derselben Fläche, das ist") == 1


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"question": " "}, "Bitte ausfüllen"),
        ({"decided_on": "gestern"}, "Das ist kein Datum"),
        ({"decided_on": "2099-01-01", "review_on": ""}, "liegt in der Zukunft"),
        ({"review_on": "2020-01-01"}, "liegt vor der Entscheidung"),
        ({"moeglichkeit-1-is_chosen": "on"}, "nur eine Möglichkeit"),
        ({"moeglichkeit-2-effects": "Folgen ohne Namen"}, "Wie heißt diese Möglichkeit?"),
        ({"papers": "gibt-es-nicht; 0815"}, "gibt-es-nicht"),
    ],
)
def test_a_hurried_mistake_is_named_and_nothing_typed_is_lost(coordinator, pair, said, words):
    page = sent(coordinator, pair, deed="close", **said).content.decode()

    assert words in page
    assert "Vier Meter Breite" in page
    assert "Kostet 40.000 € mehr" in page
    assert not Weighing.objects.filter(is_closed=True).exists()


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"decided_on": "2099-01-01", "review_on": ""}, "liegt in der Zukunft"),
        ({"version": 7}, "inzwischen abgeschlossen oder verworfen"),
    ],
)
def test_what_cannot_even_be_kept_is_named_where_something_lacks_too(coordinator, pair, said, words):
    page = sent(coordinator, pair, deed="close", reason="", **said).content.decode()

    assert words in page
    assert "Vier Meter Breite" in page
    assert "Der Entwurf ist gespeichert" not in page
    assert not Weighing.objects.exists()


@pytest.mark.parametrize("deed", ["save", "close"])
@pytest.mark.parametrize("lacking", [{}, {"reason": ""}])
def test_somebody_elses_newer_draft_is_shown_beside_ones_own_and_not_overwritten(
    coordinator, pair, deed, lacking
):
    sent(coordinator, pair, decision="Erste Fassung.")

    page = sent(
        coordinator, pair, deed=deed, version=0, decision="Zweite Fassung.", **lacking
    ).content.decode()

    assert "Inzwischen hat jemand anders gespeichert" in page
    assert "Erste" in page
    assert "Zweite Fassung." in page
    assert Weighing.objects.get().decision == "Erste Fassung."


def test_papers_are_linked_by_their_number(coordinator, pair):
    paper = papers.paper("BV/1/2026", title="Radroute beschließen")

    page = sent(coordinator, pair, deed="close", papers="bv/1/2026").content.decode()

    assert Weighing.objects.get().paper_ids == [paper.pk]
    assert "Radroute beschließen" in page


def test_a_changed_fact_is_shown_beside_what_was_decided(coordinator, pair):
    sent(coordinator, pair, deed="close")
    Measure.objects.filter(pk=pair[1].pk).update(geometry=make.ground(0, 0, 300, 300))
    make.changed(pair[1])

    page = coordinator.get(address(pair)).content.decode()

    assert make.candidate(*pair).state == State.NEW
    assert "Seither hat sich etwas geändert" in page
    assert WHOLE["decision"] in page
    assert "Noch einmal klären" in page
    assert 'name="decision"' in coordinator.get(address(pair) + "?neu=1").content.decode()


def test_the_protocol_says_the_same_in_word_and_as_pdf(coordinator, pair):
    sent(coordinator, pair, deed="close")
    pk = make.candidate(*pair).pk

    word = coordinator.get(reverse("conflicts:protocol", args=[pk, "docx"]))
    pdf = coordinator.get(reverse("conflicts:protocol", args=[pk, "pdf"]))

    read = Document(BytesIO(word.content))
    cells = [cell.text for table in read.tables for row in table.rows for cell in row.cells]
    words = "\n".join([*(one.text for one in read.paragraphs), *cells])
    for said in (
        WHOLE["decision"],
        WHOLE["reason"],
        "Vier Meter Breite",
        "Kostet 40.000 € mehr",
        "§ 1 Abs. 7 BauGB",
    ):
        assert said in words
    assert pdf.content.startswith(b"%PDF")
    assert "intern" in pdf["Content-Disposition"]


def test_a_protocol_that_is_not_there_is_not_found(coordinator, pair):
    pk = make.candidate(*pair).pk

    assert coordinator.get(reverse("conflicts:protocol", args=[pk, "pdf"])).status_code == 404
    sent(coordinator, pair)
    assert coordinator.get(reverse("conflicts:protocol", args=[pk, "odt"])).status_code == 404
    assert coordinator.get(address(pair) + "?fassung=99999").status_code == 404


def test_who_has_no_part_in_it_reads_but_does_not_weigh(client, pair):
    client.force_login(city.account(role=Role.LEAD, in_department=city.department()))

    assert client.get(address(pair)).status_code == 403
    assert sent(client, pair, deed="close").status_code == 403
    assert not Weighing.objects.exists()


def reviewed(
    client: Client, pair: tuple[Measure, Measure], day: str, weighing: int | None = None
) -> HttpResponse:
    at = [make.candidate(*pair).pk, weighing or Weighing.objects.get().pk]
    return client.post(reverse("conflicts:review", args=at), {"review_on": day}, follow=True)


def test_what_still_holds_is_looked_at_again_another_day(coordinator, pair):
    sent(coordinator, pair, deed="close")

    later = reviewed(coordinator, pair, "2099-03-01").content.decode().replace("\xa0", " ")
    kept = Weighing.objects.get().review_on
    never = reviewed(coordinator, pair, "").content.decode()

    assert "Gilt weiter. Wieder ansehen am 1. März 2099" in later
    assert kept.isoformat() == "2099-03-01"
    assert "ohne Tag zum Wiederansehen" in never
    assert Weighing.objects.get().review_on is None
    assert make.candidate(*pair).state == State.WEIGHED


@pytest.mark.parametrize(
    ("day", "words"), [("gestern", "Das ist kein Datum"), ("2026-01-01", "einen Tag, der noch kommt")]
)
def test_a_day_that_cannot_come_is_refused_in_words(coordinator, pair, day, words):
    sent(coordinator, pair, deed="close")

    assert words in reviewed(coordinator, pair, day).content.decode()
    assert Weighing.objects.get().review_on.isoformat() == WHOLE["review_on"]


def test_only_who_may_weigh_moves_the_day_and_only_of_this_candidate(client, coordinator, pair):
    sent(coordinator, pair, deed="close")
    assert reviewed(coordinator, pair, "2099-03-01", weighing=10**6).status_code == 404

    client.force_login(city.account("Paula Partner", role=Role.PARTNER))
    assert reviewed(client, pair, "2099-03-01").status_code == 403
    assert Weighing.objects.get().review_on.isoformat() == WHOLE["review_on"]


def test_names_of_two_lines_are_kept_as_one():
    form = PositionForm({"party": " Amt für Stadtgrün\r\n  und Friedhöfe "})

    assert form.is_valid()
    assert form.cleaned_data["party"] == "Amt für Stadtgrün und Friedhöfe"
