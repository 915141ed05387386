"""Files as they were delivered, for whoever may read all that stands in them."""

import zlib

from dreiklang.core.errors import NotFound
from dreiklang.monitoring import permissions
from dreiklang.monitoring.models import Delivery, SourceFile
from dreiklang.monitoring.queries.confidential import has_small_counts
from dreiklang.people.queries import may
from dreiklang.people.rules import Viewer
from dreiklang.people.services import NotAllowed


def may_read_file(viewer: Viewer, *, delivery: Delivery) -> bool:
    """Whether the viewer may have the delivered file: with counts that are hidden, only the statistics office."""
    if delivery.file_id is None or not may(viewer, permissions.SEE_INSIDE):
        return False
    return may(viewer, permissions.SEE_CONFIDENTIAL) or not has_small_counts(file_id=delivery.file_id)


def delivered_file(viewer: Viewer, *, delivery_id: int) -> tuple[SourceFile, bytes]:
    """The file with its content, byte for byte. Raises: NotAllowed; NotFound, also where values were typed."""
    delivery = Delivery.objects.select_related("file").filter(pk=delivery_id).first()
    if not may(viewer, permissions.SEE_INSIDE) or delivery is None or delivery.file is None:
        raise NotFound("delivery", key=delivery_id)
    if not may_read_file(viewer, delivery=delivery):
        raise NotAllowed(permissions.SEE_CONFIDENTIAL)
    return delivery.file, zlib.decompress(delivery.file.content)
