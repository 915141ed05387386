from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from dreiklang.papers.imports.checklists import example_text
from dreiklang.papers.models import Check, Checklist
from dreiklang.papers.rules.kinds import ChecklistState, CheckState, CoSignState, TargetKind, Verdict
from dreiklang.papers.services import checks as services
from dreiklang.papers.tests.check_factories import LATER, Town
from dreiklang.people.models import Account
from dreiklang.people.rules import Role

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


PAGES = ("check", "check_questions", "check_signing", "check_block", "check_history", "check_details")


@pytest.mark.parametrize("name", PAGES)
def test_every_page_of_a_check_opens_for_its_office(town: Town, name: str) -> None:
    check = town.complete()

    assert check.title in shown(signed_in(town.editor), address(name, check))


@pytest.mark.parametrize("name", PAGES)
def test_a_check_is_nobodys_business_outside(town: Town, name: str) -> None:
    check = town.released()
    member = Account.objects.create(email="rat@stadt.example", name="Ratsmitglied")
    member.role_assignments.create(role=Role.COUNCIL_MEMBER)

    assert Client().get(address(name, check)).status_code == 302
    assert signed_in(member).get(address(name, check)).status_code == 404


@pytest.mark.parametrize("name", ["pipeline", "later_questions", "durations", "checklists"])
def test_the_coordinators_pages_are_for_the_administration(town: Town, name: str) -> None:
    town.co_signing()
    town.released(title="Frei")
    member = Account.objects.create(email="rat@stadt.example", name="Ratsmitglied")
    member.role_assignments.create(role=Role.COUNCIL_MEMBER)

    assert signed_in(town.boss).get(reverse(f"papers:{name}")).status_code == 200
    assert signed_in(member).get(reverse(f"papers:{name}")).status_code == 403


def test_a_check_starts_from_pasted_text(town: Town) -> None:
    data = {"text": "Neuer Radweg\nWir bauen.", "title": "", "department_id": town.office.pk}

    response = signed_in(town.editor).post(reverse("papers:check_new"), data)

    check = Check.objects.get()
    assert response.url == address("check", check)
    assert check.title == "Neuer Radweg"


def test_a_check_starts_from_a_file(town: Town) -> None:
    file = SimpleUploadedFile("entwurf.txt", b"Wir bauen einen Radweg.")
    data = {"file": file, "title": "Radweg", "department_id": town.office.pk}

    signed_in(town.editor).post(reverse("papers:check_new"), data)

    check = Check.objects.get()
    assert (check.text, check.file_name) == ("Wir bauen einen Radweg.", "entwurf.txt")


def test_a_file_that_cannot_be_read_says_what_to_do(town: Town) -> None:
    file = SimpleUploadedFile("entwurf.pdf", b"%PDF-1.7 kaputt")
    data = {"file": file, "title": "Radweg", "department_id": town.office.pk}

    page = signed_in(town.editor).post(reverse("papers:check_new"), data).content.decode()

    assert "beschädigt" in page
    assert not Check.objects.exists()


def test_stage_by_stage_to_the_second_reader(town: Town) -> None:
    check = town.started()
    town.touching(check, town.growth)
    client = signed_in(town.editor)
    questions = address("check_questions", check)

    client.post(
        f"{questions}?stufe=1", {"is_relevant": "ja", "reason": "Baut Wege.", "version": check.version}
    )
    check.refresh_from_db()
    goal = f"ziele.{town.growth.pk}"
    client.post(
        f"{questions}?stufe=2",
        {
            "version": check.version,
            f"{goal}-value": "gain",
            f"{goal}-reason": "Ein Weg mehr.",
            "kosten.0-amount_eur": "1.250,50",
            "kosten.0-reason": "Angebot",
        },
    )
    check.refresh_from_db()
    client.post(address("check_step", check, step="hand_in"), {"version": check.version})

    check.refresh_from_db()
    assert check.state == CheckState.REVIEW
    assert str(check.answers.get(question="kosten").amount_eur) == "1250.50"


def test_depth_shows_once_a_goal_is_hindered(town: Town) -> None:
    check = town.complete()
    answer = check.answers.get(question="ziele")
    answer.value = "harm"
    answer.save()

    assert "Was mildert es?" in shown(signed_in(town.editor), address("check_questions", check) + "?stufe=3")


def test_a_step_without_its_reason_is_refused_in_words(town: Town) -> None:
    check = town.in_review()

    response = signed_in(town.reader).post(
        address("check_step", check, step="return"), {"version": check.version, "reason": ""}, follow=True
    )

    assert "Bitte nennen Sie den Grund." in response.content.decode()


def test_an_office_signs_on_the_page(town: Town) -> None:
    check = town.co_signing()
    signing = address("check_co_sign", check, department=town.green.pk)

    signed_in(town.signer).post(signing, {"state": "objected", "reason": "Drei Linden."})

    assert "Drei Linden." in shown(signed_in(town.editor), address("check_signing", check))


def test_offices_from_the_proposals_are_ticked_until_somebody_was_asked(town: Town) -> None:
    check = town.complete()
    for rank, (office, verdict) in enumerate([(town.green, Verdict.OPEN), (town.office, Verdict.OPEN)]):
        check.proposals.create(kind=TargetKind.DEPARTMENT, target=office.pk, rank=rank, verdict=verdict)
    client, signing = signed_in(town.editor), address("check_signing", check)

    form = client.get(signing).context["proposed"]
    rows = {"amt-TOTAL_FORMS": "0", "amt-INITIAL_FORMS": "0", "version": check.version}
    client.post(signing, rows | {"vorschlag-offices": form["offices"].value()})

    assert form["offices"].value() == [town.green.pk]
    assert [one.department_id for one in check.co_signatures.all()] == [town.green.pk]
    assert client.get(signing).context["proposed"].fields["offices"].choices == []


def test_a_rejected_office_is_not_proposed_for_co_signing(town: Town) -> None:
    check = town.complete()
    check.proposals.create(kind=TargetKind.DEPARTMENT, target=town.green.pk, rank=1, verdict=Verdict.REJECTED)

    page = signed_in(town.editor).get(address("check_signing", check))

    assert page.context["proposed"].fields["offices"].choices == []


@pytest.mark.parametrize("name", ["bezug-zum-insek", "bezug-intern", "pruefkopf"])
@pytest.mark.parametrize(
    ("form", "start"), [("docx", b"PK"), ("pdf", b"%PDF"), ("txt", b""), ("html", b"<section")]
)
def test_the_block_goes_out_in_every_form(town: Town, name: str, form: str, start: bytes) -> None:
    check = town.released()

    response = signed_in(town.editor).get(address("check_block_file", check, name=name, form=form))

    assert response.status_code == 200
    assert response.content.startswith(start)
    assert f"{name}-{check.number.lower()}.{form}" in response["Content-Disposition"]


def test_the_block_carries_number_and_day_of_the_release(town: Town) -> None:
    check = town.released()

    page = shown(signed_in(town.editor), address("check_block", check))

    assert f"Prüfung {check.number}, freigegeben am 23.\u00a0November 2026" in page
    assert "Ein Weg mehr." in page


def test_a_draft_says_in_the_block_that_it_is_not_released(town: Town) -> None:
    assert "nicht freigegeben" in shown(signed_in(town.editor), address("check_block", town.complete()))


def test_objections_and_remarks_stay_in_the_internal_block(town: Town) -> None:
    check = town.co_signing()
    signer = town.as_viewer(town.signer)
    services.co_sign(
        by=signer,
        now=LATER,
        number=check.number,
        department_id=town.green.pk,
        state=CoSignState.OBJECTED,
        reason="Drei Bäume fallen.",
    )
    services.comment(by=signer, number=check.number, text="Bitte umplanen.", question="ziele")
    client = signed_in(town.editor)

    def text_of(name: str) -> str:
        return shown(client, address("check_block_file", check, name=name, form="txt"))

    for words in ("widersprochen", "Drei Bäume fallen.", "Bitte umplanen."):
        assert words in text_of("bezug-intern")
        assert words not in text_of("bezug-zum-insek")
        assert words not in text_of("pruefkopf")


def test_the_coordinator_takes_our_example_and_puts_it_in_force(town: Town) -> None:
    client = signed_in(town.boss)
    client.post(reverse("papers:checklists"), {"beispiel": "1"})
    draft = Checklist.objects.get(state=ChecklistState.DRAFT)

    client.post(reverse("papers:checklist_publish", args=[draft.pk]), {"version": draft.version})

    draft.refresh_from_db()
    town.checklist.refresh_from_db()
    assert (draft.state, town.checklist.state) == (ChecklistState.PUBLISHED, ChecklistState.RETIRED)


def test_a_checklist_goes_out_and_comes_back_in(town: Town) -> None:
    client = signed_in(town.boss)
    for form in ("yaml", "json"):
        out = client.get(reverse("papers:checklist_file", args=[town.checklist.pk, form])).content.decode()
        file = SimpleUploadedFile(f"s.{form}", out.replace("Test", f"Neu {form}").encode())

        client.post(reverse("papers:checklists"), {"file": file})

        assert (
            Checklist.objects.get(label=f"Neu {form}").content["stages"] == town.checklist.content["stages"]
        )


def test_a_faulty_checklist_names_every_flaw(town: Town) -> None:
    broken = example_text().replace("kind: effect", "kind: punkte").replace("label: Beispiel 1\n", "")
    file = SimpleUploadedFile("s.yaml", broken.encode())

    page = signed_in(town.boss).post(reverse("papers:checklists"), {"file": file}).content.decode()

    assert "label: fehlt" in page
    assert "keine bekannte Art von Frage (punkte)" in page


def test_the_editor_saves_what_it_shows(town: Town) -> None:
    client = signed_in(town.boss)
    new = reverse("papers:checklist_new") + f"?von={town.checklist.pk}"
    page = client.get(new)
    form, rows = page.context["form"], page.context["rows"]
    data = {field.html_name: field.value() or "" for field in form} | {"label": "2027"}
    data |= {field.html_name: field.value() or "" for field in rows.management_form}
    for row in rows:
        data |= {field.html_name: field.value() or "" for field in row}

    client.post(new, data)

    assert Checklist.objects.get(label="2027").content["stages"] == town.checklist.content["stages"]


def test_a_department_editor_does_not_touch_the_checklist(town: Town) -> None:
    client = signed_in(town.editor)

    assert client.get(reverse("papers:checklist_new")).status_code == 403
    assert client.post(reverse("papers:checklists"), {"beispiel": "1"}).status_code == 403
