"""Surveys and studies: entered, published, hidden where too few answered, compared over years; who sees what."""

import json
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from dreiklang.core.enums import Visibility
from dreiklang.core.errors import ChangedMeanwhile, NotFound
from dreiklang.core.values import Unknown
from dreiklang.goals.tests.factories import framework, goal, task
from dreiklang.monitoring.models import KeyStatementGoal, KeyStatementTask, QuestionSeries, Survey
from dreiklang.monitoring.queries.question_series import series_list, series_page
from dreiklang.monitoring.queries.surveys import (
    SurveyFilter,
    statements_of_goal,
    statements_of_task,
    survey_hits,
    survey_list,
    survey_page,
)
from dreiklang.monitoring.rules.question_series import AskedOnce, pieces
from dreiklang.monitoring.rules.surveys import Asked, hidden_groups, kind_of_group
from dreiklang.monitoring.services import survey_parts as parts
from dreiklang.monitoring.services import surveys as services
from dreiklang.monitoring.tests import frame_factories as make
from dreiklang.people.rules import PUBLIC, Role
from dreiklang.people.services import NotAllowed
from dreiklang.people.tests.factories import account, department, viewer
from dreiklang.places.tests.factories import area

GIVEN: dict[str, Any] = {"title": "Bürgerumfrage 2024", "ends_on": date(2024, 5, 31), "hide_below": 10}


def test_a_small_group_is_hidden_with_the_one_that_would_give_it_away() -> None:
    asked = [Asked("", "", 1000), Asked("", "G: w", 567), Asked("", "G: m", 426), Asked("", "G: d", 7)]

    assert hidden_groups(asked, below=10) == {("", "G: d"), ("", "G: m")}


def test_groups_of_another_kind_give_nothing_away() -> None:
    asked = [Asked("", "", 100), Asked("", "G: w", 50), Asked("", "G: m", 50), Asked("", "Alter: 99", 3)]

    # Alone of its kind, so that the rest of everybody would tell it: everybody is the only partner.
    assert ("", "G: w") not in hidden_groups(asked, below=10)
    assert ("", "Alter: 99") in hidden_groups(asked, below=10)


def test_a_place_is_hidden_like_a_group() -> None:
    asked = [Asked("", "", 100), Asked("Nord", "", 4), Asked("Süd", "", 40), Asked("West", "", 56)]

    assert hidden_groups(asked, below=10) == {("Nord", ""), ("Süd", "")}


def test_nothing_is_hidden_where_nobody_counted() -> None:
    assert hidden_groups([Asked("", "", Unknown("not_delivered"))], below=10) == frozenset()


@given(st.lists(st.integers(0, 60), min_size=1, max_size=6), st.integers(2, 12))
def test_no_group_below_the_threshold_is_ever_shown(counts: list[int], below: int) -> None:
    asked = [Asked("", f"K: {n}", count) for n, count in enumerate(counts)]
    hidden = hidden_groups([Asked("", "", sum(counts)), *asked], below=below)

    assert all(("", one.group) in hidden for one in asked if 0 < int(one.count) < below)  # type: ignore[arg-type]


def test_what_stands_before_the_colon_is_the_kind_of_a_group() -> None:
    assert [kind_of_group(one) for one in ("Alter: 18 bis 29", "Eltern", "a: b: c")] == ["Alter", "", "a"]


def test_a_series_breaks_where_the_question_changed_but_not_at_its_beginning() -> None:
    times = [
        AskedOnce(date(2024, 5, 1), "c", is_changed=True, why="vier statt fünf Antworten"),
        AskedOnce(date(2016, 5, 1), "a", is_changed=True, why="neu"),
        AskedOnce(date(2020, 5, 1), "b"),
        AskedOnce(date(2026, 5, 1), "d"),
    ]

    found = pieces(times)

    assert [[one.said for one in piece.times] for piece in found] == [["a", "b"], ["c", "d"]]
    assert [(piece.why, piece.is_after_break) for piece in found] == [
        ("", False),
        ("vier statt fünf Antworten", True),
    ]


@pytest.mark.django_db
def test_a_survey_is_internal_until_it_is_published_for_a_department() -> None:
    by, office = viewer(Role.COORDINATOR), department()

    made = services.create_survey(by=by, values=GIVEN)
    with pytest.raises(services.CannotSaveSurvey, match="needs_department"):
        services.publish_survey(by=by, pk=made.pk, version=1, visibility=Visibility.PUBLIC)
    services.change_survey(by=by, pk=made.pk, version=1, values={"department_id": office.pk})
    services.publish_survey(by=by, pk=made.pk, version=2, visibility=Visibility.PUBLIC)

    assert made.key == "buergerumfrage-2024"
    assert survey_page(PUBLIC, key=made.key).is_public
    with pytest.raises(ChangedMeanwhile):
        services.change_survey(by=by, pk=made.pk, version=1, values={"title": "Anders"})


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"starts_on": date(2025, 1, 1)}, "period"),
        ({"sample_size": 10, "response_count": 11}, "more_than_asked"),
        ({"hide_below": 1}, "threshold"),
    ],
)
def test_a_survey_that_contradicts_itself_is_refused(facts: dict[str, Any], code: str) -> None:
    with pytest.raises(services.CannotSaveSurvey, match=code):
        services.create_survey(by=viewer(Role.STATISTICS), values=GIVEN | facts)


@pytest.mark.django_db
def test_an_editor_enters_surveys_of_her_department_only() -> None:
    office = department()
    editor = viewer(Role.DEPARTMENT_EDITOR, where=office)

    assert services.create_survey(by=editor, values=GIVEN | {"department_id": office.pk}).pk
    with pytest.raises(NotAllowed):
        services.create_survey(by=editor, values=GIVEN | {"department_id": department().pk})


@pytest.mark.django_db
def test_a_higher_threshold_hides_at_once_and_for_good() -> None:
    by, question = viewer(Role.COORDINATOR), make.question(scale=["gern"])
    make.result(question=question, asked_count=500)
    for group, count in (("G: w", 300), ("G: m", 185), ("G: d", 15)):
        make.result(question=question, group=group, asked_count=count)

    services.change_survey(by=by, pk=question.survey_id, version=1, values={"hide_below": 20})
    services.change_survey(by=by, pk=question.survey_id, version=2, values={"hide_below": 5})

    hidden = {one.group: (one.is_hidden, one.asked_count, one.share) for one in question.results.all()}
    assert hidden["G: d"] == hidden["G: m"] == (True, None, None)
    assert hidden["G: w"] == (False, 300, Decimal("0.7"))


@pytest.mark.django_db
@pytest.mark.parametrize(("name", "code"), [("studie.exe", "wrong_type"), ("studie", "wrong_type")])
def test_a_document_that_could_be_a_program_is_refused(name: str, code: str) -> None:
    one = make.survey()

    with pytest.raises(services.CannotSaveSurvey, match=code):
        services.keep_document(by=viewer(Role.COORDINATOR), pk=one.pk, name=name, content=b"x")


@pytest.mark.django_db
def test_a_document_is_read_by_everybody_only_where_somebody_said_so(client: Client) -> None:
    one = make.survey(visibility="public", department=department())
    services.keep_document(by=viewer(Role.COORDINATOR), pk=one.pk, name="Studie ä.pdf", content=b"%PDF-1.7")
    address = reverse("monitoring:survey-document", args=[one.key])

    hidden = client.get(address)
    page = client.get(reverse("monitoring:survey", args=[one.key])).content.decode()
    Survey.objects.filter(pk=one.pk).update(is_file_public=True)
    shown = client.get(address)

    assert hidden.status_code == 404
    assert "Studie ä.pdf" not in page
    assert (shown.content, shown["Content-Type"]) == (b"%PDF-1.7", "application/pdf")
    assert shown["Content-Disposition"].startswith("attachment")


@pytest.mark.django_db
def test_a_question_joins_a_series_or_begins_one() -> None:
    by, first, second = viewer(Role.COORDINATOR), make.survey(), make.survey()
    asked = {"number": "1", "wording": "Wie gern?", "scale": ["gern"], "is_changed": False}

    begun = parts.save_question(by=by, survey_id=first.pk, values=asked | {"series_title": "Gern hier"})
    parts.save_question(by=by, survey_id=second.pk, values=asked | {"series_id": begun.series_id})

    series = QuestionSeries.objects.get()
    assert (series.key, series.questions.count()) == ("gern-hier", 2)
    with pytest.raises(parts.CannotSavePart, match="number_taken"):
        parts.save_question(by=by, survey_id=first.pk, values=asked)
    with pytest.raises(parts.CannotSavePart, match="series_twice"):
        parts.save_question(by=by, survey_id=first.pk, values=asked | {"number": "2", "series_id": series.pk})
    with pytest.raises(NotFound):
        parts.save_question(by=by, survey_id=second.pk, question_id=begun.pk, values=asked)


@pytest.mark.django_db
def test_a_question_with_results_stays() -> None:
    by, there = viewer(Role.COORDINATOR), make.result()
    survey_id, question_id = there.question.survey_id, there.question_id

    with pytest.raises(parts.CannotSavePart, match="has_results"):
        parts.remove_question(by=by, survey_id=survey_id, question_id=question_id)
    there.delete()
    parts.remove_question(by=by, survey_id=survey_id, question_id=question_id)

    assert not Survey.objects.defer("search").get().questions.exists()


@pytest.mark.django_db
def test_statements_of_public_surveys_stand_with_their_goal_and_task() -> None:
    by, valid = viewer(Role.COORDINATOR), framework()
    aim, work = goal(of=valid), task(of=valid)
    known = make.survey(visibility="public", department=department())
    for survey, text in ((make.survey(), "Geheim."), (known, "Bekannt.")):
        parts.save_statement(
            by=by,
            survey_id=survey.pk,
            values={"text": text, "page": "3", "goal_ids": [aim.pk], "task_ids": [work.pk]},
        )

    assert [one.text for one in statements_of_goal(PUBLIC, goal_id=aim.pk)] == ["Bekannt."]
    assert [one.text for one in statements_of_task(PUBLIC, task_id=work.pk)] == ["Bekannt."]
    assert len(statements_of_goal(by, goal_id=aim.pk)) == 2
    said = survey_page(PUBLIC, key=known.key).statements[0]
    parts.save_statement(
        by=by, survey_id=known.pk, statement_id=said.record.pk, values={"text": "Anders.", "page": ""}
    )
    assert not KeyStatementGoal.objects.filter(statement=said.record).exists()
    assert not KeyStatementTask.objects.filter(statement=said.record).exists()


@pytest.mark.django_db
def test_a_survey_takes_few_statements_whatever_its_size(django_assert_max_num_queries: Any) -> None:
    one = make.survey(visibility="public", department=department())
    valid = framework()
    for number in range(5):
        question = make.question(survey=one, number=str(number))
        for answer in ("gern", "ungern"):
            make.result(question=question, answer=answer)
            make.result(question=question, answer=answer, area=area(name=f"Ort {number}{answer}"))
        said = make.statement(survey=one)
        said.goal_links.create(goal=goal(of=valid, number=f"1.{number}"))

    with django_assert_max_num_queries(8):
        page = survey_page(PUBLIC, key=one.key)

    assert [len(asked.others) for asked in page.questions] == [2] * 5


@pytest.mark.django_db
def test_a_series_shows_public_surveys_only(client: Client) -> None:
    series = QuestionSeries.objects.create(key="gern", title="Gern hier")
    office = department()
    for year, visibility in ((2016, "public"), (2020, "internal"), (2024, "public")):
        survey = make.survey(
            title=f"Umfrage {year}", ends_on=date(year, 5, 1), visibility=visibility, department=office
        )
        question = make.question(survey=survey, series=series, is_changed=year == 2024)
        make.result(question=question, share=Decimal("0.6"))
        make.result(question=question, answer="ungern", share=Decimal("0.4"))

    page = client.get("/umfragen/reihen/gern/").content.decode()

    assert "Umfrage 2020" not in page
    assert "Ab hier anders gefragt" in page
    assert [one.asked_count for one in series_list(PUBLIC)] == [2]
    assert [one.asked_count for one in series_list(viewer(Role.REVIEWER))] == [3]
    assert len(series_page(PUBLIC, key="gern").pieces) == 2
    Survey.objects.update(visibility="internal")
    assert client.get("/umfragen/reihen/gern/").status_code == 404


@pytest.fixture
def results() -> Survey:
    """A public survey with a question whose small group was hidden, and one that nobody outside knows."""
    one = make.survey(visibility="public", department=department(), title="Bekannte Umfrage")
    question = make.question(survey=one, number="7", scale=["gern", "ungern"])
    make.result(question=question, share=Decimal("0.625"), asked_count=2134)
    make.result(question=question, answer="ungern", share=Decimal("0.375"), asked_count=2134)
    make.result(question=question, group="G: d", asked_count=None, share=None, is_hidden=True)
    make.result(question=question, area=area(name="Nordend"), asked_count=300)
    hidden = make.survey(title="Geheime Umfrage")
    make.result(question=make.question(survey=hidden), share=Decimal("0.123456"))
    return one


@pytest.mark.django_db
def test_outside_only_public_surveys_are_seen(results: Survey, client: Client) -> None:
    secret = Survey.objects.defer("search").get(title="Geheime Umfrage")

    listed = client.get("/umfragen/").content.decode()

    assert "Bekannte Umfrage" in listed
    assert "Geheime Umfrage" not in listed
    for name in ("survey", "survey-csv", "survey-xlsx", "survey-json", "survey-document"):
        assert client.get(reverse(f"monitoring:{name}", args=[secret.key])).status_code == 404
    number = secret.questions.get().number
    assert client.get(reverse("monitoring:survey-question", args=[secret.key, number])).status_code == 404
    assert survey_hits(PUBLIC, text="Geheime") == []
    assert [hit.title for hit in survey_hits(PUBLIC, text="Umfrage")] == ["Bekannte Umfrage"]
    assert survey_list(viewer(Role.REVIEWER), wanted=SurveyFilter()).count() == 2


@pytest.mark.django_db
def test_results_come_as_page_csv_workbook_and_json(results: Survey, client: Client) -> None:
    page = client.get(reverse("monitoring:survey", args=[results.key])).content.decode()
    by_group = client.get(reverse("monitoring:survey-question", args=[results.key, "7"])).content.decode()
    exported = client.get(reverse("monitoring:survey-csv", args=[results.key])).content.decode("utf-8-sig")
    workbook = client.get(reverse("monitoring:survey-xlsx", args=[results.key]))
    data = json.loads(client.get(reverse("monitoring:survey-json", args=[results.key])).content)

    assert "Befragte: 2.134" in page
    assert "zu wenige Antworten" in by_group
    assert "Nordend" in by_group
    assert f"{results.key};7;" in exported
    assert "2134;62,5" in exported
    assert workbook.content[:2] == b"PK"
    hidden = [one for one in data["results"] if one["is_hidden"]]
    assert [(one["group"], one["share"], one["asked_count"]) for one in hidden] == [("G: d", None, None)]


@pytest.mark.django_db
def test_the_pages_lead_from_nothing_to_a_published_survey(client: Client) -> None:
    office, valid = department(), framework()
    aim = goal(of=valid, title="Schatten")
    empty = client.get("/umfragen/").content.decode()
    client.force_login(account(Role.COORDINATOR))

    client.post(
        "/umfragen/neu/",
        {"title": "Studie Hitze", "kind": "study", "ends_on": "2025-07-01", "hide_below": "10",
         "department_id": office.pk},
    )  # fmt: skip
    one = Survey.objects.defer("search").get()
    page = f"/umfragen/{one.key}/"
    client.post(f"{page}bearbeiten/dokument/", {"file": SimpleUploadedFile("hitze.pdf", b"%PDF")})
    client.post(f"{page}bearbeiten/frage/", {"number": "1", "wording": "Zu heiß?", "scale": "ja\n\nnein"})
    client.post(
        f"{page}bearbeiten/aussage/", {"text": "Es fehlt Schatten.", "page": "14", "goal_ids": [aim.pk]}
    )
    one.refresh_from_db(fields=["version"])
    client.post(f"{page}sichtbar/", {"version": one.version})
    client.logout()
    shown = client.get(page).content.decode()

    assert "Noch keine Umfrage" in empty
    assert "Es fehlt Schatten." in shown
    assert "Seite 14" in shown
    assert "Schatten" in shown
    assert one.questions.get().scale == ["ja", "nein"]
    assert "Noch keine Ergebnisse." in shown


@pytest.mark.django_db
def test_nobody_outside_changes_anything(client: Client) -> None:
    one = make.survey(visibility="public", department=department())

    for rest in ("bearbeiten/", "bearbeiten/dokument/", "bearbeiten/frage/", "bearbeiten/aussage/"):
        assert client.get(f"/umfragen/{one.key}/{rest}").status_code in {302, 403}
    assert client.get("/umfragen/neu/").status_code in {302, 403}
    assert client.post(f"/umfragen/{one.key}/sichtbar/", {"version": 1}).status_code in {302, 403}
    assert Survey.objects.defer("search").get().visibility == "public"


@pytest.mark.django_db
def test_a_refusal_stands_beside_its_field(client: Client) -> None:
    one = make.survey()
    client.force_login(account(Role.COORDINATOR))

    answer = client.post(
        f"/umfragen/{one.key}/bearbeiten/",
        {"title": "A", "kind": "survey", "starts_on": "2025-01-01", "ends_on": "2024-01-01",
         "hide_below": "10", "version": one.version},
    )  # fmt: skip
    refused = client.post(
        f"/umfragen/{one.key}/bearbeiten/dokument/", {"file": SimpleUploadedFile("x.exe", b"MZ")}
    )

    assert "Das Ende liegt vor dem Beginn." in answer.content.decode()
    assert "Diese Art von Datei wird nicht angenommen." in refused.content.decode()
