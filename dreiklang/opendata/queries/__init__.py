"""What machines may read: the collections, what holds them, and their features. Always what the public sees."""

from dreiklang.opendata.queries.collections import (
    COLLECTIONS,
    Collection,
    collection_of,
    kind_of,
)
from dreiklang.opendata.queries.features import Feature, FeaturePage, OneFeature, feature, feature_page

__all__ = [
    "COLLECTIONS",
    "Collection",
    "Feature",
    "FeaturePage",
    "OneFeature",
    "collection_of",
    "feature",
    "feature_page",
    "kind_of",
]
