"""All addresses, by subject. German words, because people read and type them."""

from django.urls import include, path

from dreiklang.config.api import api, overview

urlpatterns = [
    path("", include("dreiklang.portal.urls")),
    path("", include("dreiklang.goals.urls")),
    path("", include("dreiklang.concepts.urls")),
    path("", include("dreiklang.measures.urls")),
    path("", include("dreiklang.places.urls")),
    path("", include("dreiklang.workspace.urls")),
    path("", include("dreiklang.people.urls")),
    path("konto/", include("allauth.urls")),
    path("sprache/", include("django.conf.urls.i18n")),
    path("api/v1/", overview, name="api-overview"),
    path("api/v1/", api.urls),
    path("ui/", include("dreiklang.ui.urls")),
]
