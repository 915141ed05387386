"""Addresses of papers. Fixed words come first; they are no keys of papers (rules.keys)."""

from django.urls import path

from dreiklang.papers.views import files, paper_editing, papers, route, rulings, versions

_ONE = "vorlagen/<slug:key>/"

urlpatterns = [
    path("vorlagen/", papers.paper_list, name="list"),
    path("vorlagen/export.csv", papers.paper_csv, name="csv"),
    path("vorlagen/export.xlsx", papers.paper_xlsx, name="xlsx"),
    path("vorlagen/neu/", paper_editing.paper_new, name="new"),
    path("vorlagen/regeln/", rulings.rulings, name="rulings"),
    path(f"{_ONE}bearbeiten/", paper_editing.paper_edit, name="edit"),
    path(f"{_ONE}bezuege/", paper_editing.paper_links, name="links"),
    path(f"{_ONE}sichtbarkeit/", paper_editing.paper_visibility, name="visibility"),
    path(f"{_ONE}zurueckziehen/", paper_editing.paper_withdraw, name="withdraw"),
    path(f"{_ONE}route/", route.step_new, name="route"),
    path(f"{_ONE}route/<int:pk>/", route.step_edit, name="step"),
    path(f"{_ONE}route/<int:pk>/entfernen/", route.step_remove, name="step_remove"),
    path(f"{_ONE}fassungen/", versions.paper_versions, name="versions"),
    path(f"{_ONE}dateien/neu/", files.file_new, name="file_new"),
    path(f"{_ONE}dateien/<int:pk>/", files.paper_file, name="file"),
    path(f"{_ONE}dateien/<int:pk>/bearbeiten/", files.file_edit, name="file_edit"),
    path(f"{_ONE}dateien/<int:pk>/wegnehmen/", files.file_remove, name="file_remove"),
    path(_ONE, papers.paper, name="paper"),
]
