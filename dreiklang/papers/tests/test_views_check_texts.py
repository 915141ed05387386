"""The draft's text: what reading it left out, and what a new version changed."""

from datetime import timedelta
from textwrap import fill
from typing import Any
from unittest.mock import patch

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from dreiklang.core.documents import DocumentText, Reading
from dreiklang.papers.models import Check, CheckStep
from dreiklang.papers.queries.checks.texts import replaced_since_return, text_change
from dreiklang.papers.rules.kinds import CheckState
from dreiklang.papers.services import checks as services
from dreiklang.papers.tests.check_factories import Town
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


def read_with(*notes: str) -> Any:
    """Reading a file gives a text and these notes."""
    found = DocumentText("Wir bauen einen Radweg.", 2, Reading.READ, notes=notes)
    return patch("dreiklang.papers.views.checks.start.read_document", return_value=found)


def uploaded() -> SimpleUploadedFile:
    return SimpleUploadedFile("vorlage.pdf", b"%PDF-1.7", content_type="application/pdf")


def replaced(town: Town, check: Check, text: str) -> Check:
    return services.replace_text(
        by=town.as_viewer(town.editor), number=check.number, version=check.version, text=text
    )


@pytest.mark.parametrize(
    ("note", "words"),
    [
        ("scanned_pages", "Einige Seiten sind Bilder von Text."),
        ("broken_pages", "Einige Seiten ließen sich nicht lesen."),
        ("cut_short", "Gelesen wurde nur der Anfang."),
        ("external_links", "Die Datei holt Teile ihres Inhalts von außerhalb."),
    ],
)
def test_what_reading_left_out_stands_on_the_check_for_everybody(town: Town, note: str, words: str) -> None:
    with read_with(note):
        signed_in(town.editor).post(
            NEW, {"title": "Radweg", "file": uploaded(), "department_id": town.office.pk}
        )

    page = reverse("papers:check", args=[Check.objects.get().number])

    assert words in signed_in(town.editor).get(page).content.decode()
    assert words in signed_in(town.reader).get(page).content.decode()


def test_a_newer_text_that_was_read_whole_ends_the_warning(town: Town) -> None:
    with read_with("cut_short"):
        signed_in(town.editor).post(
            NEW, {"title": "Radweg", "file": uploaded(), "department_id": town.office.pk}
        )
    check = replaced(town, Check.objects.get(), "Wir bauen einen Radweg, ganz kurz.")

    client = signed_in(town.editor)
    overview = client.get(reverse("papers:check", args=[check.number])).content.decode()
    history = client.get(reverse("papers:check_history", args=[check.number])).content.decode()

    assert "Gelesen wurde nur der Anfang." not in overview
    assert "Gelesen wurde nur der Anfang." in history


def test_a_newer_file_says_what_reading_it_left_out(town: Town) -> None:
    check = town.started(text="Wir bauen nichts.")
    address = reverse("papers:check_text", args=[check.number])

    with read_with("scanned_pages"):
        answer = signed_in(town.editor).post(
            address, {"version": check.version, "file": uploaded()}, follow=True
        )

    assert "Einige Seiten sind Bilder von Text." in answer.content.decode()


def test_the_second_reader_sees_what_changed_since_the_return(town: Town) -> None:
    check = town.started(text="Wir bauen einen Weg.\nEr ist 2 Meter breit.")
    check = replaced(town, check, "Wir bauen einen Radweg.\nEr ist 2 Meter breit.")
    # As long ago as a return is; the texts take the time of their writing.
    check.texts.update(recorded_at=timezone.now() - timedelta(days=2))
    CheckStep.objects.create(
        of=check, state=CheckState.RETURNED, entered_at=timezone.now() - timedelta(days=1)
    )
    check = replaced(town, check, "Wir bauen einen Radweg.\nEr ist 3 Meter breit.")
    client = signed_in(town.reader)

    overview = client.get(reverse("papers:check", args=[check.number])).content.decode()
    history = client.get(reverse("papers:check_history", args=[check.number])).content.decode()

    assert replaced_since_return(check) == (2, 3)
    assert "Seit der Rückgabe gibt es eine neue Fassung des Textes (3)" in overview
    assert "<del>2</del>" in history
    assert "<ins>3</ins>" in history
    assert "<del>Weg" not in history


def test_any_two_versions_can_be_compared(town: Town) -> None:
    check = town.started(text="Eins.")
    check = replaced(town, check, "Zwei.")
    check = replaced(town, check, "Drei.")

    change = text_change(check, before=1, after=3)

    assert change is not None
    assert (change.before, change.after) == (1, 3)
    assert text_change(check, before=1, after=9) is None
    assert (usual := text_change(check)) is not None
    assert (usual.before, usual.after) == (2, 3)


def test_lines_that_the_margin_broke_elsewhere_are_no_change(town: Town) -> None:
    words = "Wir bauen einen Radweg am Ufer, der drei Meter breit ist und bis zur Brücke führt. " * 4
    check = town.started(text=fill(words, 60))
    check = replaced(town, check, fill(words, 80))

    change = text_change(check)

    assert change is not None
    assert change.difference.is_empty


def test_with_one_text_there_is_nothing_to_compare(town: Town) -> None:
    check = town.started()

    page = signed_in(town.editor).get(
        reverse("papers:check_history", args=[check.number]), {"von": "x", "mit": "2"}
    )

    assert page.status_code == 200
    assert "Was sich im Text geändert hat" not in page.content.decode()
