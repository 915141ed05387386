"""A file as it was delivered, to take away."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.utils.http import content_disposition_header
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from dreiklang.core.errors import NotFound
from dreiklang.monitoring.queries.delivered_files import delivered_file
from dreiklang.people.requests import ViewerRequest


@login_required
@require_safe
@never_cache
def download(request: ViewerRequest, pk: int) -> HttpResponse:
    """The file of a delivery, byte for byte."""
    try:
        file, content = delivered_file(request.viewer, delivery_id=pk)
    except NotFound as missing:
        raise Http404 from missing
    # Nobody knows what stands in it: no browser shall open it as a page.
    answer = HttpResponse(content, content_type="application/octet-stream")
    answer["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=file.name)
    return answer
