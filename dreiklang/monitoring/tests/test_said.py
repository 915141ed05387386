"""What surveys, studies and observations say about goals and tasks; search and focus page know of all of it."""

from datetime import date
from typing import Any

import pytest
from django.test import Client

from dreiklang.goals.tests.factories import framework, goal, task
from dreiklang.monitoring.queries.hits import search
from dreiklang.monitoring.queries.said import said_of_goals, said_of_task
from dreiklang.monitoring.tests import frame_factories as make
from dreiklang.people.rules import PUBLIC, Role
from dreiklang.people.tests.factories import account, department, viewer

pytestmark = pytest.mark.django_db


def test_goals_and_tasks_hear_what_is_said_of_them_newest_first(django_assert_num_queries: Any) -> None:
    valid = framework()
    aim, work = goal(of=valid), task(of=valid)
    office = department()
    for visibility, text in (("public", "Bekannt"), ("internal", "Geheim")):
        survey = make.survey(visibility=visibility, department=office, ends_on=date(2024, 6, 1))
        said = make.statement(survey=survey, text=text)
        said.goal_links.create(goal=aim)
        said.task_links.create(task=work)
        change = make.frame_change(visibility=visibility, title=f"{text}es Gesetz")
        change.meanings.create(goal=aim, sign="hinders", text="teurer")

    with django_assert_num_queries(1):
        outside = said_of_goals(PUBLIC, goals=[aim.pk])
    with django_assert_num_queries(1):
        of_task = said_of_task(PUBLIC, task=work.pk, goals=[aim.pk])
    inside = said_of_goals(viewer(Role.REVIEWER), goals=[aim.pk])

    assert [(one.kind, one.detail) for one in outside] == [("observation", "hinders"), ("statement", "12")]
    assert [one.text for one in of_task] == ["Bekannt"]
    assert len(inside) == 4


def test_the_page_of_a_goal_fetches_it_and_is_quiet_where_nothing_is_said(client: Client) -> None:
    valid = framework()
    aim, other = goal(of=valid, number="1"), goal(of=valid, number="B 2/3")
    work = task(of=valid, number="1")
    change = make.frame_change(visibility="public", title="Neues Baurecht")
    change.meanings.create(goal=aim, sign="hinders", text="teurer")

    page = client.get("/ziele/1/").content.decode()
    said = client.get("/ziele/1/stimmen/", headers={"HX-Request": "true"}).content.decode()
    whole = client.get("/ziele/1/stimmen/").content.decode()
    quiet = client.get(f"/ziele/{other.number}/stimmen/", headers={"HX-Request": "true"}).content.decode()
    empty = client.get(f"/zukunftsaufgaben/{work.number}/stimmen/").content.decode()

    assert 'hx-get="/ziele/1/stimmen/"' in page
    assert "Neues Baurecht" in said
    assert "erschwert" in said
    assert "<html" in whole
    assert "<html" not in said
    assert quiet.strip() == ""
    assert "Noch nichts" in empty
    assert client.get("/ziele/99/stimmen/").status_code == 404


def test_everything_is_found_by_whoever_may_see_it() -> None:
    office = department()
    make.survey(title="Umfrage Wasser", visibility="public", department=office)
    make.frame_change(title="Wasser wird knapp", visibility="public")
    make.frame_change(title="Wasser geheim")
    make.data_request(question="Wie viel Wasser?")

    outside = {(hit.kind, hit.title) for hit in search(PUBLIC, text="Wasser")}
    inside = {hit.kind for hit in search(viewer(Role.REVIEWER), text="Wasser")}

    assert outside == {("survey", "Umfrage Wasser"), ("frame_change", "Wasser wird knapp")}
    assert inside == {"survey", "frame_change", "data_request"}


def test_the_focus_page_brings_requests_and_reviews(client: Client) -> None:
    office = department()
    editor = account(Role.DEPARTMENT_EDITOR, where=office)
    late = make.data_request(department=office, due_on=date(2020, 1, 1), asked_on=date(2019, 1, 1))
    topic = make.watch_item(department=office, review_on=date(2020, 1, 1))
    client.force_login(editor)

    page = client.get("/arbeit/").content.decode()

    assert late.question in page
    assert "Diese Werte soll Ihr Amt bringen." in page
    assert f"/arbeit/datenanforderungen/{late.pk}/antworten/" in page
    assert topic.topic in page
    assert f"/arbeit/beobachtung/{topic.pk}/angesehen/" in page
