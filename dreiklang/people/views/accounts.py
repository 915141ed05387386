"""Accounts as coordination and administrators see them."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from dreiklang.core.errors import Refused
from dreiklang.people import queries, services
from dreiklang.people.forms import AccountFilter, AccountForm, ProfileForm, RoleForm, refuse
from dreiklang.people.models import Account
from dreiklang.people.requests import ViewerRequest
from dreiklang.people.rules import Role
from dreiklang.ui.messages import tell
from dreiklang.ui.rules import Cell, Column, Row, Sign, Table, Tone


def accounts(request: ViewerRequest) -> HttpResponse:
    """The list of accounts with filters, and the way to invite."""
    services.require(request.viewer, "people.see_accounts")
    form = AccountFilter(request.GET)
    said = form.cleaned_data if form.is_valid() else {}
    found = queries.accounts(
        text=said.get("q", ""),
        department_id=said.get("amt"),
        role=said.get("rolle", ""),
        state=said.get("stand", ""),
    )
    context = {"form": form, "table": _table(found), "found": len(found)}
    return render(request, "people/accounts.html", context)


def _table(found: list[queries.AccountLine]) -> Table:
    columns = (
        Column("name", _("Name")),
        Column("department", _("Amt")),
        Column("roles", _("Rollen")),
        Column("deputy", _("Vertretung")),
        Column("state", _("Konto")),
    )
    return Table(
        id="liste",
        caption=_("Konten"),
        columns=columns,
        rows=tuple(_row(one) for one in found),
        empty_text=_("Kein Konto passt zu diesen Filtern."),
    )


def _row(one: queries.AccountLine) -> Row:
    state = (
        Sign("active", _("aktiv"), Tone.GOOD)
        if one.is_active
        else Sign("left", _("ausgeschieden"), Tone.NEUTRAL)
    )
    cells = {
        "name": Cell(text=one.name, href=reverse("people:account", args=[one.id]), note=one.email),
        "department": one.department,
        "roles": "; ".join(f"{r.label} ({r.department})" if r.department else r.label for r in one.roles),
        "deputy": one.deputy,
        "state": state,
    }
    return Row(cells=cells, is_muted=not one.is_active)


def account(request: ViewerRequest, pk: int) -> HttpResponse:
    """One account: person, address and department, roles."""
    found = _manageable(request, pk)
    person = ProfileForm(request.POST or None, initial=_person(found), account_id=found.pk)
    place = AccountForm(request.POST or None, initial=_place(found))
    if request.method == "POST" and person.is_valid() and place.is_valid():
        try:
            _save(request, found, person.cleaned_data, place.cleaned_data)
        except Refused as refused:
            refuse(place if refused.code == "email_taken" else person, refused)
        else:
            tell(request, text=_("Das Konto von %(name)s ist gespeichert.") % {"name": found.name})
            return redirect("people:account", pk=found.pk)
    context = {
        "account": found,
        "person": person,
        "place": place,
        "roles": queries.roles_of(found),
        "absences": queries.absences_of(found, since=timezone.localdate()),
        "role_form": _role_form(request),
    }
    return render(request, "people/account.html", context)


def _manageable(request: ViewerRequest, pk: int) -> Account:
    services.require(request.viewer, "people.see_accounts")
    found = queries.account_by_id(pk)
    if found is None:
        raise Http404
    services.require(request.viewer, "people.manage_account", found)
    return found


def _role_form(request: ViewerRequest, data: Any = None) -> RoleForm:
    return RoleForm(data, may_name_administrators=request.viewer.has(Role.ADMINISTRATOR))


def _person(found: Account) -> dict[str, Any]:
    return {
        "name": found.name,
        "phone": found.phone,
        "language": found.language,
        "deputy": found.deputy_id or "",
    }


def _place(found: Account) -> dict[str, Any]:
    return {"email": found.email, "department": found.department_id or ""}


def _save(request: ViewerRequest, found: Account, person: dict[str, Any], place: dict[str, Any]) -> None:
    services.move_account(
        by=request.viewer, account=found, email=place["email"], department_id=place["department"]
    )
    profile = services.Profile(person["name"], person["phone"], person["language"], person["deputy"])
    services.change_profile(by=request.viewer, account=found, profile=profile)


@require_POST
def give_role(request: ViewerRequest, pk: int) -> HttpResponse:
    """A further role for the account."""
    found = _manageable(request, pk)
    form = _role_form(request, request.POST)
    if form.is_valid():
        grant = services.Grant(Role(form.cleaned_data["role"]), form.cleaned_data["department"])
        try:
            services.give_role(by=request.viewer, account=found, grant=grant)
            tell(request, text=_("Die Rolle ist vergeben."))
        except Refused as refused:
            tell(request, text=queries.words_of(refused), tone=Tone.BAD)
    else:
        tell(request, text=_("Wählen Sie eine Rolle aus der Liste."), tone=Tone.BAD)
    return redirect("people:account", pk=pk)


@require_POST
def take_role(request: ViewerRequest, pk: int, assignment: int) -> HttpResponse:
    """The account without that role."""
    found = _manageable(request, pk)
    try:
        services.take_role(by=request.viewer, account=found, assignment_id=assignment)
        tell(request, text=_("Die Rolle ist entzogen."))
    except Refused as refused:
        tell(request, text=queries.words_of(refused), tone=Tone.BAD)
    return redirect("people:account", pk=pk)
