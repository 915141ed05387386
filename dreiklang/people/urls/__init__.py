"""Addresses of departments, committees, accounts and invitations. Sign-in stands in `sign_in`."""

from django.urls import path

from dreiklang.people.views import account, accounts, committee_editing, committees, departments, invitations

app_name = "people"

urlpatterns = [
    path("aemter/", departments.departments, name="departments"),
    path("aemter/neu/", departments.edit_department, name="new_department"),
    path("aemter/<str:key>/", departments.department, name="department"),
    path("aemter/<str:key>/bearbeiten/", departments.edit_department, name="edit_department"),
    path("gremien/", committees.committees, name="committees"),
    path("gremien/export.csv", committees.committees_csv, name="committees_csv"),
    path("gremien/neu/", committee_editing.new_committee, name="new_committee"),
    path("gremien/<path:key>/bearbeiten/", committee_editing.edit_committee, name="edit_committee"),
    path("gremien/<path:key>/sitze/", committee_editing.seats, name="seats"),
    path("gremien/<path:key>/sitze/zurueck/", committee_editing.undo_seats, name="undo_seats"),
    path("gremien/<path:key>/beenden/", committee_editing.end_committee, name="end_committee"),
    path("gremien/<path:key>/fortsetzen/", committee_editing.reopen_committee, name="reopen_committee"),
    # Last: a key from a list or a council system may hold a slash.
    path("gremien/<path:key>/", committees.committee, name="committee"),
    path("konto/abwesenheit/", account.absence, name="absence"),
    path("konto/abwesenheit/<int:pk>/streichen/", account.end_absence, name="end_absence"),
    path("konten/", accounts.accounts, name="accounts"),
    path("konten/<int:pk>/", accounts.account, name="account"),
    path("konten/<int:pk>/rollen/", accounts.give_role, name="give_role"),
    path("konten/<int:pk>/rollen/<int:assignment>/entziehen/", accounts.take_role, name="take_role"),
    path("konten/einladungen/", invitations.invitations, name="invite"),
    path("konten/einladungen/liste/", invitations.invite_list, name="invite_list"),
    path("konten/einladungen/<int:pk>/erneut/", invitations.resend, name="resend"),
    path("konten/einladungen/<int:pk>/zurueckziehen/", invitations.withdraw, name="withdraw"),
    path("einladung/<str:token>/", invitations.accept, name="accept"),
]
