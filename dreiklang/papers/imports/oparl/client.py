"""A council system by HTTP: System → Body → its lists, page after page by `links.next` only."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

from dreiklang.core.enums import Weight
from dreiklang.core.fetching import CannotFetch, Client
from dreiklang.papers.imports.oparl.folder import kind_of, raw_of
from dreiklang.papers.imports.oparl.places import Start
from dreiklang.papers.imports.oparl.reading import NotJson, fingerprint, parsed
from dreiklang.papers.imports.oparl.records import Kind, Noticed, Page, Raw
from dreiklang.papers.imports.oparl.vendors import Vendor, vendor_of

__all__ = ["Client", "Reading"]

# Lists of a Body, what others name first. The first three every Body has; the rest came with OParl 1.1.
LISTS: Mapping[str, Kind] = {
    "organization": Kind.ORGANIZATION,
    "meeting": Kind.MEETING,
    "paper": Kind.PAPER,
    "agendaItem": Kind.ITEM,
    "consultation": Kind.CONSULTATION,
    "file": Kind.FILE,
    "locationList": Kind.LOCATION,
    "legislativeTermList": Kind.TERM,
}
PERSON_LISTS: Mapping[str, Kind] = {"person": Kind.PERSON, "membership": Kind.MEMBERSHIP}
EXPECTED = ("organization", "meeting", "paper")
# Pages without anything new that we follow before we say that the list has no end.
EMPTY_PAGES = 3


class Reading:
    """One run over one system. `facts` says afterwards whose it was."""

    def __init__(self, client: Client, address: str, *, vendor: str = "", with_persons: bool = False) -> None:
        self.client = client
        # Entered by hand, so it may lie in the town's own network; what the system names may not.
        client.reach.enter(address)
        self.address = address
        self.named_vendor = vendor
        self.lists = {**LISTS, **PERSON_LISTS} if with_persons else LISTS
        self.vendor = Vendor()
        self.hosts = {urlsplit(address).netloc}
        self.facts: dict[str, Any] = {}

    def pages(self, *, start: Callable[[str], Start | None]) -> Iterator[Page]:
        """All pages of all lists; `start` says for each how to begin, or None for one that is not to be asked."""
        try:
            bodies = self._bodies()
        except (CannotFetch, NotJson) as refusal:
            yield Page("system", [], noticed=(_noticed(refusal, self.address),), is_broken=True)
            return
        for number, body in enumerate(bodies, start=1):
            prefix = f"{number}/" if len(bodies) > 1 else ""
            yield Page(f"{prefix}body", [raw_of(body, kind=Kind.BODY, row=number)])
            for field, kind in self.lists.items():
                yield from self._list(body, field, kind, f"{prefix}{field}", start)
        self.facts["retries"] = self.client.retry_count

    def _bodies(self) -> list[dict[str, Any]]:
        system = self._object(self.address)
        if kind_of(system, Kind.OTHER) is Kind.BODY or "paper" in system:
            self.vendor = vendor_of(system, named=self.named_vendor)
            bodies = [system]
        else:
            self.vendor = vendor_of(system, named=self.named_vendor)
            self.facts |= {
                name: system[name]
                for name in ("vendor", "product", "oparlVersion")
                if isinstance(system.get(name), str)
            }
            bodies = self._body_list(system)
        self.facts["adapter"] = self.vendor.name
        bodies = [self.vendor.mended(one) for one in bodies]
        self.facts["bodies"] = [
            {name: one[name] for name in ("id", "name", "ags") if isinstance(one.get(name), str)}
            for one in bodies
        ]
        return bodies

    def _body_list(self, system: Mapping[str, Any]) -> list[dict[str, Any]]:
        where = system.get("body")
        if isinstance(where, dict):
            return [where]
        found: list[dict[str, Any]] = []
        address: str | None = where if isinstance(where, str) else None
        for one in where if isinstance(where, list) else []:
            found.append(one if isinstance(one, dict) else self._object(str(one)))
        seen: set[str] = set()
        while address and address not in seen:
            seen.add(address)
            self.hosts.add(urlsplit(address).netloc)
            elements, address = self._elements(self._value(address), address)
            found += [one if isinstance(one, dict) else self._object(str(one)) for one in elements]
        return found

    def _list(
        self,
        body: Mapping[str, Any],
        field: str,
        kind: Kind,
        list_name: str,
        start: Callable[[str], Start | None],
    ) -> Iterator[Page]:
        first = body.get(field)
        if isinstance(first, list):
            yield Page(list_name, [raw_of(one, kind=kind, row=row) for row, one in enumerate(first, start=1)])
            return
        if not isinstance(first, str) or not first.startswith(("http://", "https://")):
            if field in EXPECTED:
                missing = Noticed("list_missing", field, str(first or ""), Weight.ERROR)
                yield Page(list_name, [], noticed=(missing,))
            return
        self.hosts.add(urlsplit(first).netloc)
        begin = start(list_name)
        if begin is None:
            return
        for page in self._walk(begin.place or first, kind, list_name, begin.since):
            # A list that only OParl 1.1 knows may fail for ever: what it would add stands in the others, too.
            yield replace(page, is_needed=field in EXPECTED)

    def _walk(self, address: str, kind: Kind, list_name: str, since: datetime | None) -> Iterator[Page]:
        filters = {"modified_since": _utc(since)} if since else {}
        addresses: set[str] = set()
        marks: set[str] = set()
        empty = row = 0
        current: str | None = address
        while current is not None:
            # Some systems forget the filter on their next page.
            current = self.vendor.address(current, filters)
            addresses.add(fingerprint(current))
            try:
                elements, following = self._elements(self._filtered(current, bool(filters)), current)
            except (CannotFetch, NotJson) as refusal:
                yield Page(list_name, [], current, (_noticed(refusal, current),), is_broken=True)
                return
            objects = [self._raw(one, kind, row + number) for number, one in enumerate(elements, start=1)]
            row += len(objects)
            mark = fingerprint([one.content for one in objects])
            empty = empty + 1 if not objects or mark in marks else 0
            marks.add(mark)
            stop = self._stop(following, addresses, empty, filters)
            if stop is not None:
                yield Page(list_name, objects, None, (stop,), is_broken=True)
                return
            yield Page(list_name, objects, following)
            current = following

    def _stop(
        self, following: str | None, addresses: set[str], empty: int, filters: Mapping[str, str]
    ) -> Noticed | None:
        """Why the list is not followed any further, although it names a next page."""
        if following is None:
            return None
        if urlsplit(following).netloc not in self.hosts:
            return Noticed("next_elsewhere", "links.next", following, Weight.ERROR)
        if fingerprint(self.vendor.address(following, filters)) in addresses or empty >= EMPTY_PAGES:
            return Noticed("next_endless", "links.next", following, Weight.ERROR)
        return None

    def _filtered(self, address: str, is_filtered: bool) -> Any:
        try:
            return self._value(address)
        except CannotFetch as refusal:
            if self.vendor.is_empty_list(refusal.status or 0, refusal.content, is_filtered=is_filtered):
                return []
            raise

    def _elements(self, value: Any, address: str) -> tuple[list[Any], str | None]:
        """The elements of a page and the address of the next; a bare list or object counts as a page."""
        if isinstance(value, list):
            return value, None
        if not isinstance(value, dict):
            raise NotJson(str(value)[:100])
        if "data" not in value:
            return ([value] if "id" in value else []), None
        data = value["data"]
        links = value.get("links")
        following = links.get("next") if isinstance(links, dict) else None
        is_address = isinstance(following, str) and following.startswith(("http://", "https://"))
        return (data if isinstance(data, list) else [data] if data else []), following if is_address else None

    def _raw(self, element: object, kind: Kind, row: int) -> Raw:
        if isinstance(element, str) and element.startswith(("http://", "https://")):
            if urlsplit(element).netloc not in self.hosts:
                return Raw(kind, row, None, (Noticed("elsewhere", "", element, Weight.ERROR),))
            try:
                element = self._object(element)
            except (CannotFetch, NotJson) as refusal:
                return Raw(kind, row, None, (_noticed(refusal, str(element)),))
        return raw_of(
            self.vendor.mended(element) if isinstance(element, dict) else element, kind=kind, row=row
        )

    def _object(self, address: str) -> dict[str, Any]:
        value = self._value(address)
        if isinstance(value, list) and len(value) == 1:
            value = value[0]
        if not isinstance(value, dict):
            raise NotJson(str(value)[:100])
        return value

    def _value(self, address: str) -> Any:
        return parsed(self.client.get(address).content)[0]


def _noticed(refusal: CannotFetch | NotJson, address: str) -> Noticed:
    if isinstance(refusal, CannotFetch):
        return Noticed(refusal.code, refusal.detail, refusal.url, Weight.ERROR)
    return Noticed("not_json", str(refusal)[:100], address, Weight.ERROR)


def _utc(since: datetime) -> str:
    return since.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
