"""Invitations: sent, sent again, withdrawn, accepted."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from dreiklang.core.errors import Refused
from dreiklang.people import queries, services
from dreiklang.people.forms import AcceptForm, InvitationForm, InviteListForm, refuse
from dreiklang.people.requests import ViewerRequest
from dreiklang.people.rules import InvitationState, InvitedPerson, Role
from dreiklang.ui.messages import tell
from dreiklang.ui.rules import Tone


def invitations(request: ViewerRequest) -> HttpResponse:
    """The open invitations, and a form for a new one."""
    services.require(request.viewer, "people.invite")
    form = InvitationForm(
        request.POST or None, may_name_administrators=request.viewer.has(Role.ADMINISTRATOR)
    )
    if form.is_valid():
        said = form.cleaned_data
        try:
            invitation = services.invite(
                by=request.viewer,
                now=timezone.now(),
                email=said["email"],
                name=said["name"],
                department_id=said["department"],
                roles=[Role(role) for role in said["roles"]],
                measure_keys=said["measures"],
            )
        except Refused as refused:
            refuse(form, refused)
        else:
            tell(request, text=_("Die Einladung an %(mail)s ist unterwegs.") % {"mail": invitation.email})
            return redirect("people:invite")
    context = {"form": form, "invitations": queries.invitations(now=timezone.now())}
    return render(request, "people/invitations.html", context)


def invite_list(request: ViewerRequest) -> HttpResponse:
    """A pasted list: first what would happen, then the invitations."""
    services.require(request.viewer, "people.invite")
    form = InviteListForm(request.POST or None)
    people = _read(form.cleaned_data["people"]) if form.is_valid() else []
    fine = [person for person in people if person.is_fine]
    if fine and "send" in request.POST:
        try:
            sent = services.invite_several(by=request.viewer, now=timezone.now(), people=fine)
        except Refused as refused:
            form.add_error("people", f"{refused.facts.get('email', '')}: {queries.words_of(refused)}")
        else:
            tell(request, text=_("%(n)s Einladungen sind unterwegs.") % {"n": len(sent)})
            return redirect("people:invite")
    context = {"form": form, "people": people, "fine": len(fine), "refused": len(people) - len(fine)}
    return render(request, "people/invite_list.html", context)


def _read(text: str) -> list[InvitedPerson]:
    return queries.invited_people_of(text=text, role_words=services.role_words())


@require_POST
def resend(request: ViewerRequest, pk: int) -> HttpResponse:
    """The invitation once more, with a new link."""
    try:
        services.resend(by=request.viewer, now=timezone.now(), invitation_id=pk)
        tell(request, text=_("Die Einladung ist erneut unterwegs. Der alte Link gilt nicht mehr."))
    except Refused as refused:
        tell(request, text=queries.words_of(refused), tone=Tone.BAD)
    return redirect("people:invite")


@require_POST
def withdraw(request: ViewerRequest, pk: int) -> HttpResponse:
    """The invitation, withdrawn."""
    try:
        services.withdraw(by=request.viewer, now=timezone.now(), invitation_id=pk)
        tell(request, text=_("Die Einladung ist zurückgezogen. Ihr Link gilt nicht mehr."))
    except Refused as refused:
        tell(request, text=queries.words_of(refused), tone=Tone.BAD)
    return redirect("people:invite")


@never_cache
def accept(request: ViewerRequest, token: str) -> HttpResponse:
    """The page behind the link: name and password, then the account is open."""
    invitation = queries.invitation_by_token(token)
    state = queries.state_of(invitation, now=timezone.now()) if invitation else None
    if invitation is None or state != InvitationState.OPEN:
        code = state.value if state else "unknown"
        return render(request, "people/invitation_closed.html", {"code": code}, status=410)
    form = AcceptForm(request.POST or None, email=invitation.email, initial={"name": invitation.name})
    if form.is_valid():
        said = form.cleaned_data
        try:
            services.accept(now=timezone.now(), token=token, name=said["name"], password=said["password"])
        except services.CannotAccept as refused:
            page = {"code": refused.code}
            return render(request, "people/invitation_closed.html", page, status=410)
        tell(request, text=_("Ihr Konto ist eingerichtet. Melden Sie sich jetzt an."))
        return redirect("account_login")
    context = {"form": form, "invitation": invitation, "roles": queries.role_labels(invitation.roles)}
    return render(request, "people/accept.html", context)
