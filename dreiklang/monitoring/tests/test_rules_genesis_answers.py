import json

import pytest

from dreiklang.monitoring.rules.genesis_answers import GenesisResult, StatusCode, refusal_of, status
from dreiklang.monitoring.rules.values import Refused


def answer(code: object, content: str = "", **more: object) -> bytes:
    told = {"Code": code, "Content": content, "Type": "Information"}
    return json.dumps({"Ident": {"Service": "data", "Method": "tablefile"}, "Status": told, **more}).encode()


def test_a_job_is_named_in_the_sentence_only():
    found = status(answer(99, "Der Auftrag wurde erstellt … mit folgendem Namen: 12531-0043_175879554"))

    assert (found.code, found.job) == (StatusCode.JOB_MADE, "12531-0043_175879554")
    assert status(answer(99, "The job was created: 12531-0043_175879554.")).job == "12531-0043_175879554"


def test_no_job_is_made_up():
    assert status(answer(99, "Der Auftrag wurde erstellt.")).job == ""
    assert status(answer(98, "Zu groß, siehe 12531-0043_175879554")).job == ""


def test_what_was_asked_and_by_whom_is_not_kept():
    found = status(answer(104, "Nichts", Parameter={"username": "eine-kennung", "password": "geheim"}))

    assert "geheim" not in repr(found)
    assert "eine-kennung" not in repr(found)


def test_a_list_of_results_names_each_with_its_values():
    found = status(
        answer(0, List=[{"Code": "A_1", "Content": "Ein\nTitel", "Values": "1980160"}, {"Code": "B_2"}])
    )

    assert found.results == (GenesisResult("A_1", "Ein Titel", 1980160), GenesisResult("B_2", "", None))


@pytest.mark.parametrize(
    "body",
    [b"statistics_code;x\n", b"PK\x03\x04", b"", b"{", b"{}", b'{"Status": 1}', b"[" * 5000, b"{" * 5000],
)
def test_what_is_no_answer_has_no_status(body):
    assert status(body) is None


def test_a_status_without_a_number_is_none():
    assert status(answer("98")) is None


@pytest.mark.parametrize(
    ("text", "refused"),
    [
        ("<!DOCTYPE html><html><head><title>Wartung\n heute</title>", Refused("html_page", "Wartung heute")),
        ("\n<html><body>Fehler", Refused("html_page", "")),
        (answer(98, "Zu\ngroß").decode(), Refused("service_answer", "98: Zu groß")),
        ("a;b\nB\ufffdckingen;1\n", Refused("broken_text", "2")),
        (" \n", Refused("empty")),
        ("statistics_code;b\n", None),
    ],
)
def test_a_file_that_is_no_table_is_refused_with_its_reason(text, refused):
    assert refusal_of(text) == refused
