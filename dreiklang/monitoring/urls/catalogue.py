"""Addresses of the data catalogue."""

from django.urls import path

from dreiklang.monitoring.views import catalogue, catalogue_sources, dataset_editing

urlpatterns = [
    path("datenkatalog/", catalogue.datasets, name="catalogue"),
    path("datenkatalog/datensaetze.csv", catalogue.datasets_csv, name="catalogue-csv"),
    path("datenkatalog/datensaetze.xlsx", catalogue.datasets_xlsx, name="catalogue-xlsx"),
    path("datenkatalog/luecken/", catalogue.gaps, name="catalogue-gaps"),
    path("datenkatalog/neu/", dataset_editing.dataset_new, name="dataset-new"),
    path("datenkatalog/<int:pk>/", catalogue.dataset, name="dataset"),
    path("datenkatalog/<int:pk>/bearbeiten/", dataset_editing.dataset_edit, name="dataset-edit"),
    path("datenkatalog/<int:pk>/veroeffentlichen/", dataset_editing.values_publish, name="dataset-publish"),
    path("datenkatalog/<int:pk>/zurueckziehen/", dataset_editing.values_withdraw, name="dataset-withdraw"),
    path("datenkatalog/<int:pk>/ressourcen/neu/", dataset_editing.resource_edit, name="resource-new"),
    path(
        "datenkatalog/<int:pk>/ressourcen/<int:resource_id>/",
        dataset_editing.resource_edit,
        name="resource-edit",
    ),
    path(
        "datenkatalog/<int:pk>/ressourcen/<int:resource_id>/entfernen/",
        dataset_editing.resource_remove,
        name="resource-remove",
    ),
    path("arbeit/groessen/", catalogue.free_quantities, name="free-quantities"),
    path("arbeit/groessen/<int:pk>/indikator/", dataset_editing.make_indicator, name="quantity-indicator"),
    path("arbeit/datenkataloge/", catalogue_sources.catalogues, name="harvests"),
    path("arbeit/datenkataloge/neu/", catalogue_sources.catalogue_new, name="harvest-new"),
    path("arbeit/datenkataloge/eigener/", catalogue_sources.own, name="own-catalogue"),
    path("arbeit/datenkataloge/<int:pk>/", catalogue_sources.catalogue, name="harvest"),
    path("arbeit/datenkataloge/<int:pk>/bearbeiten/", catalogue_sources.catalogue_edit, name="harvest-edit"),
    path("arbeit/datenkataloge/<int:pk>/abrufen/", catalogue_sources.start, name="harvest-start"),
    path("arbeit/datenkataloge/<int:pk>/proben/", catalogue_sources.try_out, name="harvest-try"),
    path(
        "arbeit/datenkataloge/<int:pk>/veroeffentlichen/", catalogue_sources.publish, name="harvest-publish"
    ),
    path("arbeit/datenkataloge/<int:pk>/stand/", catalogue_sources.progress, name="harvest-progress"),
]
