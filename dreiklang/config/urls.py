"""All addresses, by subject. German words, because people read and type them."""

from django.urls import include, path

from dreiklang.config.api import api, overview
from dreiklang.people.views.account import choose_language

urlpatterns = [
    path("", include("dreiklang.portal.urls")),
    # Before goals, whose numbers may hold anything, "1.2/kriterien" too.
    path("", include("dreiklang.monitoring.urls")),
    path("", include("dreiklang.goals.urls")),
    path("", include("dreiklang.concepts.urls")),
    path("", include("dreiklang.measures.urls")),
    path("", include("dreiklang.papers.urls")),
    path("", include("dreiklang.conflicts.urls")),
    path("", include("dreiklang.places.urls")),
    path("", include("dreiklang.opendata.urls")),
    path("", include("dreiklang.workspace.urls")),
    path("", include("dreiklang.people.urls")),
    path("konto/", include("dreiklang.people.urls.sign_in")),
    path("sprache/setlang/", choose_language, name="set_language"),
    path("api/v1/", overview, name="api-overview"),
    path("api/v1/", api.urls),
    path("ui/", include("dreiklang.ui.urls")),
]
