"""The text of files, and what papers say by them: own text, summary, printed check header.

Only what is public itself is taken over from a file: a paper's text is shown with the paper.
"""

import hashlib
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import F, Func
from django.utils.translation import gettext_noop as _

from dreiklang.core.documents import DocumentText, Reading, read_document
from dreiklang.core.errors import Refused
from dreiklang.core.history import acting
from dreiklang.papers.models import CouncilFile, Paper, PaperVersion
from dreiklang.papers.queries.declared_forms import declared_forms, fingerprint_of_forms
from dreiklang.papers.rules.forms import as_header
from dreiklang.papers.rules.header import CutText, cut_header
from dreiklang.papers.rules.kinds import FileRole, PaperKind, TextState
from dreiklang.papers.rules.own_text import FileFacts, form_file, own_file
from dreiklang.papers.services.jobs import READ_TEXTS as READ_TEXTS
from dreiklang.papers.services.papers.versions import keep_version
from dreiklang.people.rules import SYSTEM

FROM_FILE = _("aus der Datei")
_STATES = {
    Reading.READ: TextState.READ,
    Reading.SCANNED: TextState.SCANNED,
    Reading.UNREADABLE: TextState.UNREADABLE,
    Reading.TOO_LARGE: TextState.TOO_LARGE,
}
_BATCH = 40

# So many files in a row that cannot be had now: the server rests, and so do we.
PATIENCE = 5

Fetch = Callable[[str], bytes]


class NotNow(Refused):
    """The content cannot be had now; it is asked for again. The code says why."""


@dataclass(frozen=True)
class Stored:
    """How many files were settled and how many put off; `is_full`: as many as were to be tried."""

    done: int
    put_off: int
    is_full: bool

    @property
    def is_more(self) -> bool:
        """Whether going on at once would get further."""
        return self.is_full and self.done > 0


def cut(text: str) -> CutText:
    """What a text says without what is printed around it, and its check header, by the forms we know."""
    return cut_header(text, forms=declared_forms())


def store_file(*, file_id: int, content: bytes) -> TextState:
    """Read a file's text from its content and keep it; what cannot be read is named. Returns the state it has now."""
    file = CouncilFile.objects.only("id", "file_name", "name").get(pk=file_id)
    return _keep(file_id, read_document(content, name=file.file_name or file.name))


def store_files(*, fetch: Fetch, most: int = 200) -> Stored:
    """Fetch and read files that wait for it, oldest first, those that could not be had before at the end.

    `fetch` gives the content of an address or raises Refused, whose code is kept. After NotNow the file goes on
    waiting, and after several of them the rest does, too; other files are not tried again until the council system
    says that they changed.
    """
    waiting = CouncilFile.objects.filter(text_state=TextState.WAITING, withdrawn_at=None).exclude(url="")
    done = put_off = in_a_row = 0
    for file_id, url in waiting.order_by("text_problem", "pk").values_list("pk", "url")[:most]:
        if in_a_row == PATIENCE:
            break
        try:
            content = fetch(url)
        except NotNow as refusal:
            _change(file_id, text="", state=TextState.WAITING, problem=refusal.code)
            put_off, in_a_row = put_off + 1, in_a_row + 1
            continue
        except Refused as refusal:
            done, in_a_row = done + 1, 0
            large = refusal.code == "too_large"
            state = TextState.TOO_LARGE if large else TextState.UNREADABLE
            _change(file_id, text="", state=state, problem=refusal.code)
            continue
        store_file(file_id=file_id, content=content)
        done, in_a_row = done + 1, 0
    return Stored(done, put_off, is_full=done + put_off == most)


def read_papers(*, paper_ids: Collection[int] | None = None) -> int:
    """Take text, summary and check header from the papers' public files where these changed; returns how many papers.

    What somebody wrote by hand stays: the text of a paper whose latest version is not from a file, and a summary that
    is not a file's. `paper_ids`: these only, instead of all.
    """
    changed = 0
    for batch in _batches(_marks(paper_ids)):
        with acting(by_id=None, by_name=SYSTEM.name, reason=_("Text der Dateien gelesen")):
            changed += _read_batch(dict(batch))
    return changed


def _keep(file_id: int, found: DocumentText) -> TextState:
    state = _STATES[found.state]
    _change(file_id, text=found.text, state=state, problem=found.problem or ", ".join(found.notes))
    return state


def _change(file_id: int, *, text: str, state: TextState, problem: str) -> None:
    with acting(by_id=None, by_name=SYSTEM.name, reason=_("Datei gelesen")):
        CouncilFile.objects.filter(pk=file_id).update(text=text, text_state=state, text_problem=problem[:300])


def _marks(paper_ids: Collection[int] | None) -> list[tuple[int, str]]:
    """Papers whose files or forms are not those they were last read by, with the mark of what is there now."""
    papers = Paper.objects.filter(withdrawn_at=None)
    if paper_ids is not None:
        papers = papers.filter(pk__in=paper_ids)
    files: dict[int, list[str]] = defaultdict(list)
    readable = _readable().filter(paper__in=papers).annotate(mark=Func(F("text"), function="md5"))
    for paper_id, *facts in readable.values_list("paper_id", "pk", "role", "name", "mark"):
        files[paper_id].append("|".join(map(str, facts)))
    known = papers.annotate(known=F("header__mark")).order_by("pk").values_list("pk", "kind", "known")
    marks = [(pk, _mark([kind, *files[pk]]) if files[pk] else "", known or "") for pk, kind, known in known]
    return [(pk, mark) for pk, mark, known in marks if mark != known]


def _readable() -> Any:
    return CouncilFile.objects.filter(
        text_state=TextState.READ, is_public=True, withdrawn_at=None, paper__isnull=False
    ).order_by("paper_id", "position", "pk")


def _mark(parts: Sequence[str]) -> str:
    return hashlib.sha256("\n".join([*parts, fingerprint_of_forms()]).encode()).hexdigest()[:24]


def _batches(marks: list[tuple[int, str]]) -> Iterator[list[tuple[int, str]]]:
    for begin in range(0, len(marks), _BATCH):
        yield marks[begin : begin + _BATCH]


def _read_batch(marks: dict[int, str]) -> int:
    texts: dict[int, list[CouncilFile]] = defaultdict(list)
    for file in _readable().filter(paper_id__in=marks).only("paper_id", "role", "name", "text"):
        texts[file.paper_id].append(file)
    latest = _latest_origins(marks)
    papers = Paper.objects.select_for_update().filter(pk__in=marks).defer("note", "search").order_by("pk")
    for paper in papers:
        _take_over(paper, texts[paper.pk], mark=marks[paper.pk], origin=latest.get(paper.pk))
    return len(marks)


def _latest_origins(papers: Collection[int]) -> dict[int, str]:
    versions = PaperVersion.objects.filter(paper_id__in=papers).order_by("paper_id", "-number")
    return dict(versions.distinct("paper_id").values_list("paper_id", "origin"))


def _take_over(paper: Paper, files: Sequence[CouncilFile], *, mark: str, origin: str | None) -> None:
    parts = {file.pk: cut(file.text) for file in files}
    facts = [
        FileFacts(file.pk, FileRole(file.role), file.name, parts[file.pk].form is not None) for file in files
    ]
    own = own_file(facts, kind=PaperKind(paper.kind))
    form = form_file(facts, own=own)
    before = (paper.text, paper.summary)
    if origin in {None, FROM_FILE} and (own is not None or origin == FROM_FILE):
        keep_version(
            paper=paper, text=parts[own].body if own is not None else "", by=SYSTEM, origin=FROM_FILE
        )
    # What a file said leaves with it; what somebody wrote stays.
    is_from_file = bool(paper.summary) and paper.header.get("summary_mark") == _mark([paper.summary])
    if is_from_file or not paper.summary:
        paper.summary = parts[own].summary if own is not None else ""
        is_from_file = bool(paper.summary)
    header = as_header(parts[form].form) if form is not None else {}
    marks = {"mark": mark, "summary_mark": _mark([paper.summary]) if is_from_file else ""}
    values: dict[str, Any] = {"header": {**header, **marks} if mark else {}}
    if before != (paper.text, paper.summary):
        values |= {"text": paper.text, "summary": paper.summary}
    # An update, not a save: an editor who has the paper open is not told that somebody changed it.
    Paper.objects.filter(pk=paper.pk).update(**values)
