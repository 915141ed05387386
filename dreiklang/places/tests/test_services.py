import pytest

from dreiklang.core.errors import ChangedMeanwhile
from dreiklang.people.rules import PUBLIC, Role
from dreiklang.people.services import NotAllowed
from dreiklang.people.tests import factories as people
from dreiklang.places import services
from dreiklang.places.models import Area, Municipality
from dreiklang.places.tests import factories as make

pytestmark = pytest.mark.django_db

PNG = b"\x89PNG\r\n\x1a\n and the rest"


def test_the_first_save_creates_the_one_municipality() -> None:
    by = people.viewer(Role.ADMINISTRATOR)

    services.save_municipality(by=by, version=0, values={"name": "Musterstadt", "is_demo": True})

    assert Municipality.objects.get().name == "Musterstadt"
    assert Municipality.objects.get().is_demo is False


def test_an_older_version_of_the_settings_is_refused() -> None:
    by, city = people.viewer(Role.COORDINATOR), make.municipality()
    services.save_municipality(by=by, version=city.version, values={"name": "Neu"})

    with pytest.raises(ChangedMeanwhile):
        services.save_municipality(by=by, version=city.version, values={"name": "Später"})


@pytest.mark.parametrize("role", [Role.LEAD, Role.LEADERSHIP, Role.PARTNER])
def test_others_change_neither_settings_nor_areas(role: Role) -> None:
    by = people.viewer(role)

    for deed in (
        lambda: services.save_municipality(by=by, version=0, values={}),
        lambda: services.save_level(by=by, values={"name": "A", "plural": "B", "rank": 1}),
        lambda: services.mark_ours(by=by, level_id=1, ours=[]),
    ):
        with pytest.raises(NotAllowed):
            deed()


def test_neighbours_are_marked_and_stay_in_the_store() -> None:
    ours, theirs = make.area(name="Altstadt"), make.area(name="Nachbarort")
    by = people.viewer(Role.COORDINATOR)

    assert services.mark_ours(by=by, level_id=ours.level_id, ours=[ours.pk]) == 1
    assert services.mark_ours(by=by, level_id=ours.level_id, ours=[ours.pk]) == 0
    assert Area.objects.get(pk=theirs.pk).is_ours is False


def test_a_level_with_the_same_short_name_is_renamed_not_doubled() -> None:
    by = people.viewer(Role.COORDINATOR)
    services.save_level(by=by, values={"name": "Stadtteil", "plural": "Stadtteile", "rank": 1})

    again = services.save_level(
        by=by, values={"key": "stadtteil", "name": "Viertel", "plural": "Viertel", "rank": 2}
    )

    assert (again.version, again.plural) == (2, "Viertel")


def test_a_step_of_the_first_hour_is_left_out_and_taken_up_again() -> None:
    by = people.viewer(Role.COORDINATOR)

    assert services.skip_setup_step(by=by, code="concepts", skipped=True).setup_skipped == ["concepts"]
    assert services.skip_setup_step(by=by, code="concepts", skipped=False).setup_skipped == []
    with pytest.raises(NotAllowed):
        services.skip_setup_step(by=PUBLIC, code="concepts", skipped=True)


def test_arms_are_taken_kept_and_taken_away() -> None:
    by, city = people.viewer(Role.COORDINATOR), make.municipality()
    with_arms = services.save_municipality(by=by, version=city.version, values={"arms": PNG})
    renamed = services.save_municipality(by=by, version=with_arms.version, values={"name": "Neu"})

    assert renamed.arms_type == "image/png"
    assert f"?v={renamed.version}" in renamed.arms_url
    without = services.save_municipality(by=by, version=renamed.version, values={"arms": b""})
    assert without.arms_url == ""


def test_a_drawing_that_could_run_scripts_is_no_arms() -> None:
    by, city = people.viewer(Role.COORDINATOR), make.municipality()

    with pytest.raises(services.CannotTakeArms):
        services.save_municipality(by=by, version=city.version, values={"arms": b"<svg><script/></svg>"})


def test_only_the_invented_city_shows_the_invented_arms() -> None:
    assert "klarenbrueck" in Municipality(name="Klarenbrück", is_demo=True).arms_url
    assert Municipality(name="Musterstadt").arms_url == ""
