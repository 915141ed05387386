"""The addresses of OGC API – Features, as data and as pages."""

from dreiklang.opendata.views.frame import api, collection, collections, conformance, landing
from dreiklang.opendata.views.items import item, items

__all__ = ["api", "collection", "collections", "conformance", "item", "items", "landing"]
