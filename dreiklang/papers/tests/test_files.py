"""Files of a paper: uploaded, opened, published and taken away; nothing internal gets out."""

import io
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from dreiklang.core.documents.tests import made
from dreiklang.core.enums import Visibility
from dreiklang.measures.tests import factories as city
from dreiklang.papers.models import CouncilFile, FileContent, Paper
from dreiklang.papers.rules.kinds import FileRole, TextState
from dreiklang.papers.services import papers as services
from dreiklang.papers.services.texts import read_papers
from dreiklang.papers.tests import factories as make
from dreiklang.people.permissions import NotAllowed
from dreiklang.people.queries import viewer_of
from dreiklang.people.rules import Role, Viewer

pytestmark = pytest.mark.django_db

SECRET = "Grundstücksgeheimnis"


def printed(words: str = "Der Stadtrat beschließt den Radweg.") -> bytes:
    return made.pdf([made.line(50, 700, words)])


def upload(content: bytes, name: str = "Vorlage.pdf", **said: Any) -> dict[str, object]:
    return {"file": SimpleUploadedFile(name, content), "role": "main", **said}


@pytest.fixture
def paper() -> Paper:
    return make.paper("2026/0412", lead_department=city.department("61"))


@pytest.fixture
def editor(client: Client, paper: Paper) -> Viewer:
    account = city.account("Eva Ernst", role=Role.DEPARTMENT_EDITOR, in_department=paper.lead_department)
    client.force_login(account)
    return viewer_of(account=account)


def kept(by: Viewer, paper: Paper, **said: Any) -> CouncilFile:
    new = services.NewFile(**{"file_name": "Vorlage.pdf", "content": printed(), **said})
    return services.add_file(by=by, key=paper.key, upload=new)


def test_an_uploaded_file_is_kept_with_its_text_and_stays_internal(client, editor, paper):
    content = printed()

    answer = client.post(f"/vorlagen/{paper.key}/dateien/neu/", upload(content), follow=True)

    file = CouncilFile.objects.get()
    assert (file.name, file.file_name, file.mime_type) == ("Vorlage", "Vorlage.pdf", "application/pdf")
    assert (file.text_state, file.is_public, file.role) == (TextState.READ, False, FileRole.MAIN)
    assert "Radweg" in file.text
    assert bytes(file.content.content) == content
    assert "Sie bleibt intern, bis Sie sie veröffentlichen." in answer.content.decode()


def test_a_word_file_is_kept_too(editor, paper):
    file = kept(
        editor, paper, file_name="C:\\Ablage\\Anlage 1.DOCX", content=made.word("Der Plan."), name="Plan"
    )

    assert (file.name, file.file_name) == ("Plan", "Anlage 1.docx")
    assert file.mime_type.endswith("wordprocessingml.document")
    assert "Der Plan." in file.text


def test_a_scan_is_kept_and_named_as_such(client, editor, paper):
    answer = client.post(f"/vorlagen/{paper.key}/dateien/neu/", upload(made.scan()), follow=True)

    page = answer.content.decode()
    assert CouncilFile.objects.get().text_state == TextState.SCANNED
    assert "Sie ist ein Scan" in page
    assert "nur ein Bild, ohne Text" in page


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("leer.pdf", b"", "Die Datei ist leer."),
        ("bild.png", b"\x89PNG\r\n\x1a\n\x00\x00", "Diese Art von Datei nehmen wir nicht an."),
        ("notiz.txt", b"Nur Text.", "Diese Art von Datei nehmen wir nicht an."),
        ("seite.html", b"<script>alert(1)</script>", "Diese Art von Datei nehmen wir nicht an."),
        (
            "alt.doc",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le"),
            "altes Word-Format",
        ),
        ("geheim.pdf", made.encrypted(), "mit einem Passwort geschützt"),
        ("kaputt.pdf", b"%PDF-1.4 kaputt", "Die Datei ist beschädigt."),
        ("makro.docm", made.word("x"), "enthält Makros"),
        ("gross.pdf", b"%PDF-" + b"0" * (25 * 1024 * 1024), "größer als 25 MB"),
    ],
)
def test_a_file_that_is_no_use_is_refused_in_words(client, editor, paper, name, content, words):
    answer = client.post(f"/vorlagen/{paper.key}/dateien/neu/", upload(content, name))

    assert answer.status_code == 200
    assert words in answer.content.decode()
    assert not CouncilFile.objects.exists()


def test_forgetting_the_file_is_said_at_the_field(client, editor, paper):
    answer = client.post(f"/vorlagen/{paper.key}/dateien/neu/", {"role": "main"})

    assert "file" in answer.context["form"].errors
    assert not CouncilFile.objects.exists()


def test_the_same_file_twice_is_kept_once(client, editor, paper):
    kept(editor, paper, name="Beschlussvorlage")

    answer = client.post(f"/vorlagen/{paper.key}/dateien/neu/", upload(printed()))

    assert "Genau diese Datei liegt schon bei der Vorlage: Beschlussvorlage" in answer.content.decode()
    assert CouncilFile.objects.count() == 1


def test_a_public_main_file_gives_the_paper_its_text(editor, paper):
    kept(editor, paper, role=FileRole.MAIN, is_public=True)

    read_papers()

    paper.refresh_from_db()
    assert "Radweg" in paper.text


def test_an_internal_file_gives_the_paper_no_text(editor, paper):
    kept(editor, paper, role=FileRole.MAIN)

    read_papers()

    paper.refresh_from_db()
    assert paper.text == ""


def test_a_file_is_published_renamed_and_taken_back(client, editor, paper):
    file = kept(editor, paper)
    page = f"/vorlagen/{paper.key}/dateien/{file.pk}/bearbeiten/"

    client.post(page, {"name": "Lageplan", "role": "attachment", "is_public": "on"})
    file.refresh_from_db()
    assert (file.name, file.is_public) == ("Lageplan", True)
    client.post(page, {"name": "Lageplan", "role": "attachment"})

    file.refresh_from_db()
    assert not file.is_public


def test_what_is_taken_away_is_gone_and_history_tells_of_it(client, editor, paper):
    file = kept(editor, paper, role=FileRole.MAIN, is_public=True)
    read_papers()

    asked = client.get(f"/vorlagen/{paper.key}/dateien/{file.pk}/wegnehmen/").content.decode()
    client.post(f"/vorlagen/{paper.key}/dateien/{file.pk}/wegnehmen/")
    read_papers()

    file.refresh_from_db()
    paper.refresh_from_db()
    assert "Datei wegnehmen?" in asked
    assert (file.text, file.withdrawn_at is None) == ("", False)
    assert not FileContent.objects.exists()
    assert paper.text == ""
    assert client.get(f"/vorlagen/{paper.key}/dateien/{file.pk}/").status_code == 404
    history = client.get(f"/verlauf/vorlage/{paper.key}/").content.decode()
    assert "Datei ergänzt" in history
    assert "Datei weggenommen" in history


def test_taking_away_twice_finds_nothing(client, editor, paper):
    file = kept(editor, paper)
    page = f"/vorlagen/{paper.key}/dateien/{file.pk}/wegnehmen/"

    client.post(page)

    assert client.post(page).status_code == 404


def test_a_file_of_the_council_system_is_not_touched_here(client, editor, paper):
    file = make.council_file(paper=paper, url="https://ris.example/1.pdf")

    for deed in ("bearbeiten", "wegnehmen"):
        assert client.post(f"/vorlagen/{paper.key}/dateien/{file.pk}/{deed}/").status_code == 404
    assert client.get(f"/vorlagen/{paper.key}/dateien/{file.pk}/").status_code == 404
    assert f"dateien/{file.pk}/bearbeiten" not in client.get(f"/vorlagen/{paper.key}/").content.decode()


@pytest.mark.parametrize("role", [None, Role.COUNCIL_MEMBER, Role.PARTNER])
@pytest.mark.parametrize(
    "way", ["internal file", "internal paper", "withdrawn paper", "taken away", "other paper"]
)
def test_no_way_leads_outsiders_to_a_file_that_is_not_public(role, way, paper):
    by = viewer_of(account=city.account(role=Role.COORDINATOR))
    file = kept(by, paper, name=SECRET, is_public=way != "internal file", content=printed("Kaufpreis 4711"))
    other = make.paper("offen")
    key = other.key if way == "other paper" else paper.key
    if way == "internal paper":
        Paper.objects.filter(pk=paper.pk).update(visibility=Visibility.INTERNAL)
    if way == "withdrawn paper":
        Paper.objects.filter(pk=paper.pk).update(withdrawn_at=timezone.now())
    if way == "taken away":
        services.take_file_away(by=by, key=paper.key, file_id=file.pk)
    read_papers()
    visitor = Client()
    if role is not None:
        visitor.force_login(city.account("Gast", role=role))

    ways = [f"/vorlagen/{key}/dateien/{file.pk}/{deed}" for deed in ("", "bearbeiten/", "wegnehmen/")]
    ways += [
        f"/vorlagen/{key}/",
        f"/vorlagen/{key}/dateien/neu/",
        "/vorlagen/?q=Kaufpreis",
        "/suche/?q=Kaufpreis",
    ]
    ways += ["/vorlagen/export.csv", "/api/v1/papers", f"/verlauf/vorlage/{key}/", "/neues/feed.atom"]
    answers = [visitor.get(one) for one in ways]

    assert answers[0].status_code == 404
    assert all(answer.status_code in {302, 403, 404} for answer in answers[1:3])
    leaks = [one for one, answer in zip(ways, answers, strict=True) if says(answer)]
    assert leaks == []


def says(answer) -> bool:
    body = answer.content.decode(errors="replace")
    return SECRET in body or "4711" in body or "%PDF" in body


def test_a_public_file_of_a_public_paper_is_opened_by_anybody(editor, paper):
    file = kept(editor, paper, is_public=True, file_name="Lageplan Süd.pdf")

    answer = Client().get(f"/vorlagen/{paper.key}/dateien/{file.pk}/")

    assert answer.content == printed()
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"].startswith("attachment; filename*=utf-8''Lageplan%20S")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert (
        f"/vorlagen/{paper.key}/dateien/{file.pk}/"
        in Client().get(f"/vorlagen/{paper.key}/").content.decode()
    )


def test_an_internal_file_is_kept_by_no_cache(client, editor, paper):
    file = kept(editor, paper)

    answer = client.get(f"/vorlagen/{paper.key}/dateien/{file.pk}/")

    assert answer["Cache-Control"] == "private, no-store"


def test_another_office_adds_and_takes_nothing(client, editor, paper):
    file = kept(editor, paper)
    stranger = viewer_of(
        account=city.account("Fritz", role=Role.DEPARTMENT_EDITOR, in_department=city.department("66"))
    )
    calls = [
        lambda: kept(stranger, paper, content=printed("Anderes")),
        lambda: services.take_file_away(by=stranger, key=paper.key, file_id=file.pk),
        lambda: services.change_file(
            by=stranger, key=paper.key, file_id=file.pk, name="x", role=FileRole.MAIN, is_public=True
        ),
    ]

    for call in calls:
        with pytest.raises(NotAllowed):
            call()
    assert CouncilFile.objects.count() == 1


def test_files_of_a_paper_are_listed_without_their_bytes(
    client, editor, paper, django_assert_max_num_queries
):
    kept(editor, paper)
    with django_assert_max_num_queries(60) as one:
        client.get(f"/vorlagen/{paper.key}/")
    for number in range(4):
        kept(editor, paper, content=printed(f"Anlage {number}"))

    with django_assert_max_num_queries(len(one.captured_queries)) as five:
        client.get(f"/vorlagen/{paper.key}/")

    assert not any('"papers_filecontent"."content"' in query["sql"] for query in five.captured_queries)


def test_a_stream_longer_than_the_limit_is_not_read_whole(editor, paper):
    from_form = io.BytesIO(b"%PDF-" + b"0" * (services.UPLOADED.size + 10))

    with pytest.raises(services.CannotKeepFile) as refused:
        kept(editor, paper, content=from_form.read(services.UPLOADED.size + 1))

    assert refused.value.code == "too_large"
