"""Files of a paper are uploaded, changed and taken away by hand."""

import hashlib
from dataclasses import dataclass
from pathlib import PurePath

from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext_noop as _

from dreiklang.core.changes import later
from dreiklang.core.documents import DocumentText, Limits, Reading, read_document
from dreiklang.core.errors import NotFound, Refused
from dreiklang.core.history import acting
from dreiklang.papers.models import CouncilFile, FileContent, Paper
from dreiklang.papers.permissions.papers import EDIT, PUBLISH
from dreiklang.papers.rules.kinds import FileRole, TextState
from dreiklang.papers.services.jobs import READ_TEXTS
from dreiklang.papers.services.papers.editing import locked_paper
from dreiklang.people.rules import Viewer
from dreiklang.people.services import require

# A person waits while the file is read.
UPLOADED = Limits(size=25 * 1024 * 1024, seconds=20)
MOST_FILES = 60
HAND_ROLES = (FileRole.MAIN, FileRole.ATTACHMENT)
_TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


class CannotKeepFile(Refused):
    """The file is not taken: `already_there` (fact: name), `too_many`, or why it cannot be read, see DocumentText."""


@dataclass(frozen=True, slots=True)
class NewFile:
    """A file as it was uploaded, and what the editor says of it. Without a name it carries its file's."""

    file_name: str
    content: bytes
    name: str = ""
    role: FileRole = FileRole.ATTACHMENT
    is_public: bool = False


def add_file(*, by: Viewer, key: str, upload: NewFile) -> CouncilFile:
    """Keep a PDF or DOCX with a paper, and its text where it has one; a scan is kept and named as such.

    Raises: NotFound; NotAllowed, also to publish; CannotKeepFile.
    """
    _require(by, key, is_public=upload.is_public)
    # Read before the paper is locked: it may take its seconds.
    found = _readable(upload)
    sha256 = hashlib.sha256(upload.content).hexdigest()
    with acting(by_id=by.account_id, by_name=by.name, reason=_("Datei ergänzt")):
        paper = locked_paper(by=by, key=key)
        _refuse_twice(paper, sha256)
        file = _row(paper, upload, found)
        FileContent.objects.create(file=file, content=upload.content, sha256=sha256)
        later(READ_TEXTS)
        return file


def change_file(
    *, by: Viewer, key: str, file_id: int, name: str, role: FileRole, is_public: bool
) -> CouncilFile:
    """Another name or role for an uploaded file, or publish it or take it back.

    Raises: NotFound, also for files of the council system; NotAllowed.
    """
    with acting(by_id=by.account_id, by_name=by.name, reason=_("Datei geändert")):
        file = _own(locked_paper(by=by, key=key), file_id)
        if is_public != file.is_public:
            _require(by, key, is_public=True)
        file.name, file.role, file.is_public = name.strip() or file.name, role, is_public
        file.save(update_fields=["name", "role", "is_public"])
        later(READ_TEXTS)
        return file


def take_file_away(*, by: Viewer, key: str, file_id: int) -> CouncilFile:
    """Take an uploaded file away: content and text are deleted, that it was there stays.

    Raises: NotFound, also for files of the council system; NotAllowed.
    """
    with acting(by_id=by.account_id, by_name=by.name, reason=_("Datei weggenommen")):
        file = _own(locked_paper(by=by, key=key), file_id)
        FileContent.objects.filter(file=file).delete()
        file.text, file.text_state, file.withdrawn_at = "", TextState.WITHDRAWN, timezone.now()
        file.save(update_fields=["text", "text_state", "withdrawn_at"])
        later(READ_TEXTS)
        return file


def _require(by: Viewer, key: str, *, is_public: bool) -> None:
    paper = Paper.objects.select_related("lead_department").defer("search", "text").filter(key=key).first()
    if paper is None:
        raise NotFound("paper", key=key)
    require(by, EDIT, paper)
    if is_public:
        require(by, PUBLISH, paper)


def _readable(upload: NewFile) -> DocumentText:
    found = read_document(upload.content, name=upload.file_name, limits=UPLOADED)
    if found.state not in {Reading.READ, Reading.SCANNED}:
        raise CannotKeepFile(found.problem)
    if _kind(upload.content) == "":
        raise CannotKeepFile("wrong_type")
    return found


def _kind(content: bytes) -> str:
    """pdf or docx, by the first bytes; empty for plain text, which is pasted instead."""
    if b"%PDF-" in content[:1024]:
        return "pdf"
    return "docx" if content.startswith(b"PK") else ""


def _refuse_twice(paper: Paper, sha256: str) -> None:
    there = paper.files.filter(withdrawn_at=None)
    same = there.filter(content__sha256=sha256).first()
    if same is not None:
        raise CannotKeepFile("already_there", name=same.name)
    if there.count() >= MOST_FILES:
        raise CannotKeepFile("too_many")


def _row(paper: Paper, upload: NewFile, found: DocumentText) -> CouncilFile:
    kind = _kind(upload.content)
    # What a browser sends as a name may hold folders; the ending is that of what the file is.
    stem = PurePath(upload.file_name.replace("\\", "/")).stem[:200]
    last = paper.files.aggregate(last=Max("position"))["last"] or 0
    return CouncilFile.objects.create(
        paper=paper,
        role=upload.role,
        position=last + 1,
        name=upload.name.strip() or stem,
        file_name=f"{stem}.{kind}",
        mime_type=_TYPES[kind],
        size=len(upload.content),
        text=found.text,
        text_state=TextState.SCANNED if found.state is Reading.SCANNED else TextState.READ,
        text_problem=(found.problem or ", ".join(found.notes))[:300],
        is_public=upload.is_public,
    )


def _own(paper: Paper, file_id: int) -> CouncilFile:
    found = paper.files.filter(pk=file_id, withdrawn_at=None, content__isnull=False).first()
    if found is None:
        raise NotFound("file", key=str(file_id))
    return found
