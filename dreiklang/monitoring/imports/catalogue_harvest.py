"""Reads a catalogue from its address, page by page, or from a file; and lets the services keep it."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from urllib.parse import urljoin

from django.utils import timezone

from dreiklang.core.enums import Visibility
from dreiklang.core.fetching import Answer, CannotFetch, Client, Tags
from dreiklang.core.models import Run
from dreiklang.monitoring.imports.catalogue_file import (
    CannotReadCatalogue,
    ReadFile,
    first_address,
    read_file,
)
from dreiklang.monitoring.models import Catalogue
from dreiklang.monitoring.rules.dcat.brought import together
from dreiklang.monitoring.services.catalogues import (
    CannotHarvest,
    begin_harvest,
    end_trial,
    give_up_harvest,
    is_web,
    tell_progress,
)
from dreiklang.monitoring.services.harvesting import Harvest, note_refused, note_unchanged, take_over
from dreiklang.people.queries import account_by_id, viewer_of
from dreiklang.people.rules import SYSTEM, Viewer

MOST_PAGES = 1_000
MOST_DATASETS = 20_000


@dataclass
class _Pages:
    """What was read so far, and the tags of every answer."""

    files: list[ReadFile] = field(default_factory=list)
    tags: dict[str, dict[str, str]] = field(default_factory=dict)

    @property
    def dataset_count(self) -> int:
        return sum(len(one.brought.datasets) for one in self.files)


def harvest_file(
    *,
    by: Viewer,
    catalogue: Catalogue,
    content: bytes,
    now: datetime,
    skip_preface: bool = False,
    is_public: bool = False,
    is_emptied: bool = False,
    is_dry_run: bool = False,
) -> Run:
    """Keep what a file holds. The run says whether it could be read. Raises: NotAllowed."""
    try:
        read = read_file(content, skip_preface=skip_preface)
    except CannotReadCatalogue as refusal:
        return _refused(by, catalogue, refusal, now=now, is_dry_run=is_dry_run)
    found = together([read.brought])
    harvest = Harvest(
        brought=found,
        is_complete=not read.brought.next and found.total <= len(found.datasets),
        is_emptied=is_emptied,
        visibility=Visibility.PUBLIC if is_public else Visibility.INTERNAL,
        facts={
            "form": read.form,
            "skipped_lines": read.skipped_lines,
            "sha256": hashlib.sha256(content).hexdigest(),
        },
    )
    return take_over(by=by, catalogue=catalogue, harvest=harvest, now=now, is_dry_run=is_dry_run)


def harvest_address(
    *,
    by: Viewer,
    catalogue: Catalogue,
    now: datetime,
    is_emptied: bool = False,
    is_dry_run: bool = False,
    client: Client | None = None,
) -> Run:
    """Read the catalogue at its address, unless its server says that nothing changed. What is new is public: it is
    so there already. The run says whether it could be read.

    Raises: NotAllowed; CannotHarvest (running). Any other error is recorded and rises.
    """
    client = client or Client()
    client.reach.enter(catalogue.address)
    if not is_dry_run:
        begin_harvest(catalogue=catalogue, now=now)
    try:
        return _harvested(by, catalogue, client, now=now, is_emptied=is_emptied, is_dry_run=is_dry_run)
    except (CannotReadCatalogue, CannotFetch) as refusal:
        return _refused(by, catalogue, refusal, now=now, is_dry_run=is_dry_run)
    except Exception:
        if not is_dry_run:
            give_up_harvest(catalogue=catalogue)
        raise


def harvest(*, catalogue_id: int, by_id: int | None, is_dry_run: bool = False) -> None:
    """The job: read a catalogue, or try to, if it is still there, has an address and nobody else reads it."""
    catalogue = Catalogue.objects.filter(pk=catalogue_id).first()
    if catalogue is None or not is_web(catalogue.address):
        return
    account = account_by_id(by_id) if by_id else None
    viewer = viewer_of(account=account) if account else SYSTEM
    try:
        harvest_address(by=viewer, catalogue=catalogue, now=timezone.now(), is_dry_run=is_dry_run)
    except CannotHarvest:
        return
    finally:
        if is_dry_run:
            end_trial(catalogue=catalogue)


def _harvested(
    by: Viewer, catalogue: Catalogue, client: Client, *, now: datetime, is_emptied: bool, is_dry_run: bool
) -> Run:
    answers: dict[str, Answer] = {}
    if not is_dry_run and _is_unchanged(catalogue, client, answers):
        return note_unchanged(by=by, catalogue=catalogue, now=now, facts={"page_count": len(catalogue.pages)})
    pages = _Pages()
    for address, answer in _answers(catalogue, client, answers, pages):
        read = read_file(answer.content, address=answer.url)
        pages.files.append(read)
        following = urljoin(answer.url, read.brought.next) if read.brought.next else ""
        pages.tags[address] = {
            "etag": answer.tags.etag,
            "modified": answer.tags.modified,
            "next": following,
        }
        if not is_dry_run:
            tell_progress(catalogue=catalogue, page=len(pages.files), now=timezone.now())
    found = together(one.brought for one in pages.files)
    work = Harvest(
        brought=found,
        is_complete=not next(reversed(pages.tags.values()))["next"] and found.total <= len(found.datasets),
        is_emptied=is_emptied,
        visibility=Visibility.PUBLIC,
        pages=pages.tags,
        facts={"form": pages.files[0].form, "page_count": len(pages.files)},
    )
    return take_over(by=by, catalogue=catalogue, harvest=work, now=now, is_dry_run=is_dry_run)


def _answers(
    catalogue: Catalogue, client: Client, answers: dict[str, Answer], pages: _Pages
) -> Iterator[tuple[str, Answer]]:
    """Page after page, as each names the next; never the same twice, and no more than we can keep."""
    address = first_address(catalogue.address)
    while address and address not in pages.tags:
        if len(pages.files) >= MOST_PAGES or pages.dataset_count >= MOST_DATASETS:
            raise CannotReadCatalogue("too_many_datasets", words=str(MOST_DATASETS))
        yield address, answers[address] if address in answers else client.get(address)
        address = pages.tags[address]["next"]


def _is_unchanged(catalogue: Catalogue, client: Client, answers: dict[str, Answer]) -> bool:
    """Whether every page of the last harvest still holds; the answer that does not is kept, to be read now."""
    address = first_address(catalogue.address)
    known: dict[str, dict[str, Any]] = catalogue.pages or {}
    asked: set[str] = set()
    while address in known and address not in asked:
        tags = Tags(known[address]["etag"], known[address]["modified"])
        if tags == Tags():
            return False
        answer = client.get(address, known=tags)
        if not answer.is_unchanged:
            answers[address] = answer
            return False
        asked.add(address)
        address = known[address]["next"]
    return bool(asked) and not address


def _refused(
    by: Viewer,
    catalogue: Catalogue,
    refusal: CannotReadCatalogue | CannotFetch,
    *,
    now: datetime,
    is_dry_run: bool,
) -> Run:
    if isinstance(refusal, CannotFetch):
        return note_refused(
            by=by,
            catalogue=catalogue,
            now=now,
            code=refusal.code,
            value=refusal.detail or refusal.url,
            is_dry_run=is_dry_run,
        )
    return note_refused(
        by=by,
        catalogue=catalogue,
        now=now,
        code=refusal.code,
        value=refusal.words,
        line=refusal.line,
        proposal=refusal.proposal,
        is_dry_run=is_dry_run,
    )
