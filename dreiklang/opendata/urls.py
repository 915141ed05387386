"""Addresses of the interface for machines, as OGC API – Features names them."""

from django.urls import path

from dreiklang.opendata import views

app_name = "opendata"

urlpatterns = [
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
