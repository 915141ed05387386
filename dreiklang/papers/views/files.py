"""Files of a paper: opened by whoever may see them, kept by the office that leads the paper."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from dreiklang.core.errors import NotFound
from dreiklang.papers.forms.files import FileForm, NewFileForm, file_values
from dreiklang.papers.models import CouncilFile, Paper
from dreiklang.papers.queries.papers import uploaded_file
from dreiklang.papers.queries.papers.steps import address_of_paper
from dreiklang.papers.rules.kinds import TextState
from dreiklang.papers.services import papers as services
from dreiklang.papers.views.paper_editing import editable
from dreiklang.people.requests import ViewerRequest
from dreiklang.ui.messages import tell
from dreiklang.ui.rules import Tone

# Why a file is not taken; the codes of core.documents and our own.
_WORDS = {
    "empty": gettext_lazy("Die Datei ist leer. Bitte wählen Sie eine andere."),
    "too_large": gettext_lazy(
        "Die Datei ist größer als 25 MB. Verkleinern Sie die Bilder darin, oder teilen Sie die Datei."
    ),
    "wrong_type": gettext_lazy(
        "Diese Art von Datei nehmen wir nicht an. Speichern Sie sie als PDF oder DOCX."
    ),
    "password": gettext_lazy(
        "Die Datei ist mit einem Passwort geschützt. Speichern Sie sie ohne, und laden Sie sie noch einmal."
    ),
    "macros": gettext_lazy("Die Datei enthält Makros. Speichern Sie sie als DOCX ohne Makros."),
    "zip_bomb": gettext_lazy("Die Datei wird beim Öffnen unsinnig groß. Speichern Sie sie als PDF."),
    "legacy_doc": gettext_lazy("Das ist ein altes Word-Format. Speichern Sie die Datei als DOCX oder PDF."),
    "broken": gettext_lazy(
        "Die Datei ist beschädigt. Speichern Sie sie noch einmal, und laden Sie sie dann."
    ),
    "too_slow": gettext_lazy(
        "Das Lesen dauerte zu lange. Teilen Sie die Datei, oder speichern Sie sie als PDF neu."
    ),
    "already_there": gettext_lazy("Genau diese Datei liegt schon bei der Vorlage: %(name)s"),
    "too_many": gettext_lazy("Bei dieser Vorlage liegen schon 60 Dateien. Nehmen Sie zuerst eine weg."),
}


@require_safe
def paper_file(request: ViewerRequest, key: str, pk: int) -> HttpResponse:
    """An uploaded file, always as a download: nothing that was uploaded runs under our address."""
    try:
        found = uploaded_file(request.viewer, key=key, file_id=pk)
    except NotFound:
        raise Http404 from None
    answer = HttpResponse(found.content, content_type=found.mime_type)
    answer["Content-Disposition"] = content_disposition_header(True, found.file_name)
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "no-cache" if found.is_public else "private, no-store"
    return answer


def file_new(request: ViewerRequest, key: str) -> HttpResponse:
    """One more file for a paper."""
    record = editable(request, key)
    initial = {"role": "attachment" if record.files.filter(withdrawn_at=None).exists() else "main"}
    form = NewFileForm(request.POST or None, request.FILES or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            kept = services.add_file(by=request.viewer, key=key, upload=form.upload())
        except services.CannotKeepFile as refusal:
            form.add_error("file", str(_WORDS.get(refusal.code, _WORDS["broken"])) % refusal.facts)
        else:
            _tell_kept(request, kept)
            return _back(key)
    context = {
        "paper": record,
        "form": form,
        "back_url": _address(key),
        "submit_label": _("Datei hochladen"),
    }
    return render(request, "papers/file_new.html", context)


def file_edit(request: ViewerRequest, key: str, pk: int) -> HttpResponse:
    """Another name or role for a file; publish it or take it back."""
    record = editable(request, key)
    file = _uploaded(record, pk)
    form = FileForm(request.POST or None, initial=file_values(file))
    if request.method == "POST" and form.is_valid():
        services.change_file(by=request.viewer, key=key, file_id=pk, **form.values())
        tell(request, text=_("Datei gespeichert."))
        return _back(key)
    context = {"paper": record, "file": file, "form": form, "back_url": _address(key)}
    return render(request, "papers/file_edit.html", context)


def file_remove(request: ViewerRequest, key: str, pk: int) -> HttpResponse:
    """Take a file away, after a look at what that means."""
    record = editable(request, key)
    file = _uploaded(record, pk)
    if request.method == "POST":
        services.take_file_away(by=request.viewer, key=key, file_id=pk)
        tell(request, text=_("Datei weggenommen. Im Verlauf steht, dass es sie gab."))
        return _back(key)
    context = {"paper": record, "file": file, "back_url": _address(key)}
    return render(request, "papers/file_remove.html", context)


def _uploaded(paper: Paper, pk: int) -> CouncilFile:
    found = paper.files.filter(pk=pk, withdrawn_at=None, content__isnull=False).first()
    if found is None:
        raise Http404
    return found


def _tell_kept(request: ViewerRequest, kept: CouncilFile) -> None:
    if kept.text_state == TextState.SCANNED:
        said = _("Datei gespeichert. Sie ist ein Scan: Bilder von Text. Die Suche findet ihren Inhalt nicht.")
        tell(request, text=said, tone=Tone.WARN)
    elif kept.is_public:
        tell(request, text=_("Datei gespeichert. Sie ist öffentlich, sobald die Vorlage es ist."))
    else:
        tell(request, text=_("Datei gespeichert. Sie bleibt intern, bis Sie sie veröffentlichen."))


def _address(key: str) -> str:
    return f"{address_of_paper(key)}#dateien"


def _back(key: str) -> HttpResponse:
    return redirect(_address(key))
