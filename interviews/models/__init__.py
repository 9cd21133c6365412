"""The archive's rows: what was received, what was read from it, what it speaks of."""

from .address import FormerAddress
from .curation import Curation, Decision, Merge, Rule
from .entity import Alias, Authority, Entity, Mention
from .index import IndexChange
from .interview import Interview, Participation
from .retagging import Retagging, Sought
from .source import Conflict, Reading, ReadingProblem, Source, SourceName
from .turn import Answer, Question, Revision, Turn

__all__ = [
    "Alias",
    "Answer",
    "Authority",
    "Conflict",
    "Curation",
    "Decision",
    "Entity",
    "FormerAddress",
    "IndexChange",
    "Interview",
    "Mention",
    "Merge",
    "Participation",
    "Question",
    "Reading",
    "ReadingProblem",
    "Retagging",
    "Revision",
    "Rule",
    "Sought",
    "Source",
    "SourceName",
    "Turn",
]
