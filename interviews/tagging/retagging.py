"""Interviews tagged anew because something else changed: a few at once, many without anybody waiting."""

from collections.abc import Iterable

from django.db import transaction

from interviews.models import Entity, Retagging, Sought, Turn
from interviews.search.index.upkeep import beside, paused, record_changes

from .link import retag_interviews
from .names import remembered
from .seeking import note_found

FEW = 10
GROUP = 50


def interviews_mentioning(entity: Entity) -> set[int]:
    """Return the keys of the interviews in which the tagger found an entity."""
    return set(Turn.objects.filter(mentions__entity=entity).values_list("interview", flat=True))


def retag_soon(interviews: Iterable[int], *, first: int | None = None) -> None:
    """Tag interviews anew and tell the search index: a few at once, the others in a thread after the commit.

    `first`: the one at which somebody is looking. What a process leaves waiting the next call takes up, or `retag`.
    """
    keys = sorted(set(interviews), key=lambda key: (key != first, key))
    record_changes(sorted(retag_interviews(keys[:FEW])))
    if others := keys[FEW:]:
        Retagging.objects.bulk_create([Retagging(pk=key) for key in others], GROUP, ignore_conflicts=True)
        transaction.on_commit(lambda: beside(retag_waiting), robust=True)


def retag_waiting() -> None:
    """Tag anew the interviews that wait for it, and those that hold words still sought."""
    with remembered(), paused(then_all=True):
        note_found()
        while retag_group():
            pass


@transaction.atomic
def retag_group() -> list[int]:
    """Tag anew the first of the interviews that wait, so many that nobody else waits long; return their keys."""
    waiting = Retagging.objects.select_for_update(skip_locked=True).order_by("pk")
    keys = list(waiting.values_list("pk", flat=True)[:GROUP])
    record_changes(sorted(retag_interviews(keys)))
    Retagging.objects.filter(pk__in=keys).delete()
    return keys


def seek(names: Iterable[str], surfaces: Iterable[str], *, later: bool) -> None:
    """Tag anew, after the commit, the interviews in which names, or words of rules, may stand; `later`: in a thread.

    The words are noted in the transaction of the act: what a process leaves the next call takes up, or `retag`.
    """
    Sought.objects.create(names=sorted(set(names)), surfaces=sorted(surfaces))
    transaction.on_commit(lambda: beside(retag_waiting) if later else retag_waiting(), robust=later)


def find_elsewhere(names: list[str], *, first: int | None = None) -> None:
    """Tag anew the interviews that hold these words, and the `first` in any case."""
    retag_soon({key for name in names for key in interviews_holding(name)} | ({first} if first else set()), first=first)


def interviews_holding(words: str) -> set[int]:
    return set(Turn.objects.current().filter(text__contains=words).order_by().values_list("interview", flat=True))
