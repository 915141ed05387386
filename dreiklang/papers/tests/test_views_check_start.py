"""How a check begins of a paper that is there already, and for a meeting."""

from dataclasses import replace
from datetime import timedelta
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from openpyxl import Workbook

from dreiklang.core.documents.tests.made import encrypted, scan
from dreiklang.core.enums import Visibility
from dreiklang.papers.models import Check
from dreiklang.papers.services import checks as services
from dreiklang.papers.tests.check_factories import NOW, Town
from dreiklang.papers.tests.factories import committee, meeting, paper
from dreiklang.papers.views.checks import start
from dreiklang.people.models import Account

pytestmark = pytest.mark.django_db
NEW = reverse("papers:check_new")


@pytest.fixture
def town() -> Town:
    return Town()


def signed_in(who: Account) -> Client:
    client = Client()
    client.force_login(who)
    return client


def sheet() -> bytes:
    made = BytesIO()
    Workbook().save(made)
    return made.getvalue()


def test_a_check_of_a_paper_takes_its_title_and_text(town: Town) -> None:
    council = meeting(committee("STEA"), starts_at=timezone.now() + timedelta(days=20))
    draft = paper("2026/0815", title="Radweg am Ufer", text="Wir bauen.", visibility=Visibility.INTERNAL)
    data = {"paper": "2026/0815", "department_id": town.office.pk, "meeting_id": council.pk}

    answer = signed_in(town.editor).post(NEW, data)

    assert answer.status_code == 302, answer.content.decode()
    check = Check.objects.get()
    assert (check.paper_id, check.meeting_id) == (draft.pk, council.pk)
    assert (check.title, check.text) == ("Radweg am Ufer", "Wir bauen.")


def test_the_day_of_the_meeting_counts(town: Town) -> None:
    council = meeting(committee("STEA"), starts_at=timezone.now() + timedelta(days=20))
    data = {
        "text": "Wir bauen.",
        "title": "Radweg",
        "department_id": town.office.pk,
        "meeting_id": council.pk,
        "committee_on": "2030-01-01",
    }

    signed_in(town.editor).post(NEW, data)

    assert Check.objects.get().committee_on == timezone.localdate(council.starts_at)


def test_an_unknown_number_is_said_and_nothing_begins(town: Town) -> None:
    data = {"paper": "gibt-es-nicht", "text": "Wir bauen.", "department_id": town.office.pk}

    page = signed_in(town.editor).post(NEW, data).content.decode()

    assert "Diese Nummer gibt es nicht" in page
    assert not Check.objects.exists()


def test_a_paper_without_text_asks_for_one(town: Town) -> None:
    paper("2026/0816", title="Leer", text="")

    page = signed_in(town.editor).post(NEW, {"paper": "2026/0816", "department_id": town.office.pk})

    assert "fügen Sie Text ein" in page.content.decode()
    assert not Check.objects.exists()


def test_the_address_names_the_paper(town: Town) -> None:
    draft = paper("2026/0815", title="Radweg am Ufer", lead_department=town.green)

    form = signed_in(town.editor).get(f"{NEW}?vorlage={draft.key}").context["form"]

    assert form["paper"].value() == draft.key
    assert form["title"].value() == "Radweg am Ufer"
    assert form["department_id"].value() == town.green.pk


def test_the_details_keep_paper_and_meeting(town: Town) -> None:
    over = meeting(committee("STEA"), starts_at=timezone.now() - timedelta(days=20))
    draft = paper("2026/0815")
    check = services.start_check(
        by=town.as_viewer(town.editor),
        now=NOW,
        draft=services.NewCheck(title="Radweg", text="x", paper_id=draft.pk, meeting_id=over.pk),
    )
    client = signed_in(town.editor)
    address = reverse("papers:check_details", args=[check.number])
    form = client.get(address).context["form"]

    client.post(address, {field.html_name: field.value() or "" for field in form} | {"title": "Radweg neu"})

    check.refresh_from_db()
    assert (check.title, check.paper_id, check.meeting_id) == ("Radweg neu", draft.pk, over.pk)


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("entwurf.pdf", encrypted(), "mit einem Passwort geschützt"),
        ("entwurf.pdf", scan(), "Scan"),
        ("entwurf.xlsx", sheet(), "PDF, DOCX und reiner Text"),
        ("entwurf.docx", b"PK\x03\x04 kaputt", "beschädigt"),
        ("entwurf.txt", b"", "leer"),
    ],
)
def test_a_file_we_cannot_read_says_what_to_do_and_keeps_what_was_typed(
    town: Town, name: str, content: bytes, words: str
) -> None:
    data = {"file": SimpleUploadedFile(name, content), "title": "Radweg", "department_id": town.office.pk}

    page = signed_in(town.editor).post(reverse("papers:check_new"), data).content.decode()

    assert words in page
    assert 'value="Radweg"' in page
    assert not Check.objects.exists()


def test_a_file_over_the_limit_is_refused_before_it_is_read(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(start, "WAITING_FOR", replace(start.WAITING_FOR, size=10))
    monkeypatch.setattr(start, "read_document", lambda *_args, **_more: pytest.fail("was read"))
    data = {"file": SimpleUploadedFile("entwurf.pdf", b"%PDF-1.7 lang"), "title": "Radweg"}

    page = signed_in(town.editor).post(reverse("papers:check_new"), data).content.decode()

    assert "zu groß" in page


def test_an_empty_form_says_what_suffices(town: Town) -> None:
    page = signed_in(town.editor).post(NEW, {"title": "", "text": ""}).content.decode()

    assert "Bitte laden Sie eine Datei" in page
    assert not Check.objects.exists()
