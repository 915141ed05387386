import copy
from typing import Any

import pytest

from dreiklang.core.reading import Cost
from dreiklang.core.values import Money, Unknown
from dreiklang.papers.queries.declared_forms import declared_forms
from dreiklang.papers.rules.forms import (
    InvalidForm,
    as_header,
    form_description,
    header_lines,
    read_form,
)
from dreiklang.papers.rules.passages import mended
from dreiklang.papers.tests.printed import printed_header, printed_paper

# The worked example of docs/rules/form-headers.md.
CLIMATE = {
    "name": "klimacheck",
    "title": "Klimacheck",
    "recognised_by": ["Klimacheck", "Auswirkung auf das Klima"],
    "begins_with": "Klimacheck",
    "fields": [
        {
            "name": "effect",
            "label": "Auswirkung auf das Klima",
            "kind": "one",
            "box": "before",
            "options": {"positive": "positiv", "none": "keine", "negative": "negativ"},
        },
        {"name": "cost", "label": "Kosten", "kind": "money"},
        {"name": "reason", "label": "Begründung", "kind": "words"},
    ],
}


def values(text: str) -> dict[str, object]:
    read = read_form(mended(text), forms=declared_forms())
    assert read is not None
    return {field.field.name: field.value for field in read.fields}


def changed(**changes: object) -> dict[str, object]:
    return {**copy.deepcopy(CLIMATE), **changes}


def test_every_field_of_a_filled_header_is_read() -> None:
    found = values(
        printed_header(
            money="Ja",
            cost="450.000 €",
            spending="Investition",
            budgeted="teilweise budgetiert",
            climate="Ja",
            direction="positiv",
            size="geringfügig",
            iq="Ja",
            theme="Grüne Stadt, Mobilität",
            companies="Ja",
            named="VBK, KVV",
        )
    )

    assert found["financial_effects"] == "yes"
    assert found["spending"] == ("investment",)
    assert found["total_cost"] == Cost(Money(450_000))
    assert found["budgeted"] == "part"
    assert found["financed_by"] == ()
    assert (found["climate"], found["climate_direction"], found["climate_size"]) == (
        "yes",
        "positive",
        "small",
    )
    assert (found["iq_relevant"], found["theme"]) == ("yes", ("Mobilität", "Grüne Stadt"))
    assert (found["companies"], found["companies_named"]) == ("yes", "VBK, KVV")


def test_a_header_nobody_filled_in_is_unknown_everywhere() -> None:
    found = values(printed_header(money=None, climate=None, iq=None, companies=None))

    for name in ("financial_effects", "budgeted", "climate", "climate_direction", "iq_relevant", "companies"):
        assert found[name] == Unknown("none_ticked"), name
    assert found["total_cost"] == Unknown("not_stated")


def test_two_ticks_where_one_belongs_are_unknown_with_both() -> None:
    text = printed_header(iq="Ja").replace("IQ-relevant \nNein ☐", "IQ-relevant \nNein ☒")

    assert values(text)["iq_relevant"] == Unknown("several_ticked", "Ja, Nein")


def test_a_sign_that_was_lost_is_not_an_empty_box() -> None:
    text = (
        printed_header(climate="Ja")
        .replace("geringfügig ☐", "geringfügig")
        .replace("erheblich ☐", "erheblich")
    )

    assert values(text)["climate_size"] == Unknown("sign_missing")


def test_a_cross_by_hand_is_a_tick() -> None:
    assert values(printed_header(iq="Ja").replace("☒", "x"))["iq_relevant"] == "yes"


def test_costs_in_words_stay_words() -> None:
    found = values(printed_header(cost="noch nicht bezifferbar"))

    assert found["total_cost"] == Unknown("not_quantifiable", "noch nicht bezifferbar")


def test_columns_that_ran_together_are_read_by_what_stands_beside_the_boxes() -> None:
    text = (
        "Finanzielle Auswirkungen  Gesamtkosten: 450.000 €  Finanzierung\n"
        "Ja ☒ Nein ☐  Jährliche/r Budgetbedarf/Folgekosten:  ☐ bereits vollständig budgetiert\n"
        "☒ Investition  Gesamteinzahlung: 1.000 €  ☒ teilweise budgetiert\n"
        "☐ Konsumtive Maßnahme  Jährlicher Ertrag:  ☐ nicht budgetiert\n"
        "Gegenfinanzierung durch ☐ Mehrerträge/-einzahlung ☒ Wegfall bestehender Aufgaben\n"
        "☐ Umschichtung innerhalb des Dezernates\n"
        "CO2-Relevanz: Auswirkung auf den Klimaschutz Nein ☐ Ja ☒ positiv ☒ negativ ☐ geringfügig ☒ erheblich ☐\n"
        "IQ-relevant Nein ☐ Ja ☒ Korridorthema: Mobilität\n"
        "Abstimmung mit städtischen Gesellschaften Nein ☒ Ja ☐ abgestimmt mit\n"
    )

    found = values(text)

    assert (found["spending"], found["budgeted"], found["financed_by"]) == (
        ("investment",),
        "part",
        ("dropped_task",),
    )
    assert found["total_cost"] == Cost(Money(450_000))
    assert found["total_income"] == Cost(Money(1_000))
    assert (found["iq_relevant"], found["theme"], found["companies"]) == ("yes", ("Mobilität",), "no")


def test_the_same_words_further_down_are_not_the_header() -> None:
    text = printed_paper(body="Finanzielle Auswirkungen\nKeine.\nIQ-relevant ist das nicht.", iq="Ja")

    assert values(text)["iq_relevant"] == "yes"
    assert values(text)["financial_effects"] == "no"


def test_a_text_without_a_header_has_no_form() -> None:
    assert read_form("Finanzielle Auswirkungen: keine. Ein Radweg.", forms=declared_forms()) is None


def test_another_city_s_form_is_a_description_and_no_code() -> None:
    text = "Klimacheck\nAuswirkung auf das Klima: ☐ positiv ☒ keine ☐ negativ\nKosten: 12.000 €\nBegründung: Nur Papier."

    read = read_form(text, forms=[form_description(CLIMATE)])

    assert read is not None
    assert [field.value for field in read.fields] == ["none", Cost(Money(12_000)), "Nur Papier."]


def test_what_is_kept_says_values_words_and_ticks() -> None:
    read = read_form(
        mended(printed_header(iq="Ja", theme="Mobilität", cost="ca. 1,2 Mio. €")), forms=declared_forms()
    )

    header = as_header(read)

    assert header["form"] == "karlsruhe"
    assert header["fields"]["iq_relevant"] == {
        "label": "IQ-relevant",
        "kind": "one",
        "shown": "Ja",
        "ticks": {"yes": True, "no": False},
        "value": "yes",
    }
    assert header["fields"]["total_cost"] == {
        "label": "Gesamtkosten",
        "kind": "money",
        "shown": "ca. 1,2 Mio. €",
        "value": "1200000.00",
        "approximate": True,
    }
    assert header["fields"]["climate_size"]["unknown"] == "none_ticked"
    assert ("Korridorthema", "Mobilität") in header_lines(header)
    assert as_header(None) == {}
    assert header_lines({}) == ()


@pytest.mark.parametrize(
    ("data", "where"),
    [
        ([], "form"),
        (changed(name=""), "form.name"),
        (changed(fields=[]), "form.fields"),
        (changed(fields=["x"]), "fields[0]"),
        (changed(fields=[{"name": "a", "label": "A", "kind": "colour"}]), "fields[0].kind"),
        (changed(fields=[{"name": "a", "label": "A", "kind": "one"}]), "fields[0].options"),
        (
            changed(fields=[{"name": "a", "label": "A", "kind": "money", "options": {"x": "X"}}]),
            "fields[0].options",
        ),
        (changed(fields=[{"name": "a", "kind": "words"}]), "fields[0].label"),
        (changed(fields=[{"name": "a", "label": 3, "kind": "words"}]), "fields[0].label"),
        (changed(fields=[{"name": "a", "label": "A", "kind": "words"}] * 2), "fields"),
        (changed(recognised_by="Klima"), "form.recognised_by"),
    ],
)
def test_a_description_that_is_wrong_is_refused_with_the_place(data: Any, where: str) -> None:
    with pytest.raises(InvalidForm) as refused:
        form_description(data)

    assert refused.value.where == where
