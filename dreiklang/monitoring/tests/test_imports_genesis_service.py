"""The connector against a service on localhost that answers as the real ones do; nobody sleeps."""

import json
import logging
import re
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import parse_qsl

import pytest

from dreiklang.monitoring.imports.archives import files_in
from dreiklang.monitoring.imports.genesis_service import (
    BUSY_TRIES,
    POLLS,
    SERVICES,
    CannotAsk,
    Fetched,
    GenesisAccount,
    TableQuestion,
    Unchanged,
    fetch_table,
    state_of,
)
from dreiklang.monitoring.rules.ffcsv_layout import layout, records
from dreiklang.monitoring.rules.values import Refused
from tests.genesis_server.server import CSV, HTML, ZIP, Office, Reply, serving, told

REPOSITORY = Path(__file__).resolve().parents[3]
SHARED = REPOSITORY.parent / "shared/data/indicators"
RAW = SHARED / "genesis-api-raw"
needs_recordings = pytest.mark.skipif(not RAW.exists(), reason="The recorded answers are not here.")
NOW = datetime(2026, 11, 23, 5, 40, tzinfo=UTC)
TABLE = Reply(b"statistics_code;value\n12411;5\n", CSV)
JOB = "12411-01-01-4_175879554"
MADE = told(99, f"Der Auftrag wurde erstellt. Abrufbar mit folgendem Namen: {JOB}")
TOO_LARGE = told(98, "Die Tabelle ist zu gross.")


def recorded(name: str, kind: str = "application/json") -> Reply:
    return Reply((RAW / name).read_bytes(), kind)


def office(*tables: Reply, **others: list[Reply]) -> Office:
    methods = {"data/tablefile": list(tables)}
    return Office({**methods, **{name.replace("_", "/"): replies for name, replies in others.items()}})


def ask(
    served: Office, table: str = "12411-01-01-4", *, pauses: list[float] | None = None, **what: object
) -> Fetched | Unchanged:
    account = what.pop("account", GenesisAccount(*served.account))
    return fetch_table(
        TableQuestion(table, **what),
        service="regionalstatistik",
        account=account,
        now=NOW,
        address=served.base,
        pause=([] if pauses is None else pauses).append,
    )


def refused(served: Office, **what: object) -> CannotAsk:
    with pytest.raises(CannotAsk) as refusal:
        ask(served, **what)
    return refusal.value


def test_a_table_comes_as_the_service_sent_it() -> None:
    with serving(office(TABLE)) as served:
        found = ask(served)

    assert found == Fetched(TABLE.body, "12411-01-01-4_tablefile_de.csv", "23.11.2026 06:40")


@needs_recordings
@pytest.mark.parametrize(("table", "lines"), [("12411-01-01-4", 1467), ("52411-02-01-4", 2445)])
def test_a_recorded_archive_is_opened_and_read(table, lines) -> None:
    with serving(office(recorded(f"{table}_tablefile_de_1.zip", ZIP))) as served:
        found = ask(served, table)

    assert found.file_name == f"{table}_tablefile_de.zip"
    (file,) = files_in(found.content, name=found.file_name)
    head, *rows = records(file.content.decode("utf-8-sig"))
    assert not isinstance(layout(head), Refused)
    assert len(rows) == lines


@needs_recordings
def test_the_question_is_the_one_that_was_recorded() -> None:
    path = SHARED / "genesis/12411-01-01-4/12411-01-01-4_tablefile_de_1.req.json"
    body = json.loads(path.read_text(encoding="utf-8"))["body"]

    with serving(office(TABLE)) as served:
        ask(served)

    assert served.forms("data/tablefile") == [dict(parse_qsl(body, keep_blank_values=True))]


def test_a_part_of_a_table_is_asked_for() -> None:
    with serving(office(TABLE)) as served:
        ask(
            served,
            region_variable="KREISE",
            region_key="14*",
            start_year=2010,
            end_year=2024,
            since="01.02.2026 08:00",
            with_quality=True,
        )

    (form,) = served.forms("data/tablefile")
    assert (form["regionalvariable"], form["regionalkey"]) == ("KREISE", "14*")
    assert (form["startyear"], form["endyear"], form["stand"]) == ("2010", "2024", "01.02.2026 08:00")
    assert form["quality"] == "on"


def test_the_account_travels_in_heads_only() -> None:
    with serving(office(TABLE)) as served:
        ask(served)

    (question,) = served.asked
    assert (question.verb, question.query) == ("POST", "")
    assert question.account == served.account
    assert not set(served.account) & set(question.form.values())


def test_a_token_stands_as_name_without_password() -> None:
    served = office(TABLE)
    served.account = ("ein-langer-schluessel", "")
    with serving(served):
        ask(served, account=GenesisAccount("ein-langer-schluessel"))

    assert served.asked[0].account == ("ein-langer-schluessel", "")


@needs_recordings
def test_a_recorded_large_table_is_made_in_a_job() -> None:
    pauses: list[float] = []
    served = office(
        recorded("status-12531-0043_tablefile_de_1.json"),
        recorded("status-12531-0043_tablefile_de_2.json"),
        catalogue_results=[recorded("status-12531-0043_results_de_4.json")],
        data_resultfile=[TABLE],
    )
    with serving(served):
        found = ask(served, "12531-0043", pauses=pauses)

    assert (found.content, found.job) == (TABLE.body, "12531-0043_175879554")
    assert [form["job"] for form in served.forms("data/tablefile")] == ["false", "true"]
    assert served.forms("catalogue/results")[0]["selection"] == "12531-0043_175879554"
    assert served.forms("data/resultfile")[0]["name"] == "12531-0043_175879554"
    assert served.forms("data/resultfile")[0]["format"] == "ffcsv"
    assert pauses == [5.0]


def test_a_job_is_looked_after_until_it_is_in_the_list() -> None:
    pauses: list[float] = []
    lists = [told(104, "Nichts da."), told(0, results=("12411-01-01-4_1",)), told(0, results=(JOB,))]
    with serving(office(TOO_LARGE, MADE, catalogue_results=lists, data_resultfile=[TABLE])) as served:
        found = ask(served, pauses=pauses)

    assert found.job == JOB
    assert pauses == [5.0, 7.5, 11.25]


def test_a_job_that_never_ends_is_left_with_its_name() -> None:
    pauses: list[float] = []
    with serving(office(TOO_LARGE, MADE, catalogue_results=[told(0)])) as served:
        refusal = refused(served, pauses=pauses)

    assert (refusal.code, refusal.words) == ("job_not_done", JOB)
    assert len(pauses) == POLLS
    assert 3600 <= sum(pauses) <= 4500


@pytest.mark.parametrize(
    ("second", "code"),
    [
        (told(99, "Der Auftrag wurde erstellt."), "job_without_name"),
        (TOO_LARGE, "too_large_for_service"),
        (told(-1, "Ein Fehler"), "service_error"),
        (TABLE, "service_error"),
    ],
)
def test_a_job_that_cannot_be_made_is_told(second, code) -> None:
    with serving(office(TOO_LARGE, second)) as served:
        assert refused(served).code == code


def test_trouble_while_a_job_runs_is_told() -> None:
    with serving(office(TOO_LARGE, MADE, catalogue_results=[told(-1, "Wartung")])) as served:
        refusal = refused(served)

    assert (refusal.code, refusal.words) == ("service_error", "Wartung")


def test_what_is_not_newer_is_not_fetched_again() -> None:
    with serving(office(told(50, "Keine neueren Daten"))) as served:
        found = ask(served, since="23.11.2025 06:40")

    assert found == Unchanged("23.11.2025 06:40")


def test_the_service_is_asked_again_after_it_was_busy() -> None:
    pauses: list[float] = []
    busy = told(6, "Zu viele parallele Anfragen")
    with serving(office(busy, busy, TABLE)) as served:
        found = ask(served, pauses=pauses)

    assert found.content == TABLE.body
    assert pauses == [5.0, 10.0]


def test_a_service_that_stays_busy_is_left() -> None:
    pauses: list[float] = []
    with serving(office(told(6, "Zu viele parallele Anfragen"))) as served:
        refusal = refused(served, pauses=pauses)

    assert (refusal.code, refusal.words) == ("busy", "Zu viele parallele Anfragen")
    assert (len(served.asked), len(pauses)) == (BUSY_TRIES, BUSY_TRIES - 1)


@pytest.mark.parametrize(
    ("number", "code"),
    [
        (22, "adjusted"),
        (90, "no_table"),
        (104, "nothing_found"),
        (-1, "service_error"),
        (4711, "service_error"),
        (0, "no_file"),
        (99, "no_file"),
    ],
)
def test_every_status_is_told_with_the_words_of_the_service(number, code) -> None:
    with serving(office(told(number, "In zwei\nZeilen"))) as served:
        refusal = refused(served)

    assert (refusal.code, refusal.words) == (code, "In zwei Zeilen")


@needs_recordings
@pytest.mark.parametrize(
    ("name", "code", "words"),
    [
        ("status-61111-0021_tablefile_de_1.json", "service_error", "kein Datenquader gefunden"),
        ("status-61111-0021_tablefile_en_2.json", "service_error", "kein Datenquader gefunden"),
        ("status-63121-0001_tablefile_de_1.json", "nothing_found", "keine Objekte"),
        ("status-63121-0001_tablefile_en_2.json", "nothing_found", "no objects"),
    ],
)
def test_recorded_refusals_are_told(name, code, words) -> None:
    with serving(office(recorded(name))) as served:
        refusal = refused(served)

    assert refusal.code == code
    assert words in refusal.words


@pytest.mark.parametrize(
    ("reply", "code", "words"),
    [
        (Reply(b"<!DOCTYPE html><title>Wartung</title>", HTML), "html_page", "Wartung"),
        (Reply(b"", CSV), "no_file", ""),
        (Reply(b" \r\n", CSV), "no_file", ""),
        (Reply(b"kaputt", HTML, 500), "http_500", ""),
        (Reply(told(104, "Nichts").body, code=500), "nothing_found", "Nichts"),
        (Reply(b"", code=302, head=(("Location", "http://198.51.100.7/"),)), "redirected", "198.51.100.7"),
    ],
)
def test_what_is_no_table_is_never_taken_for_one(reply, code, words) -> None:
    with serving(office(reply)) as served:
        refusal = refused(served)

    assert (refusal.code, refusal.words) == (code, words)


def test_a_wrong_password_is_called_so() -> None:
    with serving(office(TABLE)) as served:
        refusal = refused(served, account=GenesisAccount("statistikstelle", "falsch"))

    assert (refusal.code, refusal.words) == ("login", "127.0.0.1")


def test_no_account_is_ever_shown(caplog) -> None:
    caplog.set_level(logging.DEBUG)
    account = GenesisAccount("eine-kennung", "ein-geheimnis")
    served = office(told(-1, "Nutzer eine-kennung mit ein-geheimnis unbekannt"))
    served.account = ("eine-kennung", "ein-geheimnis")
    with serving(served):
        refusal = refused(served, account=account)

    assert refusal.words == "Nutzer … mit … unbekannt"
    shown = f"{account!r} {refusal} {refusal.__dict__} {caplog.text}"
    assert "eine-kennung" not in shown
    assert "ein-geheimnis" not in shown


@pytest.mark.parametrize(
    ("table", "service", "name", "code"),
    [
        ("12411-01-01-4", "regionalstatistik", "", "no_account"),
        ("12411-01-01-4", "eurostat", "amt", "unknown_service"),
        ("", "zensus", "amt", "not_a_table_name"),
        ("12411*", "zensus", "amt", "not_a_table_name"),
        ("12411-01-01-4\n", "zensus", "amt", "not_a_table_name"),
    ],
)
def test_a_question_that_makes_no_sense_is_not_asked(table, service, name, code) -> None:
    # No address is given: would it be asked, it would be the real service, which no test may reach.
    with pytest.raises(CannotAsk) as refusal:
        fetch_table(
            TableQuestion(table),
            service=service,
            account=GenesisAccount(name),
            now=NOW,
            client=Nobody(),
            pause=[].append,
        )

    assert refusal.value.code == code


class Nobody:
    """A client that must not be used."""

    def post(self, *args: object, **named: object) -> None:
        raise AssertionError("asked")


def test_the_page_names_every_refusal() -> None:
    page = (REPOSITORY / "docs/sources/genesis-service.md").read_text(encoding="utf-8")
    told_in_docstring = (CannotAsk.__doc__ or "").partition("Codes: ")[2].partition("; and those")[0]
    codes = {part.split()[0] for part in told_in_docstring.split(" · ")}

    assert codes | {"redirected"} == set(re.findall(r"^\| `([a-z_]+)` \|", page, re.MULTILINE))


def test_moments_are_written_in_german_time() -> None:
    assert state_of(datetime(2026, 1, 5, 23, 30, tzinfo=UTC)) == "06.01.2026 00:30"
    assert state_of(datetime(2026, 7, 5, 23, 30, tzinfo=UTC)) == "06.07.2026 01:30"


def test_no_password_goes_to_the_known_services_in_the_clear() -> None:
    assert set(SERVICES) == {"destatis", "regionalstatistik", "zensus"}
    assert all(address.startswith("https://") and address.endswith("/") for address in SERVICES.values())
