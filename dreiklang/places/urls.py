"""Addresses of places. Keys may hold anything: fixed words come first."""

from django.urls import path

from dreiklang.places import views

app_name = "places"

urlpatterns = [
    path("stadtteile/", views.area_list, name="list"),
    path("stadtteile/<path:key>/", views.area, name="area"),
    path("stadt/angaben/", views.settings, name="settings"),
    path("stadt/wappen/", views.arms, name="arms"),
    path("stadt/ebenen/", views.levels, name="levels"),
    path("stadt/ebenen/<int:pk>/gebiete/", views.mark_neighbours, name="mark-neighbours"),
    path("stadt/kartendienste/", views.map_services, name="map-services"),
    path("stadt/kartendienste/neu/", views.map_service_new, name="map-service-new"),
    path("stadt/kartendienste/einbetten/", views.embedding, name="embedding"),
    path("stadt/kartendienste/<int:pk>/", views.map_service, name="map-service"),
    path("stadt/kartendienste/<int:pk>/pruefen/", views.map_service_check, name="map-service-check"),
    path("stadt/kartendienste/<int:pk>/reihenfolge/", views.map_service_move, name="map-service-move"),
    path("stadt/kartendienste/<int:pk>/entfernen/", views.map_service_remove, name="map-service-remove"),
]
