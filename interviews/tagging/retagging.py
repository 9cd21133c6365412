"""Interviews tagged anew because something else changed: a few at once, many without anybody waiting."""

from collections.abc import Iterable

from django.db import transaction

from interviews.models import Entity, Turn
from interviews.search.index.upkeep import beside, record_changes

from .link import retag_interviews

FEW = 10


def interviews_mentioning(entity: Entity) -> set[int]:
    """Return the keys of the interviews in which the tagger found an entity."""
    return set(Turn.objects.filter(mentions__entity=entity).values_list("interview", flat=True))


def retag_soon(interviews: Iterable[int], *, first: int | None = None) -> None:
    """Tag interviews anew and tell the search index: a few at once, the others in a thread after the commit.

    `first`: the one at which somebody is looking.
    """
    keys = sorted(set(interviews), key=lambda key: (key != first, key))
    record_changes(sorted(retag_interviews(keys[:FEW])))
    if others := keys[FEW:]:
        transaction.on_commit(lambda: beside(retag_and_tell, others), robust=True)


def retag_and_tell(interviews: list[int]) -> None:
    """Tag interviews anew, each in a transaction of its own, so that nobody waits for all."""
    for interview in interviews:
        with transaction.atomic():
            record_changes(sorted(retag_interviews([interview])))


def find_elsewhere(names: list[str], *, first: int | None = None) -> None:
    """Tag anew the interviews that hold these words, and the `first` in any case."""
    retag_soon({key for name in names for key in interviews_holding(name)} | ({first} if first else set()), first=first)


def interviews_holding(words: str) -> set[int]:
    return set(Turn.objects.current().filter(text__contains=words).order_by().values_list("interview", flat=True))
