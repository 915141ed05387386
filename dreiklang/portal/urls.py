"""Addresses of the public site."""

from django.urls import path

from dreiklang.portal import feeds, views

app_name = "portal"

urlpatterns = [
    path("", views.start, name="start"),
    path("karte/", views.show_map, name="map"),
    path("karte/eingebettet/", views.embedded, name="map_embedded"),
    path("karte/tabelle/", views.map_table, name="map_table"),
    path("karte/tabelle/export.csv", views.map_csv, name="map_csv"),
    path("karte/druck/", views.map_sheet, name="map_sheet"),
    path("karte/druck/karte.pdf", views.map_pdf, name="map_pdf"),
    path("karte/bild.svg", views.map_drawing, name="map_drawing"),
    path("karte/daten/<slug:code>.json", views.layer_data, name="map_data"),
    path("karte/kurz/<slug:code>/<path:key>/", views.card, name="map_card"),
    path("neues/", views.news, name="news"),
    path("neues/feed.atom", feeds.NewsFeed(), name="feed"),
    path("zaehlweise/", views.counting, name="counting"),
    path("daten/", views.data, name="data"),
    path("impressum/", views.imprint, name="imprint"),
    path("datenschutz/", views.privacy, name="privacy"),
    path("barrierefreiheit/", views.accessibility, name="accessibility"),
    path("leichte-sprache/", views.easy_language, name="easy_language"),
    path("rueckmeldung/", views.feedback, name="feedback"),
]
