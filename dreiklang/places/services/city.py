"""What can happen to the municipality, its levels and areas."""

from collections.abc import Collection, Mapping
from typing import Any

from django.utils.text import slugify
from django.utils.translation import gettext_noop as _

from dreiklang.core.errors import ChangedMeanwhile, Refused
from dreiklang.core.history import acting
from dreiklang.people.rules import Viewer
from dreiklang.people.services import require
from dreiklang.places import permissions
from dreiklang.places.models import Area, Municipality, SpatialLevel
from dreiklang.places.rules import arms_type

SETTINGS = (
    "name",
    "subtitle",
    "framework_name",
    "ags",
    "state",
    "accent",
    "imprint",
    "privacy_notice",
    "accessibility_statement",
    "easy_language",
    "feedback_email",
)


class CannotTakeArms(Refused):
    """The file is no PNG or JPEG, or too large. Code: not_a_picture."""


def save_municipality(*, by: Viewer, version: int, values: Mapping[str, Any]) -> Municipality:
    """Change the settings of the one municipality; it is created on the first save.

    Only the names in SETTINGS are taken, and `arms`: the bytes of a picture, empty to take it away.
    Raises: NotAllowed; ChangedMeanwhile if somebody saved since `version`; CannotTakeArms if the
    bytes are no picture that we show.
    """
    require(by, permissions.EDIT)
    with acting(by_id=by.account_id, by_name=by.name, reason=_("Angaben zur Stadt geändert")):
        city = Municipality.objects.select_for_update().first() or Municipality(name="", version=0)
        if city.version != version:
            raise ChangedMeanwhile(city, version=city.version)
        for name in SETTINGS:
            if name in values:
                setattr(city, name, values[name])
        if "arms" in values:
            _take_arms(city, values["arms"])
        city.version = version + 1
        city.save()
        return city


def _take_arms(city: Municipality, content: bytes) -> None:
    found = arms_type(content)
    if content and not found:
        raise CannotTakeArms("not_a_picture")
    city.arms_image, city.arms_type = content or None, found


def skip_setup_step(*, by: Viewer, code: str, skipped: bool) -> Municipality:
    """Leave a step of the first hour out for now, or take it up again. Raises: NotAllowed."""
    require(by, permissions.EDIT)
    with acting(by_id=by.account_id, by_name=by.name, reason=_("Schritt der Einrichtung ausgelassen")):
        city = Municipality.objects.select_for_update().first() or Municipality(name="", version=0)
        left_out = [one for one in city.setup_skipped if one != code]
        city.setup_skipped = [*left_out, code] if skipped else left_out
        city.version += 1
        city.save()
        return city


def save_level(*, by: Viewer, values: Mapping[str, Any]) -> SpatialLevel:
    """Add a spatial level, or change the one with that key. Raises: NotAllowed."""
    require(by, permissions.EDIT)
    with acting(by_id=by.account_id, by_name=by.name, reason=_("Räumliche Ebene geändert")):
        key = values.get("key") or slugify(values["name"])
        level = SpatialLevel.objects.filter(key=key).first() or SpatialLevel(key=key, version=0)
        level.name, level.plural, level.rank = values["name"], values["plural"], values["rank"]
        level.version += 1
        level.save()
        return level


def mark_ours(*, by: Viewer, level_id: int, ours: Collection[int]) -> int:
    """Say which areas of a level belong to the city; the others are neighbours. Gives how many changed.

    Neighbours stay in the store, because the list they came from is imported again.
    Raises: NotAllowed.
    """
    require(by, permissions.EDIT)
    with acting(by_id=by.account_id, by_name=by.name, reason=_("Eigene Gebiete und Nachbarn unterschieden")):
        changed = []
        for area in (
            Area.objects.select_for_update().filter(level_id=level_id).only("pk", "is_ours", "version")
        ):
            if area.is_ours != (area.pk in ours):
                area.is_ours = not area.is_ours
                area.version += 1
                changed.append(area)
        Area.objects.bulk_update(changed, ["is_ours", "version"])
        return len(changed)
