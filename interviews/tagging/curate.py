"""What curators do to tags and entities, and how it is undone. Every act is one transaction, and told to the index."""

from interviews.models import Curation

from .creating import undo_creation
from .deciding import (
    ANYTHING,
    DecidedMeanwhileError,
    confirm,
    decide,
    decide_all,
    reject,
    replace,
    undo_decisions,
    withdraw,
)
from .editing import undo_edit, undo_names
from .history import AlreadyUndoneError, messages_for, told
from .parting import undo_merge
from .rules import undo_removal, undo_rule
from .taking_back import undo_import
from .telling_apart import undo_difference

__all__ = [
    "ANYTHING",
    "AlreadyUndoneError",
    "DecidedMeanwhileError",
    "confirm",
    "decide",
    "decide_all",
    "messages_for",
    "reject",
    "replace",
    "told",
    "undo",
    "withdraw",
]
UNDONE_BY = {
    Curation.Act.DECIDE: undo_decisions,
    Curation.Act.EDIT: undo_edit,
    Curation.Act.ALIAS: undo_names,
    Curation.Act.RULE: undo_rule,
    Curation.Act.UNRULE: undo_removal,
    Curation.Act.MERGE: undo_merge,
    Curation.Act.CREATE: undo_creation,
    Curation.Act.IMPORT: undo_import,
    Curation.Act.DIFFER: undo_difference,
}


class NotUndoneError(ValueError):
    """An act that cannot be undone."""


def undo(curation: Curation, *, by, reason: str = "") -> list[str]:
    """Undo an act of the history; return in words what somebody changed since, and so was left.

    Raises AlreadyUndoneError, and NotUndoneError or another ValueError where that cannot be done.
    """
    if curation.act not in UNDONE_BY:
        raise NotUndoneError(f"“{curation.get_act_display()}” cannot be undone.")
    return UNDONE_BY[curation.act](curation, by=by, reason=reason) or []
