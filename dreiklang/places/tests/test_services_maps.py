from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from dreiklang.core.errors import ChangedMeanwhile, NotFound
from dreiklang.people.rules import PUBLIC, Role
from dreiklang.people.services import NotAllowed
from dreiklang.people.tests import factories as people
from dreiklang.places import queries, services
from dreiklang.places.models import MapService, Municipality
from dreiklang.places.rules import MapKind, MapRole
from dreiklang.places.rules.map_offers import Checked
from dreiklang.places.services import CannotKeepMap, MapDraft
from dreiklang.places.tests import factories as make

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


def checked(**fields: Any) -> Checked:
    said = {
        "kind": MapKind.WMS,
        "address": "https://karten.example/wms",
        "url": "https://karten.example/wms",
        "layers": ("stadtplan",),
        "crs": "EPSG:25833",
        "systems": ("EPSG:25833",),
        "image_format": "image/png",
        "facts": {"version": "1.3.0"},
        "extent": (12.9, 50.9, 13.1, 51.1),
        "picture": b"",
    }
    return Checked(**said | fields)


def draft(**fields: Any) -> MapDraft:
    return MapDraft(**{"role": MapRole.BASE, "title": "Stadtplan", "attribution": "Vermessungsamt"} | fields)


def coordinator() -> Any:
    return people.viewer(Role.COORDINATOR)


def test_a_service_that_gave_a_picture_is_kept_behind_the_others() -> None:
    make.map_service(title="Luftbild")

    made = services.keep_map_service(by=coordinator(), draft=draft(), checked=checked(), now=NOW)

    assert (made.rank, made.checked_at, made.problem) == (1, NOW, "")
    assert [one.title for one in queries.map_services(PUBLIC)] == ["Luftbild", "Stadtplan"]


def test_what_was_not_checked_is_not_kept() -> None:
    with pytest.raises(CannotKeepMap, match="not_checked"):
        services.keep_map_service(by=coordinator(), draft=draft(), checked=None, now=NOW)


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"attribution": " "}, "no_attribution"),
        ({"min_zoom": 12, "max_zoom": 3}, "zoom_turned"),
        ({"title": "Luftbild"}, "title_taken"),
    ],
)
def test_a_draft_that_cannot_be_is_refused(fields: Any, code: str) -> None:
    make.map_service(title="Luftbild")

    with pytest.raises(CannotKeepMap, match=code):
        services.keep_map_service(by=coordinator(), draft=draft(**fields), checked=checked(), now=NOW)


def test_the_database_keeps_no_service_without_its_source() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        make.map_service(attribution="")
    with pytest.raises(IntegrityError), transaction.atomic():
        make.map_service(min_zoom=5, max_zoom=4)


def test_the_words_of_a_service_change_without_asking_it() -> None:
    there = make.map_service(title="Stadtplan", layers=["plan"])

    services.keep_map_service(
        by=coordinator(), draft=draft(title="Plan"), checked=None, now=NOW, pk=there.pk, version=there.version
    )

    found = MapService.objects.get()
    assert (found.title, found.layers, found.version) == ("Plan", ["plan"], there.version + 1)


def test_an_older_version_of_a_service_is_refused() -> None:
    there = make.map_service()

    with pytest.raises(ChangedMeanwhile):
        services.keep_map_service(
            by=coordinator(), draft=draft(), checked=None, now=NOW, pk=there.pk, version=there.version - 1
        )


def test_a_service_that_fails_later_stays_and_says_what_was_wrong() -> None:
    there = make.map_service()

    services.note_check(by=coordinator(), pk=there.pk, now=NOW, problem="http", value="5" * 400)
    (found,) = queries.map_services(PUBLIC)

    assert (found.problem, found.problem_value, found.checked_at) == ("http", "5" * 300, NOW)
    assert found.saved_version == there.version

    services.note_check(by=coordinator(), pk=there.pk, now=NOW, checked=checked(notes=("inside",)))
    (found,) = queries.map_services(PUBLIC)

    assert (found.problem, found.problem_value) == ("inside", "")


def test_services_move_among_those_of_their_role() -> None:
    first, second, third = (make.map_service(title=title) for title in "ABC")
    make.map_service(title="Z", role=MapRole.OVERLAY)
    by = coordinator()

    services.move_map_service(by=by, pk=third.pk, steps=-1)
    services.move_map_service(by=by, pk=first.pk, steps=-1)
    services.move_map_service(by=by, pk=second.pk, steps=5)

    assert [one.title for one in queries.map_services(PUBLIC)] == ["A", "C", "B", "Z"]


def test_a_service_that_changes_its_role_stands_behind_the_others() -> None:
    by = coordinator()
    moving = make.map_service(title="A", role=MapRole.OVERLAY)
    for rank, title in enumerate("WXYZ"):
        make.map_service(title=title, role=MapRole.BASE, rank=rank)
    services.remove_map_service(by=by, pk=MapService.objects.get(title="W").pk)

    services.keep_map_service(
        by=by, draft=draft(title="A"), checked=None, now=NOW, pk=moving.pk, version=moving.version
    )

    assert [one.title for one in queries.map_services(PUBLIC)] == ["X", "Y", "Z", "A"]


def test_a_removed_service_opens_no_host_any_more() -> None:
    there = make.map_service()

    assert services.remove_map_service(by=coordinator(), pk=there.pk) == there.title
    assert queries.map_addresses() == ()
    with pytest.raises(NotFound):
        services.remove_map_service(by=coordinator(), pk=there.pk)


def test_the_city_says_who_may_embed_its_map() -> None:
    services.save_embedders(by=coordinator(), sites=["https://stadt.example"])

    assert queries.embedders() == ("https://stadt.example",)

    services.save_embedders(by=coordinator(), sites=[])

    assert Municipality.objects.get().embedders == ""
    assert queries.embedders() == ()


@pytest.mark.parametrize("role", [Role.LEAD, Role.LEADERSHIP, Role.PARTNER])
def test_others_change_no_map(role: Role) -> None:
    by, there = people.viewer(role), make.map_service()

    for deed in (
        lambda: services.keep_map_service(by=by, draft=draft(), checked=checked(), now=NOW),
        lambda: services.note_check(by=by, pk=there.pk, now=NOW),
        lambda: services.move_map_service(by=by, pk=there.pk, steps=1),
        lambda: services.remove_map_service(by=by, pk=there.pk),
        lambda: services.save_embedders(by=by, sites=["*"]),
    ):
        with pytest.raises(NotAllowed):
            deed()
