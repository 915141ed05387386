"""Claims as they were last read, candidates with their findings, what people said of them, thresholds, runs."""

from dreiklang.conflicts.models.candidates import Candidate, FoundFact, Talk
from dreiklang.conflicts.models.claims import StaleClaim, StoredClaim, TextCentre
from dreiklang.conflicts.models.labels import KIND_LABELS, SENSE_LABELS, STATE_LABELS
from dreiklang.conflicts.models.runs import Comparison, ComparisonStep
from dreiklang.conflicts.models.thresholds import Thresholds
from dreiklang.conflicts.models.weighing import Option, Position, Weighing

__all__ = [
    "KIND_LABELS",
    "SENSE_LABELS",
    "STATE_LABELS",
    "Candidate",
    "Comparison",
    "ComparisonStep",
    "FoundFact",
    "Option",
    "Position",
    "StaleClaim",
    "StoredClaim",
    "Talk",
    "TextCentre",
    "Thresholds",
    "Weighing",
]
