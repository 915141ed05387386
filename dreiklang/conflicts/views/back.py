"""Back to where somebody came from."""

from django.utils.http import url_has_allowed_host_and_scheme

from dreiklang.people.requests import ViewerRequest


def where_they_were(request: ViewerRequest) -> str:
    """The address on this site that the form names; empty without one, and for any elsewhere."""
    wanted: str = request.POST.get("zurueck", "")
    is_ours = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, request.is_secure())
    return wanted if wanted and is_ours else ""
