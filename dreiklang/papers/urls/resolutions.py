"""Addresses of resolutions. Numbers may hold a slash; fixed words come first (rules.resolutions.is_reserved)."""

from django.urls import path

from dreiklang.papers.views import council, resolution_editing, resolutions

_ONE = "beschluesse/<path:number>/"

urlpatterns = [
    path("beschluesse/", resolutions.resolution_list, name="resolutions"),
    path("beschluesse/export.csv", resolutions.resolution_csv, name="resolutions_csv"),
    path("beschluesse/export.xlsx", resolutions.resolution_xlsx, name="resolutions_xlsx"),
    path("beschluesse/neu/", resolution_editing.resolution_new, name="resolution_new"),
    path("beschluesse/uebernehmen/", resolution_editing.decisions, name="decisions"),
    path("beschluesse/bericht/", council.latest, name="council_latest"),
    path("beschluesse/bericht/<int:year>/", council.council_report, name="council_report"),
    path("beschluesse/bericht/<int:year>/<slug:form>/", council.council_file, name="council_file"),
    path(f"{_ONE}bearbeiten/", resolution_editing.resolution_edit, name="resolution_edit"),
    path(f"{_ONE}berichten/", resolution_editing.resolution_report, name="resolution_report"),
    path(f"{_ONE}sichtbarkeit/", resolution_editing.resolution_visibility, name="resolution_visibility"),
    path(
        f"{_ONE}bericht/<int:pk>/zuruecknehmen/",
        resolution_editing.report_withdraw,
        name="resolution_report_withdraw",
    ),
    path(f"{_ONE}notiz/<int:pk>/", resolution_editing.note_release, name="resolution_note"),
    path(_ONE, resolutions.resolution, name="resolution"),
]
