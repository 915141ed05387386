"""Districts in profile. Keys may hold anything: fixed words come first."""

from django.urls import path

from dreiklang.monitoring.views import profiles, traits

urlpatterns = [
    path("profil/", profiles.profiles, name="profiles"),
    path("profil/merkmale/", traits.traits, name="traits"),
    path("profil/<slug:level>/<path:key>/profil.pdf", profiles.profile_pdf, name="profile_pdf"),
    path("profil/<slug:level>/<path:key>/", profiles.profile, name="profile"),
]
