"""Bringing values on screen: a list, a single value, a release; and what outsiders and others do not see."""

from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from dreiklang.core.models import Mapping, Upload
from dreiklang.monitoring.models import Delivery, HeldValue, Indicator, Observation
from dreiklang.monitoring.tests import factories as make
from dreiklang.monitoring.tests.lists import delivered, districts
from dreiklang.people.models import Account
from dreiklang.people.rules import Role
from dreiklang.people.tests import factories as people
from dreiklang.places.models import Municipality

pytestmark = pytest.mark.django_db

TWO_HEADS = (
    "Stadt Klarenbrück;;;\nEinwohner zum 31.12.2023;;;\n;Personen;;\nStadtteil;Männer;Frauen;Gesamt\n"
    "Altstadt;600;610;1210\nNeustatt;400;390;790\nSumme;1000;1000;2000\nQuelle: Melderegister;;;\n"
)


@pytest.fixture
def indicator(db: Any) -> Indicator:
    districts(("01", "Altstadt"), ("02", "Neustadt"))
    Municipality.objects.update_or_create(is_only=True, defaults={"name": "Klarenbrück", "ags": "01234567"})
    return make.indicator(key="einwohner", name="Einwohner", unit="count", department=people.department())


def logged_in(client: Client, account: Account) -> Client:
    client.force_login(account)
    return client


@pytest.fixture
def editor(indicator: Indicator, client: Client) -> Client:
    return logged_in(client, people.account(Role.DEPARTMENT_EDITOR, where=indicator.department))


def uploaded(client: Client, text: str, name: str = "einwohner.csv") -> Upload:
    answer = client.post(
        reverse("monitoring:value-receive"), {"file": SimpleUploadedFile(name, text.encode())}
    )
    assert answer.status_code == 302, answer.content.decode()
    return Upload.objects.get()


def form_of(answer: Any, **said: str) -> dict[str, str]:
    """The page of columns as a browser would send it."""
    plan = answer.context["plan"]
    found: dict[str, str] = {}
    for at, one in enumerate(answer.context["columns"]):
        found |= {f"label-{at}": one.label, f"use-{at}": one.use, f"unit-{at}": one.unit}
    found |= {
        "areas": plan.areas,
        "period": plan.period,
        "kind": plan.kind,
        "name": "Einwohner",
        "deed": "try",
    }
    return found | said


def test_a_list_goes_from_the_file_to_the_values_in_force(editor: Client) -> None:
    upload = uploaded(editor, TWO_HEADS)
    page = editor.get(reverse("monitoring:value-columns", args=[upload.pk]))
    labels = [one.label for one in page.context["columns"]]
    assert labels == ["Stadtteil", "Personen · Männer", "Personen · Frauen", "Personen · Gesamt"]
    assert (page.context["plan"].areas, page.context["plan"].period) == ("stadtteil", "31.12.2023")

    answer = editor.post(
        reverse("monitoring:value-columns", args=[upload.pk]),
        form_of(page, **{"use-3": "einwohner", "save_as": "Melderegister"}),
    )
    assert answer.status_code == 302, answer.content.decode()
    trial = editor.get(reverse("monitoring:value-trial", args=[upload.pk]))
    said = trial.content.decode()
    assert "Werte: 1 wären neu" in said
    assert "Ein Gebiet „Neustatt“ kennen wir nicht." in said
    assert not Observation.objects.exists()

    editor.post(
        reverse("monitoring:value-correct", args=[upload.pk]), {"words": "Neustatt", "meant": "Neustadt"}
    )
    done = editor.post(reverse("monitoring:value-take-over", args=[upload.pk]), {"reason": "Jahresliste"})

    assert done.status_code == 302
    assert set(Observation.objects.values_list("value", flat=True)) == {790, 1210}
    assert not Upload.objects.exists()
    page = editor.get(done["Location"])
    assert "freigegeben" in page.content.decode()
    assert Mapping.objects.get().name == "Melderegister"


def test_a_kept_plan_is_offered_for_the_same_heads(editor: Client) -> None:
    upload = uploaded(editor, TWO_HEADS)
    page = editor.get(reverse("monitoring:value-columns", args=[upload.pk]))
    editor.post(
        reverse("monitoring:value-columns", args=[upload.pk]),
        form_of(page, **{"use-3": "einwohner", "save_as": "Melderegister"}),
    )
    editor.post(reverse("monitoring:value-discard", args=[upload.pk]))

    second = uploaded(editor, TWO_HEADS.replace("2023", "2024"))

    assert second.choices["mapping_name"] == "Melderegister"
    assert second.choices["plan"]["columns"]["Personen · Gesamt"] == "einwohner"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("<html><title>Anmeldung</title>", "Internetseite („Anmeldung“)"),
        ("", "leer"),
        ("a;b\nc;d\n", "keine Tabelle"),
    ],
)
def test_a_file_that_is_no_list_is_refused_in_words(editor: Client, content: str, said: str) -> None:
    answer = editor.post(
        reverse("monitoring:value-receive"), {"file": SimpleUploadedFile("a.csv", content.encode())}
    )

    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not Upload.objects.exists()


def test_a_plan_without_any_value_is_refused_on_its_page(editor: Client) -> None:
    upload = uploaded(editor, TWO_HEADS)
    page = editor.get(reverse("monitoring:value-columns", args=[upload.pk]))

    answer = editor.post(reverse("monitoring:value-columns", args=[upload.pk]), form_of(page))

    assert answer.status_code == 422
    assert "Keine Spalte ist einem Indikator zugeordnet." in answer.content.decode()


def test_a_file_is_seen_by_nobody_but_who_uploaded_it(editor: Client, indicator: Indicator) -> None:
    upload = uploaded(editor, TWO_HEADS)
    other = logged_in(Client(), people.account(Role.COORDINATOR))

    for name in ("value-columns", "value-trial"):
        assert other.get(reverse(f"monitoring:{name}", args=[upload.pk])).status_code == 404


def doubtful(indicator: Indicator) -> Delivery:
    text = "Stadtteil;2019;2020;2021;2022;2023\nAltstadt;1200;1210;1220;1230;1240000\n"
    done = delivered(text, use=indicator.key, areas="stadtteil")
    assert done.delivery
    return done.delivery


def test_what_waits_is_seen_released_and_told_on_the_focus_page(indicator: Indicator) -> None:
    found = doubtful(indicator)
    coordinator = logged_in(Client(), people.account(Role.COORDINATOR))
    focus = coordinator.get(reverse("workspace:focus")).content.decode()
    assert reverse("monitoring:value-delivery", args=[found.pk]) in focus

    releases = coordinator.get(reverse("monitoring:value-releases")).content.decode()
    assert "Eine Lieferung wartet auf Sie." in releases
    page = coordinator.get(reverse("monitoring:value-delivery", args=[found.pk])).content.decode()
    assert "etwa tausendmal so groß" in page
    assert "Werte freigeben" in page

    coordinator.post(reverse("monitoring:value-decide", args=[found.pk, "freigeben"]))

    assert Observation.objects.count() == 5
    assert "Nichts wartet" in coordinator.get(reverse("monitoring:value-releases")).content.decode()


def test_sending_back_needs_a_reason_and_shows_it(indicator: Indicator) -> None:
    found = doubtful(indicator)
    coordinator = logged_in(Client(), people.account(Role.COORDINATOR))
    address = reverse("monitoring:value-decide", args=[found.pk, "zurueckgeben"])
    assert coordinator.post(address, {"answer": ""}).status_code == 422

    answer = coordinator.post(address, {"answer": "In Personen, bitte."}, follow=True)

    assert "In Personen, bitte." in answer.content.decode()
    assert HeldValue.objects.exists()


def test_a_withdrawal_offers_to_take_it_back(indicator: Indicator) -> None:
    found = doubtful(indicator)
    coordinator = logged_in(Client(), people.account(Role.COORDINATOR))
    coordinator.post(reverse("monitoring:value-decide", args=[found.pk, "freigeben"]))

    answer = coordinator.post(
        reverse("monitoring:value-decide", args=[found.pk, "zurueckziehen"]),
        {"answer": "falsch"},
        follow=True,
    )
    undo = reverse("monitoring:value-decide", args=[found.pk, "wiederherstellen"])
    assert undo in answer.content.decode()

    coordinator.post(undo)
    assert set(Observation.objects.values_list("state", flat=True)) == {"released"}


def test_others_editors_see_a_delivery_and_decide_nothing(indicator: Indicator) -> None:
    found = doubtful(indicator)
    other = logged_in(Client(), people.account(Role.DEPARTMENT_EDITOR, where=people.department()))

    page = other.get(reverse("monitoring:value-delivery", args=[found.pk])).content.decode()
    assert "Werte freigeben" not in page
    assert other.post(reverse("monitoring:value-decide", args=[found.pk, "freigeben"])).status_code == 403
    assert (
        other.post(
            reverse("monitoring:value-decide", args=[found.pk, "zurueckziehen"]), {"answer": "x"}
        ).status_code
        == 403
    )


def entry(**said: str) -> dict[str, str]:
    return {"value": "1.250", "period": "31.12.2024", "area": "", "kind": "actual"} | said


def test_a_single_value_is_typed_and_in_force(editor: Client, indicator: Indicator) -> None:
    address = reverse("monitoring:value-entry", args=[indicator.key])
    assert "Noch kein Wert" in editor.get(address).content.decode()

    answer = editor.post(address, entry())

    assert answer.status_code == 302
    kept = Observation.objects.get()
    assert (kept.value, kept.region.name, kept.delivery.file_id) == (Decimal(1250), "Klarenbrück", None)
    assert "1.250" in editor.get(address).content.decode()


def test_a_doubtful_value_is_asked_about_before_it_is_kept(editor: Client, indicator: Indicator) -> None:
    address = reverse("monitoring:value-entry", args=[indicator.key])
    for year in (2020, 2021, 2022):
        editor.post(address, entry(period=f"31.12.{year}"))
    before = Delivery.objects.count()

    asked = editor.post(address, entry(value="1.250.000"))
    assert asked.status_code == 422
    assert "1.250.000 (1.250): etwa tausendmal" in asked.content.decode()
    assert Delivery.objects.count() == before

    assert editor.post(address, entry(value="1250000", has_looked="1")).status_code == 302
    assert Observation.objects.filter(value=1250000).exists()


def test_a_typed_value_is_in_the_unit_of_the_indicator(editor: Client, indicator: Indicator) -> None:
    indicator.unit, indicator.quantity = "tsd_eur", make.quantity(unit_words="EUR")
    indicator.save()
    address = reverse("monitoring:value-entry", args=[indicator.key])
    for year in (2020, 2021, 2022):
        assert editor.post(address, entry(period=f"31.12.{year}")).status_code == 302

    assert set(Observation.objects.values_list("value", "words")) == {(Decimal(1250000), "1250")}
    page = editor.get(address).content.decode()
    assert ">1.250<" in page
    assert "1.250.000" not in page
    asked = editor.post(address, entry(value="1250000")).content.decode()
    assert "tausendmal" in asked
    assert "(1.250)" in asked


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"value": "viele"}, "Bitte geben Sie eine Zahl ein"),
        ({"period": "irgendwann"}, "Bitte geben Sie einen Tag oder ein Jahr an"),
        ({"period": "31.12.2090"}, "liegt in der Zukunft"),
        ({"kind": "forecast"}, "Eine Prognose braucht ein Szenario"),
    ],
)
def test_a_value_that_cannot_be_is_refused_in_words(
    editor: Client, indicator: Indicator, said: dict[str, str], words: str
) -> None:
    answer = editor.post(reverse("monitoring:value-entry", args=[indicator.key]), entry(**said))

    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not Delivery.objects.exists()


PAGES = ("values", "value-releases", "value-deliveries")


@pytest.mark.parametrize("name", PAGES)
def test_empty_pages_say_what_belongs_there(name: str, db: Any) -> None:
    person = logged_in(Client(), people.account(Role.LEAD))

    answer = person.get(reverse(f"monitoring:{name}"))

    assert answer.status_code == 200
    assert "u-empty" in answer.content.decode()


@pytest.mark.parametrize("name", PAGES)
def test_the_public_comes_to_none_of_these_pages(name: str, db: Any, client: Client) -> None:
    assert client.get(reverse(f"monitoring:{name}")).status_code in (302, 403)


def test_one_more_delivery_costs_no_more_statements(
    indicator: Indicator, django_assert_max_num_queries: Any
) -> None:
    for year in range(2015, 2021):
        delivered(f"Stadtteil;{year}\nAltstadt;{year}\n", use=indicator.key, areas="stadtteil")
    coordinator = logged_in(Client(), people.account(Role.COORDINATOR))
    coordinator.get(reverse("monitoring:value-deliveries"))

    with django_assert_max_num_queries(14):
        coordinator.get(reverse("monitoring:value-deliveries"))
