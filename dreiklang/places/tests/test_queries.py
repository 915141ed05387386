import pytest

from dreiklang.people.rules import PUBLIC
from dreiklang.places import queries
from dreiklang.places.tests import factories as make

pytestmark = pytest.mark.django_db


def test_neighbours_are_left_out_unless_asked_for() -> None:
    level = make.level()
    make.area(name="Altstadt")
    make.area(name="Nachbarort", is_ours=False)

    assert [a.name for a in queries.areas_of_level(PUBLIC, level_id=level.pk)] == ["Altstadt"]
    assert len(queries.areas_of_level(PUBLIC, level_id=level.pk, with_neighbours=True)) == 2
    assert queries.levels(PUBLIC)[0].area_count == 1


def test_areas_are_sorted_as_germans_read() -> None:
    for name in ("Zoo", "Übersee", "Altstadt", "Äußere Neustadt"):
        make.area(name=name)

    assert [a.name for a in queries.areas(PUBLIC)] == ["Altstadt", "Äußere Neustadt", "Übersee", "Zoo"]


def test_an_area_is_found_by_key_or_name_with_its_leading_zero() -> None:
    area = make.area(key="01", name="Altstadt")

    assert queries.area_page(PUBLIC, key="01").area.pk == area.pk
    assert queries.area_page(PUBLIC, key="Altstadt").area.pk == area.pk
    assert queries.area_page(PUBLIC, key="1") is None


def test_texts_are_matched_to_areas_by_key_then_name() -> None:
    one, other = make.area(key="01", name="Altstadt"), make.area(key="02", name="Ostend")

    found = queries.areas_by_key_or_name(texts=["01", "ostend", "Nirgendwo"])

    assert found == {"01": one.pk, "ostend": other.pk}


def test_search_finds_parts_of_names() -> None:
    make.area(key="07", name="Am Ziegelteich")

    assert [hit.key for hit in queries.search(PUBLIC, text="teich")] == ["07"]


def test_the_finest_level_is_drawn_by_default() -> None:
    coarse = make.level(key="raum", name="Planungsraum", plural="Planungsräume", rank=1)
    fine = make.level(key="teil", rank=2)
    make.area(level=coarse, name="West")
    make.area(level=fine, name="Altstadt")

    assert [shape.name for shape in queries.area_shapes(PUBLIC)] == ["Altstadt"]


def test_before_the_first_hour_the_city_has_no_name() -> None:
    assert queries.municipality().name == ""
