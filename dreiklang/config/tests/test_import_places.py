"""`dreiklang import` from an address: the same list as from a file."""

import pytest

from dreiklang.concepts.models import Concept
from dreiklang.concepts.tests.factories import concept
from dreiklang.config import cli
from dreiklang.core.geodata.tests.place_server import JSON, XML, capabilities, features, serving

pytestmark = pytest.mark.django_db


def test_an_address_is_read_like_a_file(capsys: pytest.CaptureFixture[str]) -> None:
    concept(number="FK-1")

    with serving({"/daten": (200, JSON, features("FK-1", "FK-9"))}) as (base, _):
        by_place = cli.main(["import", "concept-places", f"{base}/daten"])
        by_name = cli.main(["import", "concept-places", "--url", f"{base}/daten"])

    printed = capsys.readouterr().out
    assert (by_place, by_name) == (1, 1)
    assert "Ein Konzept „FK-9“ gibt es nicht" in printed
    assert Concept.objects.get().geometry is not None


def test_layers_are_named_where_one_has_to_be_chosen(capsys: pytest.CaptureFixture[str]) -> None:
    with serving({"/wfs": (200, XML, capabilities("plaene", "orte"))}) as (base, _):
        code = cli.main(["import", "plans", f"{base}/wfs"])

    assert code == 2
    assert "stadt:plaene | stadt:orte" in capsys.readouterr().err


def test_a_list_that_no_service_gives_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["import", "departments", "https://geo.stadt.example/wfs"]) == 2
    assert "nicht von einer Adresse" in capsys.readouterr().err
