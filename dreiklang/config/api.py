"""The one API under /api/v1/. Each subject's `api.py` gives a router; this page lists them.

ninja's own documentation page needs scripts from elsewhere, which our content policy refuses: we serve
the machine-readable description and a plain list instead.
"""

from typing import Any

import orjson
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from ninja import NinjaAPI
from ninja.renderers import BaseRenderer

from dreiklang.concepts.api import router as concepts
from dreiklang.goals.api import goals, tasks
from dreiklang.measures.api import router as measures
from dreiklang.monitoring.api.criteria import criteria, of_goal
from dreiklang.monitoring.api.indicators import router as indicators
from dreiklang.papers.api import papers, resolutions


class OrjsonRenderer(BaseRenderer):
    """Writes what the queries give without copying it first."""

    media_type = "application/json"

    def render(self, request: HttpRequest, data: Any, *, response_status: int) -> bytes:
        return orjson.dumps(data, default=str)


api = NinjaAPI(
    title="Dreiklang",
    version="1",
    description="Was öffentlich ist, als Daten. Nur lesend; ohne Anmeldung.",
    docs_url=None,
    openapi_url="/openapi.json",
    urls_namespace="api",
    renderer=OrjsonRenderer(),
)
api.add_router("/concepts", concepts, tags=["Konzepte"])
api.add_router("/goals", goals, tags=["Ziele"])
api.add_router("/goals", of_goal, tags=["Ziele"])
api.add_router("/criteria", criteria, tags=["Kriterien"])
api.add_router("/indicators", indicators, tags=["Indikatoren"])
api.add_router("/tasks", tasks, tags=["Zukunftsaufgaben"])
api.add_router("/measures", measures, tags=["Maßnahmen"])
api.add_router("/papers", papers, tags=["Vorlagen"])
api.add_router("/resolutions", resolutions, tags=["Beschlüsse"])


def overview(request: HttpRequest) -> HttpResponse:
    """The list of addresses, for people."""
    schema = api.get_openapi_schema()
    rows = [
        {"path": path, "method": method.upper(), "summary": operation.get("summary", "")}
        for path, operations in sorted(schema["paths"].items())
        for method, operation in operations.items()
    ]
    return render(request, "measures/api.html", {"rows": rows})
