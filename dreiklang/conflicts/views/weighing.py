"""Weighing a candidate: the form, the page of what was decided, and its protocol."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from dreiklang.conflicts import queries, services
from dreiklang.conflicts.forms.typed import typed_id
from dreiklang.conflicts.forms.weighing import (
    ReviewForm,
    WeighingForm,
    ask_for_rows,
    options_form,
    positions_form,
    rows_of,
)
from dreiklang.conflicts.permissions import SEE, WEIGH
from dreiklang.conflicts.queries import CandidatePage, WeighingLine, WeighingPage
from dreiklang.conflicts.queries.papers_named import papers_named
from dreiklang.conflicts.views.changed import sides_of
from dreiklang.conflicts.views.found import found_page
from dreiklang.conflicts.views.lines import address, row_of, said_of, short_names
from dreiklang.conflicts.views.refusals import LACKING, worded
from dreiklang.conflicts.views.weighing_document import not_in, weighing_document
from dreiklang.core.documents import as_docx, as_pdf
from dreiklang.core.errors import ChangedMeanwhile, NotFound
from dreiklang.core.forms import both_sides
from dreiklang.people.requests import ViewerRequest
from dreiklang.people.services import NotAllowed, require
from dreiklang.places.queries import municipality
from dreiklang.ui.downloads import as_file
from dreiklang.ui.messages import tell

# The word in the address that asks for an older weighing.
VERSION = "fassung"
_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_FIELD_OF = {
    "needs_question": "question",
    "decided_in_the_future": "decided_on",
    "review_before_decision": "review_on",
    "no_such_paper": "papers",
}


@login_required
def weighing(request: ViewerRequest, pk: int) -> HttpResponse:
    """What was decided; else, and with `?neu=1`, the form."""
    require(request.viewer, SEE)
    page = found_page(request, pk)
    if request.method == "POST":
        return _write(request, page)
    asked = typed_id(request.GET.get(VERSION))
    closed = next((one for one in page.weighings if asked in {None, one.pk}), None)
    if asked is not None and closed is None:
        raise Http404
    is_written = closed is not None and (asked is not None or page.draft is None)
    if is_written and closed is not None and "neu" not in request.GET:
        return render(request, "conflicts/weighing.html", _read_context(page, closed))
    _require_weigher(page)
    return _form_page(
        request, page, _forms(None, queries.weighing_page(request.viewer, pk=pk).weighing, page)
    )


def _require_weigher(page: CandidatePage) -> None:
    if not page.may_weigh:
        raise NotAllowed(WEIGH)


Forms = tuple[WeighingForm, Any, Any]


def _forms(data: Any, kept: WeighingLine, page: CandidatePage) -> Forms:
    initial = _values(kept) | {"question": kept.question or _first_question(page), "version": kept.version}
    positions = [{"party": one.party, "claim_key": one.claim_key, "need": one.need} for one in kept.positions]
    options = [
        {"title": one.title, "effects": one.effects, "is_chosen": one.is_chosen} for one in kept.options
    ]
    form = WeighingForm(data, initial=initial)
    if data is not None:
        # What was kept meanwhile must not pass for "unchanged": a row that was sent counts as it was sent.
        return form, positions_form(data, ()), options_form(data, ())
    return form, positions_form(None, positions), options_form(None, options)


def _values(kept: WeighingLine) -> dict[str, Any]:
    return {
        "question": kept.question,
        "decision": kept.decision,
        "reason": kept.reason,
        "decided_by": kept.decided_by,
        "decided_on": kept.decided_on,
        "review_on": kept.review_on,
        "papers": "; ".join(one.key for one in kept.papers),
    }


def _both_sides(theirs: WeighingLine, forms: Forms, mine: services.WeighingDraft) -> dict[str, Any]:
    """What somebody else saved meanwhile beside what was typed here, rows and all."""
    clash, chosen = both_sides(forms[0], _values(theirs)), _("gewählt")
    for side, said in (("theirs", theirs), ("mine", mine)):
        clash[side][_("Was jeder braucht")] = "; ".join(
            f"{one.party}: {one.need}" for one in said.positions if one.need
        )
        clash[side][_("Möglichkeiten")] = "; ".join(
            f"{one.title} ({chosen})" if one.is_chosen else one.title for one in said.options
        )
    return clash


def _first_question(page: CandidatePage) -> str:
    """The evidence as a start: whoever weighs says it in her own words."""
    return " ".join(row_of(page.line)["sentences"])


def _write(request: ViewerRequest, page: CandidatePage) -> HttpResponse:
    _require_weigher(page)
    kept = queries.weighing_page(request.viewer, pk=page.line.pk).weighing
    forms = _forms(request.POST, kept, page)
    form, positions, options = forms
    if not all([form.is_valid(), positions.is_valid(), options.is_valid()]):
        return _form_page(request, page, forms)
    named = papers_named(
        request.viewer, [one.strip() for one in form.cleaned_data["papers"].split(";") if one.strip()]
    )
    if named.unknown:
        numbers = "; ".join(named.unknown)
        said = ngettext(
            "Diese Vorlage gibt es nicht: %(n)s", "Diese Vorlagen gibt es nicht: %(n)s", len(named.unknown)
        )
        form.add_error("papers", said % {"n": numbers})
        return _form_page(request, page, forms)
    return _keep(request, page, forms, _draft(forms, named.ids))


def _draft(forms: Forms, paper_ids: tuple[int, ...]) -> services.WeighingDraft:
    form, positions, options = forms
    said = form.cleaned_data
    return services.WeighingDraft(
        question=said["question"],
        positions=[services.PositionDraft(**one) for one in rows_of(positions, "party")],
        options=[services.OptionDraft(**one) for one in rows_of(options, "title")],
        decision=said["decision"],
        reason=said["reason"],
        decided_by=said["decided_by"],
        decided_on=said["decided_on"],
        review_on=said["review_on"],
        paper_ids=paper_ids,
    )


def _keep(
    request: ViewerRequest, page: CandidatePage, forms: Forms, said: services.WeighingDraft
) -> HttpResponse:
    """Saved, or closed. What lacks to be closed is told, and the draft is kept all the same."""
    form, pk = forms[0], page.line.pk
    what: dict[str, Any] = {"by": request.viewer, "now": timezone.now(), "pk": pk, "said": said}
    is_closing = request.POST.get("deed") == "close"
    try:
        if not is_closing:
            services.save_weighing(version=form.seen_version, **what)
            request.session["draft_saved"] = f"klaerung-{pk}"
            tell(request, text=_("Entwurf der Klärung gespeichert."))
            return redirect(address(pk))
        services.close_weighing(version=form.seen_version, **what)
    except ChangedMeanwhile as refusal:
        return _clashed(request, page, forms, said, refusal)
    except services.CannotWeigh as refusal:
        if refusal.code == "incomplete":
            return _incomplete(request, page, forms, what, refusal)
        return _refused(request, page, forms, refusal)
    request.session["draft_saved"] = f"klaerung-{pk}"
    tell(request, text=_("Klärung abgeschlossen. Ändert sich ein Umstand, kommt der Hinweis wieder."))
    return redirect("conflicts:weighing", pk=pk)


def _incomplete(
    request: ViewerRequest,
    page: CandidatePage,
    forms: Forms,
    what: dict[str, Any],
    refusal: services.CannotWeigh,
) -> HttpResponse:
    try:
        kept = services.save_weighing(version=forms[0].seen_version, **what)
    except ChangedMeanwhile as meanwhile:
        return _clashed(request, page, forms, what["said"], meanwhile)
    except services.CannotWeigh as other:
        # What it says cannot even be kept: that comes first, what lacks is told the next time.
        return _refused(request, page, forms, other)
    forms[0].take_version(kept.version)
    ask_for_rows(forms[1], forms[2])
    for name in LACKING.keys() & refusal.facts["fields"]:
        forms[0].add_error(name, str(LACKING[name]))
    return _form_page(request, page, forms, is_kept=True)


def _refused(
    request: ViewerRequest, page: CandidatePage, forms: Forms, refusal: services.CannotWeigh
) -> HttpResponse:
    forms[0].add_error(_FIELD_OF.get(refusal.code), worded(refusal))
    return _form_page(request, page, forms)


def _clashed(
    request: ViewerRequest,
    page: CandidatePage,
    forms: Forms,
    said: services.WeighingDraft,
    refusal: ChangedMeanwhile,
) -> HttpResponse:
    """Nothing of either is lost: both stand side by side, and saving again is a decision."""
    forms[0].take_version(refusal.version)
    theirs = queries.weighing_page(request.viewer, pk=page.line.pk).weighing
    return _form_page(request, page, forms, clash=_both_sides(theirs, forms, said))


def _form_page(
    request: ViewerRequest, page: CandidatePage, forms: Forms, *, is_kept: bool = False, clash: Any = None
) -> HttpResponse:
    form, positions, options = forms
    context = {
        "row": row_of(page.line),
        "form": form,
        "positions": positions,
        "options": options,
        "is_kept": is_kept,
        "clash": clash,
        "draft_key": f"klaerung-{page.line.pk}",
    }
    return render(request, "conflicts/weighing_edit.html", context)


def _read_context(page: CandidatePage, closed: WeighingLine) -> dict[str, Any]:
    keys = [one.key for one in page.parties]
    is_newest = bool(page.weighings) and page.weighings[0].pk == closed.pk
    changes = page.changes if is_newest else ()
    before, after = sides_of(changes, names=short_names(page.names, page.parties), parties=keys)
    urls = {one.key: one.url for one in page.parties}
    return {
        "row": row_of(page.line),
        "weighing": closed,
        "positions": [(one, urls.get(one.claim_key, "")) for one in closed.positions],
        "weighed": not_in(
            closed.question, said_of(closed.weighed_facts, parties=page.parties, names=page.names)
        ),
        "changes": changes,
        "before": before,
        "after": after,
        "may_weigh": page.may_weigh,
        "review_form": ReviewForm(initial={"review_on": closed.review_on})
        if page.may_weigh and is_newest
        else None,
        "stand": closed.decided_on,
    }


@login_required
@require_safe
def protocol_file(request: ViewerRequest, pk: int, form: str) -> HttpResponse:
    """The weighing as a protocol to keep or to work on."""
    require(request.viewer, SEE)
    if form not in {"pdf", "docx"}:
        raise Http404
    try:
        found: WeighingPage = queries.protocol(
            request.viewer, pk=pk, weighing=typed_id(request.GET.get(VERSION))
        )
    except NotFound as missing:
        raise Http404 from missing
    document = weighing_document(
        found, city=municipality().name, language=(get_language() or "de")[:2], today=timezone.localdate()
    )
    name = f"zielkonflikt-{pk}-intern.{form}"
    if form == "pdf":
        return as_file(as_pdf(document), name, "application/pdf")
    return as_file(as_docx(document), name, _DOCX)
