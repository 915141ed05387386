"""Addresses of the interfaces for machines, as OGC API – Features and catalogues of open data name them."""

from django.urls import path

from dreiklang.opendata import views
from dreiklang.opendata.views import catalogue

app_name = "opendata"

urlpatterns = [
    path("catalog.<str:kind>", catalogue.catalog, name="catalog"),
    path("datenkatalog/<int:pk>.<str:kind>", catalogue.dataset, name="dataset"),
    path("ogc/", views.landing, name="landing"),
    # Programs are given the address without the stroke as often as with it.
    path("ogc", views.landing),
    path("ogc/conformance", views.conformance, name="conformance"),
    path("ogc/api", views.api, name="api"),
    path("ogc/collections", views.collections, name="collections"),
    path("ogc/collections/<str:collection_id>", views.collection, name="collection"),
    path("ogc/collections/<str:collection_id>/items", views.items, name="items"),
    path("ogc/collections/<str:collection_id>/items/<path:feature_id>", views.item, name="item"),
]
