import pytest

from dreiklang.places.rules.map_services import HIGHEST_ZOOM, resolutions


def test_without_zooms_a_map_is_seen_at_every_scale() -> None:
    assert resolutions(None, None) == (None, None)


def test_a_zoom_means_so_many_metres_a_pixel_in_the_middle_of_germany() -> None:
    finest, coarsest = resolutions(12, 12)

    # Zoom 12 is 38.2 m at the equator, and 24.1 m at 51° north.
    assert finest == pytest.approx(24.05 / 2**0.5, rel=0.001)
    assert coarsest == pytest.approx(24.05 * 2**0.5, rel=0.001)


@pytest.mark.parametrize("zoom", range(HIGHEST_ZOOM))
def test_one_zoom_ends_where_the_next_begins(zoom: int) -> None:
    assert resolutions(None, zoom)[0] == pytest.approx(resolutions(zoom + 1, None)[1])
