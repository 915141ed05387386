import pytest
from django.utils import timezone

from dreiklang.core.enums import Visibility
from dreiklang.core.errors import Refused
from dreiklang.papers.models import CouncilFile, Paper, PaperVersion
from dreiklang.papers.rules.kinds import FileRole, PaperKind, TextState
from dreiklang.papers.services.papers import keep_version
from dreiklang.papers.services.texts import PATIENCE, NotNow, Stored, read_papers, store_file, store_files
from dreiklang.papers.tests.factories import council_file, paper
from dreiklang.papers.tests.printed import printed_paper
from dreiklang.people.rules import SYSTEM

pytestmark = pytest.mark.django_db


def test_a_paper_says_what_its_public_file_says_without_the_printed_header() -> None:
    one = paper()
    council_file(paper=one, name="Anlage 1", text="Ein Lageplan.")
    council_file(paper=one, name="Beschlussvorlage", text=printed_paper(iq="Ja", theme="Mobilität"))

    read_papers()

    one.refresh_from_db()
    assert one.text.startswith("Radweg am Bahndamm")
    assert "Korridorthema" not in one.text
    assert one.summary == "Der Gemeinderat stimmt dem Bau des Radwegs zu."
    assert one.header["fields"]["iq_relevant"]["value"] == "yes"
    assert one.header["fields"]["theme"]["value"] == ["Mobilität"]


def test_a_file_that_is_not_public_gives_nothing_to_a_paper() -> None:
    one = paper()
    council_file(paper=one, name="Beschlussvorlage", text=printed_paper(), is_public=False)

    read_papers()

    one.refresh_from_db()
    assert (one.text, one.summary, one.header) == ("", "", {})


def test_a_text_leaves_with_its_file() -> None:
    one = paper()
    file = council_file(paper=one, name="Beschlussvorlage", text=printed_paper())
    read_papers()
    CouncilFile.objects.filter(pk=file.pk).update(is_public=False)

    read_papers()

    one.refresh_from_db()
    assert (one.text, one.summary, one.header) == ("", "", {})


def test_what_a_closed_file_said_reaches_nobody_outside(client) -> None:
    one = paper()
    file = council_file(paper=one, name="Beschlussvorlage", text=printed_paper())
    read_papers()
    before = client.get(f"/vorlagen/{one.key}/").content.decode()
    CouncilFile.objects.filter(pk=file.pk).update(is_public=False)

    read_papers()

    # The version stays, for the administration.
    assert PaperVersion.objects.filter(paper=one, text__contains="Radweg am Bahndamm").exists()
    said = "Der Gemeinderat stimmt dem Bau des Radwegs zu."
    assert said in before
    for path in (
        f"/vorlagen/{one.key}/",
        "/vorlagen/?q=Bahndamm",
        f"/api/v1/papers/{one.key}",
        "/suche/?q=Bahndamm",
    ):
        shown = client.get(path).content.decode()
        assert said not in shown
        assert "Radweg am Bahndamm" not in shown
    assert client.get(f"/vorlagen/{one.key}/fassungen/").status_code in {302, 403, 404}


def test_a_summary_by_hand_stays_when_the_file_leaves() -> None:
    one = paper(summary="Von Hand.")
    file = council_file(paper=one, name="Beschlussvorlage", text=printed_paper())
    read_papers()
    CouncilFile.objects.filter(pk=file.pk).update(is_public=False)

    read_papers()

    one.refresh_from_db()
    assert one.summary == "Von Hand."


def test_a_summary_follows_its_file() -> None:
    one = paper()
    file = council_file(paper=one, name="Beschlussvorlage", text=printed_paper())
    read_papers()
    text = printed_paper().replace("stimmt dem Bau des Radwegs zu", "lehnt den Bau des Radwegs ab")
    CouncilFile.objects.filter(pk=file.pk).update(text=text)

    read_papers()

    one.refresh_from_db()
    assert one.summary == "Der Gemeinderat lehnt den Bau des Radwegs ab."


def test_reading_again_changes_nothing() -> None:
    one = paper()
    council_file(paper=one, name="Beschlussvorlage", text=printed_paper())

    assert (read_papers(), read_papers()) == (1, 0)
    assert PaperVersion.objects.filter(paper=one).count() == 1


def test_a_changed_file_becomes_the_next_version() -> None:
    one = paper()
    file = council_file(paper=one, name="Beschlussvorlage", text=printed_paper())
    read_papers()
    CouncilFile.objects.filter(pk=file.pk).update(text=printed_paper(body="Der Weg wird vier Meter breit."))

    read_papers()

    assert list(
        PaperVersion.objects.filter(paper=one).order_by("number").values_list("number", flat=True)
    ) == [1, 2]
    assert "vier Meter" in Paper.objects.get(pk=one.pk).text


def test_what_was_written_by_hand_stays() -> None:
    one = paper(summary="Von Hand.")
    keep_version(paper=one, text="Von Hand geschrieben.", by=SYSTEM, origin="von Hand")
    one.save()
    council_file(paper=one, name="Beschlussvorlage", text=printed_paper())

    read_papers()

    one.refresh_from_db()
    assert (one.text, one.summary) == ("Von Hand geschrieben.", "Von Hand.")
    assert one.header["form"] == "karlsruhe"


def test_a_motion_is_what_was_moved_and_its_header_that_of_the_answer() -> None:
    one = paper(kind=PaperKind.MOTION)
    council_file(paper=one, name="Stellungnahme", text=printed_paper(iq="Nein"))
    council_file(paper=one, name="Antrag", text="Wir beantragen einen Radweg am Bahndamm.", position=1)

    read_papers()

    one.refresh_from_db()
    assert one.text == "Wir beantragen einen Radweg am Bahndamm."
    assert one.header["fields"]["iq_relevant"]["value"] == "no"


def test_minutes_are_not_a_paper() -> None:
    one = paper()
    council_file(paper=one, name="Niederschrift", role=FileRole.MINUTES, text="Beginn 17 Uhr.")

    read_papers()

    one.refresh_from_db()
    assert one.text == ""


def test_several_papers_are_read_with_few_queries(django_assert_max_num_queries) -> None:
    for _ in range(5):
        council_file(paper=paper(), name="Beschlussvorlage", text=printed_paper())

    with django_assert_max_num_queries(35):
        assert read_papers() == 5


def test_a_file_is_read_from_its_content() -> None:
    file = council_file(paper=paper(), file_name="vorlage.txt", text_state=TextState.WAITING)

    state = store_file(file_id=file.pk, content="Grüße aus dem Rathaus".encode())

    file.refresh_from_db()
    assert (state, file.text, file.text_state) == (TextState.READ, "Grüße aus dem Rathaus", TextState.READ)


def test_a_broken_file_keeps_its_reason_and_others_go_on() -> None:
    one = paper(visibility=Visibility.INTERNAL)
    waiting = {
        "https://example.org/kaputt.pdf": b"%PDF-1.4 kaputt",
        "https://example.org/gut.txt": b"Gut.",
    }
    for url in [*waiting, "https://example.org/fort.pdf"]:
        council_file(paper=one, url=url, file_name=url.rsplit("/", 1)[1], text_state=TextState.WAITING)

    def fetch(url: str) -> bytes:
        if url not in waiting:
            raise Refused("not_found")
        return waiting[url]

    stored = store_files(fetch=fetch)

    kept = dict(CouncilFile.objects.values_list("file_name", "text_problem"))
    assert (stored.done, stored.put_off) == (3, 0)
    assert kept == {"kaputt.pdf": "broken", "gut.txt": "", "fort.pdf": "not_found"}
    assert store_files(fetch=fetch).done == 0


def _waiting(*names: str) -> None:
    one = paper()
    for name in names:
        url = f"https://example.org/{name}.txt"
        council_file(paper=one, url=url, file_name=f"{name}.txt", text_state=TextState.WAITING)


def test_a_file_that_cannot_be_had_now_goes_on_waiting_and_comes_last() -> None:
    _waiting("müde", "eins", "zwei")
    asked: list[str] = []

    def fetch(url: str) -> bytes:
        asked.append(url.rsplit("/", 1)[1])
        if len(asked) == 1:
            raise NotNow("http_503")
        return b"Da."

    first = store_files(fetch=fetch, most=2)
    second = store_files(fetch=fetch, most=2)

    assert asked == ["müde.txt", "eins.txt", "zwei.txt", "müde.txt"]
    assert (first, first.is_more) == (Stored(1, 1, is_full=True), True)
    assert second.done == 2
    assert set(CouncilFile.objects.values_list("text_state", "text_problem")) == {(TextState.READ, "")}


def test_a_server_that_is_down_loses_no_file_and_is_not_asked_on_and_on() -> None:
    _waiting(*(f"datei-{number}" for number in range(PATIENCE + 3)))
    asked: list[str] = []

    def fetch(url: str) -> bytes:
        asked.append(url)
        raise NotNow("unreachable")

    stored = store_files(fetch=fetch)

    assert len(asked) == PATIENCE
    assert (stored.done, stored.put_off, stored.is_more) == (0, PATIENCE, False)
    assert set(CouncilFile.objects.values_list("text_state", flat=True)) == {TextState.WAITING}


def test_files_that_never_come_end_the_work_of_a_night() -> None:
    _waiting("a", "b")

    def fetch(url: str) -> bytes:
        raise NotNow("too_slow")

    assert not store_files(fetch=fetch, most=2).is_more


def test_the_page_of_a_paper_names_what_its_header_says(client) -> None:
    one = paper()
    council_file(paper=one, name="Beschlussvorlage", text=printed_paper(iq="Ja", theme="Mobilität"))
    read_papers()

    page = client.get(f"/vorlagen/{one.key}/").content.decode()

    assert "Angaben im Kopf der Vorlage" in page
    assert "Mobilität" in page


def test_the_header_of_a_withdrawn_paper_is_kept_back(client) -> None:
    one = paper()
    council_file(paper=one, name="Beschlussvorlage", text=printed_paper(iq="Ja", theme="Mobilität"))
    read_papers()
    Paper.objects.filter(pk=one.pk).update(withdrawn_at=timezone.now())

    page = client.get(f"/vorlagen/{one.key}/").content.decode()

    assert "Angaben im Kopf der Vorlage" not in page
