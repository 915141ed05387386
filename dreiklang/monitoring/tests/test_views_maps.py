import json

import pytest
from defusedxml import ElementTree
from django.test import Client

from dreiklang.monitoring.tests.districts import HIDDEN, WAITING, indicator, tells_what_waits, town, values
from dreiklang.places.tests import factories as places

pytestmark = pytest.mark.django_db

MAP = "/karte/indikator/arbeitslose/"


def shown(client: Client, query: str = "") -> str:
    answer = client.get(MAP + query)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.fixture
def three_districts() -> None:
    town(
        indicator(key="arbeitslose", attribution="Bundesagentur für Arbeit"),
        {"Altstadt": ["6.1", "5.4"], "Ostend": ["9.0", "9.5"], "Westend": [None, HIDDEN], "": ["7.0", "7.2"]},
    )


@pytest.mark.usefixtures("three_districts")
def test_the_map_answers_first_and_names_every_value_below(client: Client) -> None:
    page = shown(client)

    assert "2024 reicht der Wert von 5,4\u00a0% (Altstadt) bis 9,5\u00a0% (Ostend)." in page
    assert "In der ganzen Stadt sind es 7,2\u00a0%." in page
    assert "1 Gebiet ohne Wert: 1 kleine Zahl, nicht gezeigt." in page
    assert "Quelle: Bundesagentur für Arbeit" in page
    assert page.count('class="mo-area mo-shidden"') == 2  # on the map and in the legend
    assert "style=" not in page


@pytest.mark.usefixtures("three_districts")
def test_a_colour_means_the_same_in_every_year(client: Client) -> None:
    then, now = shown(client, "?jahr=2023"), shown(client, "?jahr=2024")

    assert "6,1 bis unter 9,0" in then
    assert "6,1 bis unter 9,0" in now
    assert "<output data-map-when>2023</output>" in then


@pytest.mark.usefixtures("three_districts")
def test_a_balance_is_told_in_percentage_points_and_says_so_all_the_time(client: Client) -> None:
    page = shown(client, "?von=2023&bis=2024")

    assert "Sie sehen eine Bilanz, keine Werte." in page
    assert "in 1 Gebieten gestiegen, in 1 gefallen" in page
    assert "+0,5 Prozentpunkte" in page
    assert "mo-s13" in page
    assert "mo-sd13" in page


@pytest.mark.usefixtures("three_districts")
def test_own_classes_are_taken_and_bad_ones_refused_in_words(client: Client) -> None:
    own = shown(client, "?klassen=own&grenzen=5;7,5")

    assert "5,0 bis unter 7,5" in own
    for bad, why in (
        ("7;5", "von klein nach groß"),
        ("a;b", "ist keine Zahl"),
        ("", "fehlen die Grenzen"),
        ("1;" + 30 * "9", "mehr als 16 Stellen vor dem Komma"),
    ):
        assert why in shown(client, f"?klassen=own&grenzen={bad}")


@pytest.mark.parametrize(
    "query", ["?jahr=x&anzahl=99&klassen=zz&von=2024&bis=2023&klasse=0", "?ebene=nirgends&teil=Mars"]
)
@pytest.mark.usefixtures("three_districts")
def test_what_nobody_offered_is_passed_over(client: Client, query: str) -> None:
    assert "Altstadt" in shown(client, query)


@pytest.mark.usefixtures("three_districts")
def test_one_class_alone_is_a_filter_with_a_way_out(client: Client) -> None:
    page = shown(client, "?klasse=1&anzahl=3")

    assert "Sie sehen einen Ausschnitt." in page
    assert "Zurück zur ganzen Karte" in page
    assert "mo-faded" in page


@pytest.mark.usefixtures("three_districts")
def test_years_stand_side_by_side(client: Client) -> None:
    page = shown(client, "?ansicht=jahre")

    assert page.count('class="mo-years__map"') == 2
    assert "2 von 3 mit Wert" in page


def test_only_the_areas_of_a_part_are_shown(client: Client) -> None:
    above = places.area(
        name="Mitte", level=places.level(key="bezirk", name="Bezirk", plural="Bezirke", rank=1), key=""
    )
    other = places.area(name="Rand", level=above.level, key="")
    level = places.level(key="stadtteil", rank=2)
    areas = town(indicator(key="arbeitslose"), {"Altstadt": ["5"], "Ostend": ["7"]})
    level.rank = 2
    level.save()
    for name, parent in (("Altstadt", above), ("Ostend", other)):
        areas[name].parent = parent
        areas[name].save()

    page = shown(client, "?teil=Mitte")

    assert "Altstadt" in page
    assert "Nur in Mitte" in page
    assert "Ostend" not in page


def test_an_area_without_any_value_is_on_the_map_as_unknown(client: Client) -> None:
    town(indicator(key="arbeitslose"), {"Altstadt": ["5"]})
    places.area(name="Neubau")

    page = shown(client)

    assert "Neubau: unbekannt (kein Wert geliefert)" in page
    assert 'fill="url(#mo-unknown)"' in page


def test_what_waits_is_withdrawn_or_internal_reaches_nobody(client: Client) -> None:
    town(indicator(key="arbeitslose"), {"Altstadt": ["5.1", WAITING], "Ostend": ["7", "8"]})
    indicator("Geheim", key="geheim", visibility="internal")

    for form in ("", "?format=csv", "?format=json"):
        assert not tells_what_waits(shown(client, form))
    assert client.get("/karte/indikator/geheim/").status_code == 404
    assert "Geheim" not in client.get("/karte/indikatoren/").content.decode()


@pytest.mark.usefixtures("three_districts")
def test_the_numbers_can_be_taken_away_with_their_signs(client: Client) -> None:
    table = client.get(MAP + "?format=csv").content.decode("utf-8-sig").splitlines()
    data = json.loads(client.get(MAP + "?format=json").content)

    assert table[0] == "Schlüssel;Gebiet;2023;2024"
    assert "Altstadt;6,1" in table[1]
    assert table[3].endswith(";Westend;kein Wert geliefert;kleine Zahl, nicht gezeigt")
    assert table[4].startswith(";ganze Stadt;7")
    assert data["values"][2]["years"]["2024"] == {"value": None, "reason": "suppressed"}


def test_a_map_without_values_or_without_areas_says_so(client: Client) -> None:
    indicator(key="arbeitslose")
    assert "Noch sind keine Gebiete bekannt." in shown(client)

    places.area(name="Altstadt")
    assert "In dieser Ebene liegt noch kein Wert vor." in shown(client)


def test_the_list_of_maps_has_an_empty_state(client: Client) -> None:
    assert "Noch keine Karte" in client.get("/karte/indikatoren/").content.decode()

    town(indicator(key="arbeitslose"), {"": ["7.0"]})
    assert "Noch keine Karte" in client.get("/karte/indikatoren/").content.decode()


def test_the_list_names_what_has_values_in_areas_and_what_is_reckoned_from_nothing_else(
    client: Client,
) -> None:
    town(indicator(key="arbeitslose", unit="personen"), {"Altstadt": ["60"], "": ["70"]})
    indicator("Schulden", key="schulden")
    indicator("Doppelt", key="doppelt", formula="[arbeitslose] * 2")
    indicator("Gemischt", key="gemischt", formula="[schulden] / [arbeitslose]")

    page = client.get("/karte/indikatoren/").content.decode()

    assert MAP in page
    assert "/karte/indikator/doppelt/" in page
    assert "/karte/indikator/schulden/" not in page
    assert "/karte/indikator/gemischt/" not in page


@pytest.mark.usefixtures("three_districts")
def test_the_map_takes_at_most_ten_statements(client: Client, django_assert_max_num_queries) -> None:
    with django_assert_max_num_queries(10):
        shown(client)


def test_a_derived_map_takes_at_most_ten_statements(client: Client, django_assert_max_num_queries) -> None:
    people = indicator("Einwohner", key="einwohner", unit="personen", visibility="internal")
    cases = indicator("Fälle", key="faelle", unit="personen", visibility="internal")
    areas = town(people, {"Altstadt": ["1000"]})
    values(cases, areas["Altstadt"], {2024: "50"})
    indicator(key="arbeitslose", formula="share([faelle], [einwohner])")

    with django_assert_max_num_queries(10):
        page = shown(client)

    assert "5,0\u00a0%" in page


@pytest.mark.usefixtures("three_districts")
def test_the_map_is_taken_away_as_a_picture_that_says_what_it_shows(client: Client) -> None:
    answer = client.get(f"{MAP}?format=svg")
    picture = answer.content.decode()
    root = ElementTree.fromstring(picture)
    said = " ".join("".join(one.itertext()) for one in root.iter("{http://www.w3.org/2000/svg}text"))

    assert answer["Content-Type"] == "image/svg+xml"
    assert 'filename="karte-arbeitslose' in answer["Content-Disposition"]
    assert (root.get("role"), root.get("aria-labelledby")) == ("img", "t d")
    for words in (
        "2024 reicht der Wert",
        "Quelle: Bundesagentur für Arbeit",
        "Stand ",
        "kleine Zahl, nicht gezeigt",
    ):
        assert words in said
    assert "Ostend" in picture
    assert "var(" not in picture
    assert "format=svg" in shown(client)


@pytest.mark.usefixtures("three_districts")
def test_the_picture_names_balance_and_filter(client: Client) -> None:
    balance = client.get(f"{MAP}?von=2023&bis=2024&klasse=1&format=svg").content.decode()

    assert "Bilanz: 2023 bis 2024" in balance
    assert "Nur Klasse 1" in balance


def test_without_values_there_is_no_picture_to_take_away(client: Client) -> None:
    town(indicator(key="arbeitslose"), {"Altstadt": [None, None]})

    assert client.get(f"{MAP}?format=svg").status_code == 404
    assert "format=svg" not in shown(client)
