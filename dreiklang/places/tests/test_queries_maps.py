import pytest

from dreiklang.people.rules import PUBLIC
from dreiklang.places import queries
from dreiklang.places.rules import MapKind, MapRole, TileGrid
from dreiklang.places.tests import factories as make

pytestmark = pytest.mark.django_db

GRID = {
    "matrix_set": "DE_EPSG_25832_ADV",
    "ids": ["00", "01"],
    "resolutions": [4891.969, 2445.984],
    "origins": [[-46133.17, 6301219.54], [-46133.17, 6301219.54]],
    "tile_sizes": [[256, 256], [256, 256]],
    "sizes": [[1, 1], [2, 2]],
}


def test_base_maps_come_first_each_in_the_order_of_the_city() -> None:
    make.map_service(title="Lärm", role=MapRole.OVERLAY, rank=0)
    make.map_service(title="Luftbild", rank=2)
    make.map_service(title="Stadtplan", rank=1)

    assert [one.title for one in queries.map_services(PUBLIC)] == ["Stadtplan", "Luftbild", "Lärm"]


def test_a_service_that_is_switched_off_is_shown_to_nobody_and_opens_no_host() -> None:
    made = make.map_service(is_active=False)

    assert queries.map_services(PUBLIC) == ()
    assert queries.map_addresses() == ()
    assert queries.map_service(PUBLIC, pk=made.pk).title == made.title


def test_the_grid_of_a_wmts_comes_back_as_it_was_kept() -> None:
    make.map_service(
        kind=MapKind.WMTS,
        url="https://karten.example/{TileMatrixSet}/{TileMatrix}/{TileRow}/{TileCol}.png",
        facts={"style": "default", "grid": GRID},
        extent=[5.9, 47.2, 15.1, 55.1],
    )

    (found,) = queries.map_services(PUBLIC)

    assert found.is_template
    assert found.style == "default"
    assert found.extent == (5.9, 47.2, 15.1, 55.1)
    assert found.grid == TileGrid(
        "DE_EPSG_25832_ADV",
        ("00", "01"),
        (4891.969, 2445.984),
        ((-46133.17, 6301219.54), (-46133.17, 6301219.54)),
        ((256, 256), (256, 256)),
        ((1, 1), (2, 2)),
    )


def test_services_are_read_in_one_statement(django_assert_num_queries) -> None:
    for _ in range(3):
        make.map_service()

    with django_assert_num_queries(1):
        assert len(queries.map_services(PUBLIC)) == 3


def test_before_the_city_says_otherwise_every_site_may_show_the_map() -> None:
    assert queries.embedders() == ("*",)

    make.municipality(embedders="https://stadt.example\nhttps://zeitung.example")

    assert queries.embedders() == ("https://stadt.example", "https://zeitung.example")
