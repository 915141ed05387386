"""The upload or run of an address, or the page "not found"."""

from django.http import Http404

from dreiklang.core.errors import NotFound
from dreiklang.core.models import Run, Upload
from dreiklang.people.requests import ViewerRequest
from dreiklang.people.services import require
from dreiklang.workspace.permissions import IMPORT
from dreiklang.workspace.queries import imports as queries


def upload_of(request: ViewerRequest, pk: int) -> Upload:
    """A file that this viewer has uploaded."""
    require(request.viewer, IMPORT)
    try:
        return queries.upload(request.viewer, pk)
    except NotFound as missing:
        raise Http404 from missing


def run_of(request: ViewerRequest, pk: int) -> Run:
    """A run, for those who may import."""
    require(request.viewer, IMPORT)
    try:
        return queries.run(request.viewer, pk)
    except NotFound as missing:
        raise Http404 from missing
