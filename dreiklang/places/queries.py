"""What can be asked about places."""

from dreiklang.places.models import Municipality


def municipality() -> Municipality:
    """The one municipality; an unsaved one with empty fields before the first hour is done."""
    return Municipality.objects.defer("arms_image").first() or Municipality(name="")
