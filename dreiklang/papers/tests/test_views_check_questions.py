from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from dreiklang.papers.models import Check
from dreiklang.papers.rules.checklist import RELEVANCE
from dreiklang.papers.services import checks as services
from dreiklang.papers.tests.check_factories import NOW, Town
from dreiklang.people.models import Account

pytestmark = pytest.mark.django_db


@pytest.fixture
def town() -> Town:
    return Town()


def signed_in(who: Account) -> Client:
    client = Client()
    client.force_login(who)
    return client


def address(page: str, check: Check, /, **more: Any) -> str:
    return reverse(f"papers:{page}", kwargs={"number": check.number, **more})


def shown(client: Client, url: str) -> str:
    response = client.get(url)
    assert response.status_code == 200, response.status_code
    return response.content.decode()


def hindering(town: Town, check: Check) -> dict[str, Any]:
    """Stage 2 as somebody fills it in who sees that the goal is hindered."""
    goal = f"ziele.{town.growth.pk}"
    return {
        "version": check.version,
        f"{goal}-value": "harm",
        f"{goal}-reason": "Ein Weg weniger.",
        "kosten.0-amount_eur": "100",
        "kosten.0-reason": "Angebot",
    }


def test_depth_opens_at_once_and_saves_nothing(town: Town) -> None:
    check = town.complete()
    client = signed_in(town.editor)
    depth = address("check_depth", check) + "?stufe=2"

    opened = client.post(depth, hindering(town, check)).content.decode()
    closed = client.post(
        depth, hindering(town, check) | {f"ziele.{town.growth.pk}-value": "gain"}
    ).content.decode()

    assert "Was mildert es?" in opened
    assert "Was mildert es?" not in closed
    assert check.answers.get(question="ziele").value == "strong_gain"


def test_depth_keeps_what_was_typed_into_it(town: Town) -> None:
    check = town.complete()
    typed = hindering(town, check) | {"minderung.0-text": "Ein Tempolimit"}

    page = signed_in(town.editor).post(address("check_depth", check) + "?stufe=2", typed).content.decode()

    assert "Ein Tempolimit" in page


def test_depth_is_closed_to_whoever_only_reads(town: Town) -> None:
    check = town.in_review()
    depth = address("check_depth", check) + "?stufe=2"

    assert signed_in(town.reader).post(depth, hindering(town, check)).status_code == 404


def test_depth_is_saved_along_with_what_opened_it(town: Town) -> None:
    check = town.complete()
    sent = hindering(town, check) | {"minderung.0-text": "Ein Tempolimit"}

    response = signed_in(town.editor).post(address("check_questions", check) + "?stufe=2", sent)

    assert response.url == address("check", check)
    assert check.answers.get(question="minderung").text == "Ein Tempolimit"


def test_depth_that_was_not_on_the_page_is_left_alone(town: Town) -> None:
    check = town.complete()
    client = signed_in(town.editor)
    questions = address("check_questions", check) + "?stufe=2"
    client.post(questions, hindering(town, check) | {"minderung.0-text": "Ein Tempolimit"})
    check.refresh_from_db()

    client.post(questions, hindering(town, check))

    assert check.answers.get(question="minderung").text == "Ein Tempolimit"


def test_the_second_reader_reads_all_answers_as_a_text(town: Town) -> None:
    check = town.in_review()

    page = shown(signed_in(town.reader), address("check_questions", check))

    for words in ("Sie lesen gegen.", "Baut Wege.", "++ fördert stark", "Ein Weg mehr.", "250.000"):
        assert words in page
    assert 'type="radio"' not in page


def test_a_remark_on_a_question_stands_beside_it_and_on_the_overview(town: Town) -> None:
    check = town.in_review()
    reader = signed_in(town.reader)
    said = {"text": "Welcher Weg genau?", "question": "ziele", "zurueck": "fragen"}

    back = reader.post(address("check_comment", check), said)

    assert back.url == address("check_questions", check) + "#frage-ziele"
    assert "Welcher Weg genau?" in shown(reader, address("check_questions", check))
    overview = shown(signed_in(town.editor), address("check", check))
    assert "Welcher Weg genau?" in overview
    assert "Wie wirkt es auf dieses Ziel?" in overview


def test_a_remark_on_stage_one_is_taken_and_one_on_nothing_is_refused(town: Town) -> None:
    check = town.in_review()
    reader = signed_in(town.reader)

    reader.post(address("check_comment", check), {"text": "Wirklich?", "question": RELEVANCE})
    page = reader.post(
        address("check_comment", check), {"text": "Hm", "question": "erfunden"}, follow=True
    ).content.decode()

    assert [one.text for one in check.comments.all()] == ["Wirklich?"]
    assert "Diese Frage gibt es in diesem Prüfschema nicht." in page


def test_an_empty_remark_says_so_and_comes_back_to_its_question(town: Town) -> None:
    check = town.in_review()

    response = signed_in(town.reader).post(
        address("check_comment", check), {"text": " ", "question": "ziele", "zurueck": "fragen"}
    )

    assert response.url.endswith("#frage-ziele")
    assert not check.comments.exists()


def test_the_office_settles_a_remark_beside_its_question_without_breaking_its_form(town: Town) -> None:
    check = town.in_review()
    reader = town.as_viewer(town.reader)
    remark = services.comment(by=reader, number=check.number, text="Welcher Weg?", question="ziele")
    services.return_check(
        by=reader, now=NOW, number=check.number, version=check.version, reason="Siehe Anmerkung"
    )
    client = signed_in(town.editor)
    page = shown(client, address("check_questions", check) + "?stufe=2")
    form = page[page.index('class="u-form c-questions"') :]

    back = client.post(address("check_settle", check, pk=remark.pk), {"zurueck": "fragen", "stufe": "2"})

    # A form inside a form would end the outer one at its own end.
    assert "<form" not in form[: form.index("</form>")]
    assert f'form="erledigt-{remark.pk}"' in form
    assert back.url == address("check_questions", check) + "?stufe=2#frage-ziele"
    remark.refresh_from_db()
    assert remark.settled_at is not None


def test_only_whoever_wrote_a_remark_or_answers_is_offered_to_settle_it(town: Town) -> None:
    check = town.in_review()
    services.comment(by=town.as_viewer(town.reader), number=check.number, text="Warum?", question="ziele")

    assert "Erledigt" in shown(signed_in(town.reader), address("check", check))
    assert "Erledigt" in shown(signed_in(town.editor), address("check", check))
    assert "Erledigt" not in shown(signed_in(town.signer), address("check", check))


def test_a_stage_that_was_saved_is_no_longer_a_draft(town: Town) -> None:
    check = town.started()
    client = signed_in(town.editor)
    said = {"is_relevant": "ja", "reason": "Baut Wege.", "version": check.version}

    after = client.post(address("check_questions", check) + "?stufe=1", said, follow=True).content.decode()

    assert f'content="pruefung-{check.pk}-1"' in after
