"""The page of one paper, and the record behind it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, F, OuterRef
from django.urls import reverse

from dreiklang.core.errors import NotFound
from dreiklang.core.records import Ref
from dreiklang.papers.models import FileContent, Paper
from dreiklang.papers.queries.papers.lines import lines_by_id
from dreiklang.papers.queries.papers.steps import address_of_paper, routes
from dreiklang.papers.queries.papers.touched import Touched, touched_by
from dreiklang.papers.queries.visibility import (
    sees_inside,
    text_of,
    visible_files,
    visible_papers,
    visible_resolutions,
)
from dreiklang.papers.rules.forms import header_lines
from dreiklang.papers.rules.kinds import FileRole, TextState
from dreiklang.papers.rules.papers import Hearing, PaperLine, RouteStep, local_council
from dreiklang.people.rules import Viewer


@dataclass(frozen=True)
class FileRow:
    """A file with where it lies. `is_own`: uploaded here, so that it can be changed and taken away here."""

    id: int
    name: str
    role: FileRole
    url: str
    size: int | None
    mime_type: str
    text_state: TextState
    is_public: bool
    is_withdrawn: bool
    is_own: bool = False


@dataclass(frozen=True)
class FileBytes:
    """An uploaded file to be handed out."""

    content: bytes
    file_name: str
    mime_type: str
    is_public: bool


@dataclass(frozen=True)
class PaperInside:
    """What only the administration sees."""

    note: str
    version: int
    own_strategic: bool | None
    version_count: int
    lead_department_id: int | None


@dataclass(frozen=True)
class PaperPage:
    """A paper in full, as far as the viewer may know it."""

    line: PaperLine
    summary: str
    text: str
    kind_words: str
    originator: str
    web: str
    department_key: str
    is_withdrawn: bool
    route: tuple[RouteStep, ...]
    hearing: Hearing
    files: tuple[FileRow, ...]
    touched: tuple[Touched, ...]
    concept: Ref | None
    follows: Ref | None
    followed_by: tuple[Ref, ...]
    resolutions: tuple[Ref, ...]
    header: tuple[tuple[str, str], ...]  # label and words of the printed check header
    inside: PaperInside | None


def paper_page(viewer: Viewer, *, key: str, today: date) -> PaperPage:
    """The paper of that address. Raises: NotFound."""
    record = paper_of(viewer, key=key)
    route = routes(viewer, ids=[record.pk]).get(record.pk, ())
    is_withdrawn = record.withdrawn_at is not None
    is_kept_back = is_withdrawn and not sees_inside(viewer)
    return PaperPage(
        line=lines_by_id(viewer, ids=[record.pk], today=today)[record.pk],
        summary="" if is_kept_back else record.summary,
        text=text_of(viewer, paper=record),
        kind_words=record.kind_words,
        originator=record.originator,
        web="" if is_kept_back else record.web,
        department_key=record.lead_department.key if record.lead_department else "",
        is_withdrawn=is_withdrawn,
        route=route,
        hearing=local_council(route, today=today),
        files=files_of(viewer, paper=record.pk),
        touched=touched_by(viewer, ids=[record.pk]).get(record.pk, ()),
        concept=_concept(viewer, record),
        follows=_papers(viewer, [record.follows_id])[0] if _is_seen(viewer, record.follows_id) else None,
        followed_by=_papers(viewer, record.followed_by.values_list("pk", flat=True)),
        resolutions=_resolutions(viewer, record),
        header=() if is_kept_back else header_lines(record.header),
        inside=_inside(record) if sees_inside(viewer) else None,
    )


def paper_of(viewer: Viewer, *, key: str) -> Paper:
    """The record of that address, for a change. Raises: NotFound."""
    seen = visible_papers(viewer).select_related("lead_department", "concept").defer("search")
    found = seen.filter(key=key).first()
    if found is None:
        raise NotFound("paper", key=key)
    return found


def kept_paper(viewer: Viewer, key: str) -> tuple[Paper, str]:
    """The paper of that address and its page, for its history. Raises: NotFound."""
    found = paper_of(viewer, key=key)
    return found, address_of_paper(found.key)


def files_of(viewer: Viewer, *, paper: int | None = None, meeting: int | None = None) -> tuple[FileRow, ...]:
    """The files of a paper or a meeting, the paper itself first."""
    found = visible_files(viewer).filter(**({"paper": paper} if paper else {"meeting": meeting}))
    kept_here = Exists(FileContent.objects.filter(file=OuterRef("pk")))
    rows = (
        found.annotate(is_own=kept_here, paper_key=F("paper__key")).order_by("position", "pk").defer("text")
    )
    files = [
        FileRow(
            id=one.pk,
            name=one.name or one.file_name,
            role=FileRole(one.role),
            url=_file_address(one) if one.withdrawn_at is None else "",
            size=one.size,
            mime_type=one.mime_type,
            text_state=TextState(one.text_state),
            is_public=one.is_public,
            is_withdrawn=one.withdrawn_at is not None,
            is_own=one.is_own,
        )
        for one in rows
    ]
    return tuple(sorted(files, key=lambda one: one.role is not FileRole.MAIN))


def uploaded_file(viewer: Viewer, *, key: str, file_id: int) -> FileBytes:
    """An uploaded file of that paper. Raises: NotFound, also where the viewer may not open it."""
    seen = visible_files(viewer).filter(paper__key=key, pk=file_id, withdrawn_at=None)
    found = seen.select_related("content").filter(content__isnull=False).defer("text").first()
    if found is None:
        raise NotFound("file", key=str(file_id))
    return FileBytes(bytes(found.content.content), found.file_name, found.mime_type, found.is_public)


def _file_address(file: Any) -> str:
    if not file.is_own:
        return str(file.url)
    return reverse("papers:file", args=[file.paper_key, file.pk])


def _concept(viewer: Viewer, record: Paper) -> Ref | None:
    from_concept = record.concept
    if from_concept is None or not (sees_inside(viewer) or from_concept.visibility == "public"):
        return None
    return Ref(from_concept.number, from_concept.title, f"/konzepte/{from_concept.number}/")


def _is_seen(viewer: Viewer, paper: int | None) -> bool:
    return paper is not None and visible_papers(viewer).filter(pk=paper).exists()


def _papers(viewer: Viewer, ids: Iterable[Any]) -> tuple[Ref, ...]:
    rows = visible_papers(viewer).filter(pk__in=ids).order_by("-dated_on", "pk")
    return tuple(
        Ref(number, title, address_of_paper(key))
        for key, number, title in rows.values_list("key", "number", "title")
    )


def _resolutions(viewer: Viewer, record: Paper) -> tuple[Ref, ...]:
    rows = visible_resolutions(viewer).filter(paper=record).order_by("decided_on", "pk")
    return tuple(
        Ref(number, title, f"/beschluesse/{number}/") for number, title in rows.values_list("number", "title")
    )


def _inside(record: Paper) -> PaperInside:
    return PaperInside(
        note=record.note,
        version=record.version,
        own_strategic=record.is_strategic,
        version_count=record.versions.count(),
        lead_department_id=record.lead_department_id,
    )
