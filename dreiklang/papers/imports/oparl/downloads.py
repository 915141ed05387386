"""Files of council systems, fetched apart from their objects and with limits."""

from django.conf import settings

from dreiklang.core.errors import Refused
from dreiklang.core.fetching import AGAIN, CannotFetch, Client
from dreiklang.papers.imports.oparl.vendors import VENDORS
from dreiklang.papers.models import OparlSource
from dreiklang.papers.services.texts import NotNow, Stored, store_files

AT_ONCE = 200
# What may be otherwise the next night; so may the statuses in AGAIN.
PASSING = ("unreachable", "certificate", "too_slow")


class NotFetched(Refused):
    """The file could not be fetched; the code says why: too_large, unreachable, not_public, http_404 …"""


def fetch_files(*, client: Client | None = None, most: int = AT_ONCE) -> Stored:
    """Fetch and read files that wait for it, oldest first."""
    used = client or Client(tries=2)
    # A system inside the town's own network keeps its files beside it.
    for address in OparlSource.objects.values_list("address", flat=True):
        used.reach.enter(address)
    return store_files(fetch=lambda url: fetched(used, url), most=most)


def fetched(client: Client, url: str) -> bytes:
    """The content of a file; where a vendor's address is known to be wrong, of the right one.

    Raises: NotFetched; NotNow where the server may give it another time.
    """
    addresses = [url, *(other for vendor in VENDORS if (other := vendor.other_file_address(url)))]
    for address in addresses:
        try:
            return client.get(address, limit=settings.DOCUMENT_LIMIT_BYTES).content
        except CannotFetch as refusal:
            if refusal.code in PASSING or refusal.status in AGAIN:
                raise NotNow(refusal.code, url=url) from refusal
            if refusal.status != 404 or address == addresses[-1]:
                raise NotFetched(refusal.code, url=url) from refusal
    raise NotFetched("http_404", url=url)
