"""What follows from the framework's facts: the order of priorities, what a mapping still lacks, due steps."""

from dreiklang.goals.rules.cycle import StepState, next_due_on, step_state
from dreiklang.goals.rules.mapping import MappingGap, Pair, Want, mapping_gaps, proposed_pairs
from dreiklang.goals.rules.order import natural
from dreiklang.goals.rules.priorities import Priority, RankEvent, priorities, rank_move
from dreiklang.goals.rules.values import ChangeCause, Continuation, FrameworkStatus, LinkSign

__all__ = [
    "ChangeCause",
    "Continuation",
    "FrameworkStatus",
    "LinkSign",
    "MappingGap",
    "Pair",
    "Priority",
    "RankEvent",
    "StepState",
    "Want",
    "mapping_gaps",
    "natural",
    "next_due_on",
    "priorities",
    "proposed_pairs",
    "rank_move",
    "step_state",
]
