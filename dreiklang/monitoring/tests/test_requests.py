"""Data requests: asked, answered, made a series; who may, who hears of it, what the pages show."""

from datetime import date

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from dreiklang.core.errors import ChangedMeanwhile
from dreiklang.monitoring.models import DataRequest
from dreiklang.monitoring.queries.requests import RequestFilter, request_hits, request_list, requests_due_for
from dreiklang.monitoring.rules.requests import RequestState, RequestWay, can_become, is_late
from dreiklang.monitoring.services import requests as services
from dreiklang.monitoring.services.request_mail import send_request_mail
from dreiklang.monitoring.tests import factories
from dreiklang.monitoring.tests import frame_factories as make
from dreiklang.people.models import Department
from dreiklang.people.queries import viewer_of
from dreiklang.people.rules import PUBLIC, Role
from dreiklang.people.services import NotAllowed
from dreiklang.people.tests.factories import account, department, viewer

pytestmark = pytest.mark.django_db
TODAY = make.TODAY


def wanted(office: Department) -> dict[str, object]:
    return {
        "question": "Wie viele Wohnungen stehen leer?",
        "values_words": "Je Stadtteil",
        "way": RequestWay.UPLOAD,
        "department_id": office.pk,
        "due_on": date(2026, 12, 31),
    }


@pytest.mark.parametrize(
    ("state", "to", "may"),
    [
        ("open", "answered", True),
        ("open", "series", False),
        ("answered", "series", True),
        ("answered", "open", True),
        ("series", "dropped", False),
        ("dropped", "open", True),
    ],
)
def test_a_request_goes_its_way(state: str, to: str, may: bool) -> None:
    assert can_become(RequestState(state), RequestState(to)) is may


def test_a_request_is_late_after_its_deadline_only_while_it_is_open() -> None:
    due = date(2026, 11, 23)

    assert not is_late(RequestState.OPEN, due_on=due, today=due)
    assert is_late(RequestState.OPEN, due_on=due, today=date(2026, 11, 24))
    assert not is_late(RequestState.ANSWERED, due_on=due, today=date(2027, 1, 1))


def test_asked_answered_and_carried_on() -> None:
    asker, office = viewer(Role.COORDINATOR), department()
    editor = viewer(Role.DEPARTMENT_EDITOR, where=office)
    series = factories.indicator()

    made = services.ask(by=asker, on=TODAY, values=wanted(office))
    answered = services.answer_request(
        by=editor, pk=made.pk, version=made.version, answer="Eingelesen.", on=TODAY, today=TODAY
    )
    ended = services.make_series(by=asker, pk=made.pk, version=answered.version, indicator_id=series.pk)

    assert (made.state, answered.state, ended.state) == ("open", "answered", "series")
    assert (ended.indicator_id, ended.answered_on) == (series.pk, TODAY)


def test_another_department_does_not_answer() -> None:
    made = make.data_request()
    stranger = viewer(Role.DEPARTMENT_EDITOR, where=department())

    with pytest.raises(NotAllowed):
        services.answer_request(by=stranger, pk=made.pk, version=1, answer="Nein", on=TODAY, today=TODAY)


def test_who_asked_changes_and_drops_her_request_and_no_other_editor_does() -> None:
    office = department()
    asker = viewer(Role.DEPARTMENT_EDITOR, where=office)
    made = services.ask(by=asker, on=TODAY, values=wanted(department()))

    services.drop_request(by=asker, pk=made.pk, version=made.version, reason="Gefunden.")

    with pytest.raises(NotAllowed):
        services.reopen_request(by=viewer(Role.DEPARTMENT_EDITOR, where=office), pk=made.pk, version=2)


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"answer": " "}, "no_answer"),
        ({"on": date(2026, 11, 24)}, "in_the_future"),
        ({"pk_of": "dropped"}, "wrong_state"),
    ],
)
def test_what_is_no_answer_is_refused(given: dict[str, object], code: str) -> None:
    made = make.data_request(
        **({"state": "dropped", "dropped_reason": "Erledigt."} if "pk_of" in given else {})
    )
    said = {"answer": "Hier.", "on": TODAY} | {key: v for key, v in given.items() if key != "pk_of"}

    with pytest.raises(services.CannotAsk, match=code):
        services.answer_request(by=viewer(Role.STATISTICS), pk=made.pk, version=1, today=TODAY, **said)  # type: ignore[arg-type]


def test_a_deadline_before_the_question_is_refused() -> None:
    with pytest.raises(services.CannotAsk, match="before_asked"):
        services.ask(
            by=viewer(Role.COORDINATOR),
            on=TODAY,
            values=wanted(department()) | {"due_on": date(2026, 11, 22)},
        )


def test_the_other_persons_change_is_not_overwritten() -> None:
    made = make.data_request(version=3)

    with pytest.raises(ChangedMeanwhile):
        services.drop_request(by=viewer(Role.COORDINATOR), pk=made.pk, version=2, reason="Alt.")


def test_a_letter_goes_to_the_editors_of_the_department_and_an_answer_to_who_asked() -> None:
    office = department(name="Bauamt")
    editor = account(Role.DEPARTMENT_EDITOR, where=office, email="bau@stadt.example")
    asker = account(Role.COORDINATOR, email="frage@stadt.example", name="Frida Frage")
    made = make.data_request(department=office, asker=asker, answered_on=TODAY, answer="Hier.")

    assert send_request_mail(request_id=made.pk, step="asked", by_id=asker.pk) == 1
    assert send_request_mail(request_id=made.pk, step="answered", by_id=editor.pk) == 1

    first, second = mail.outbox
    assert (first.to, first.reply_to) == (["bau@stadt.example"], ["frage@stadt.example"])
    assert first.subject == f"Gebraucht bis 23. Dezember 2026: {made.question}"
    assert f"/arbeit/datenanforderungen/{made.pk}/" in first.body
    assert second.to == ["frage@stadt.example"]
    assert "Hier." in second.body


def test_what_is_due_waits_for_those_who_bring_it_and_answers_for_those_who_asked() -> None:
    office = department()
    editor = viewer(Role.DEPARTMENT_EDITOR, where=office)
    named = account(Role.LEAD, where=department())
    asker = account(Role.COORDINATOR)
    late = make.data_request(department=office, due_on=date(2026, 11, 23), asked_on=date(2026, 11, 1))
    hers = make.data_request(responsible=named)
    answered = make.data_request(state="answered", answered_on=TODAY, asker=asker)

    def due(one: object) -> list[tuple[int, str, bool]]:
        found = requests_due_for(one, today=date(2026, 11, 24))  # type: ignore[arg-type]
        return [(item.pk, item.reason, item.is_overdue) for item in found]

    assert due(editor) == [(late.pk, "data_request", True)]
    assert due(viewer_of(account=named)) == [(hers.pk, "data_request", False)]
    assert due(viewer_of(account=asker)) == [(answered.pk, "data_request_answered", False)]
    assert due(PUBLIC) == []


def test_the_list_takes_one_statement_whatever_its_size(django_assert_num_queries) -> None:  # type: ignore[no-untyped-def]
    for _number in range(5):
        make.data_request()
    inside = viewer(Role.COORDINATOR)

    with django_assert_num_queries(1):
        rows = [one.department.name for one in request_list(inside, wanted=RequestFilter())]

    assert len(rows) == 5


def test_nobody_outside_sees_a_request(client: Client) -> None:
    made = make.data_request()

    for name, args in (("requests", []), ("requests-csv", []), ("request", [made.pk]), ("request-new", [])):
        answer = client.get(reverse(f"monitoring:{name}", args=args))
        assert answer.status_code in {302, 403}
        assert made.question not in answer.content.decode()
    assert request_hits(PUBLIC, text="viele") == []
    assert not request_list(viewer(Role.PARTNER), wanted=RequestFilter()).exists()


def test_the_pages_lead_from_nothing_to_a_series(client: Client) -> None:
    office, series = department(), factories.indicator(name="Leerstand")
    client.force_login(account(Role.COORDINATOR))
    empty = client.get("/arbeit/datenanforderungen/").content.decode()

    answer = client.post(
        "/arbeit/datenanforderungen/neu/",
        {"question": "Wie viele?", "values_words": "Alle", "way": "upload", "department_id": office.pk,
         "due_on": "2099-12-31"},
    )  # fmt: skip
    made = DataRequest.objects.get()
    page = reverse("monitoring:request", args=[made.pk])
    client.post(f"{page}antworten/", {"answer": "Hier.", "on": "2026-11-01", "version": made.version})
    made.refresh_from_db()
    client.post(f"{page}zeitreihe/", {"indicator_id": series.pk, "version": made.version})
    shown = client.get(page).content.decode()
    listed = client.get("/arbeit/datenanforderungen/?stand=series").content.decode()
    exported = client.get("/arbeit/datenanforderungen/liste.csv").content.decode()

    assert "Noch keine Anforderung" in empty
    assert answer["Location"] == page
    assert "Die Werte kommen jetzt über den Indikator Leerstand." in shown
    assert "Wie viele?" in listed
    assert "wurde eine Zeitreihe" in exported


def test_a_refusal_stands_beside_its_field(client: Client) -> None:
    made = make.data_request(asked_on=TODAY)
    client.force_login(account(Role.COORDINATOR))

    answer = client.post(
        reverse("monitoring:request-answer", args=[made.pk]),
        {"answer": "Hier.", "on": "2099-01-01", "version": made.version},
    )

    assert "Dieser Tag liegt in der Zukunft." in answer.content.decode()
    assert DataRequest.objects.get().state == "open"


def test_an_old_button_opens_nothing_again(client: Client) -> None:
    made = make.data_request(state="dropped", dropped_reason="Alt.", version=4)
    client.force_login(account(Role.COORDINATOR))

    answer = client.post(reverse("monitoring:request-reopen", args=[made.pk]), {"version": "3"}, follow=True)

    assert "Inzwischen steht die Anforderung anders." in answer.content.decode()
    assert DataRequest.objects.get().state == "dropped"
