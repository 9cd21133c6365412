"""In which interviews words stand that an act made or took away: found beside the act, and not forgotten till then."""

from collections import defaultdict
from collections.abc import Iterable

from django.db import transaction

from interviews.models import Retagging, Sought, Turn

from .words import words_of

BATCH = 500
STEM = 4  # letters by which an inflected word is still known


def note_found() -> None:
    """Find the interviews that hold the words still sought, and note that they wait to be tagged anew.

    Nothing is locked while the texts are read: who seeks the same at once notes the same.
    """
    while sought := Sought.objects.order_by("pk").first():
        found = interviews_with(sought.names, sought.surfaces)
        with transaction.atomic():
            Retagging.objects.bulk_create([Retagging(pk=key) for key in sorted(found)], BATCH, ignore_conflicts=True)
            sought.delete()


def interviews_with(names: Iterable[str], surfaces: Iterable[str]) -> set[int]:
    """Return the keys of the interviews that hold all words of a name in one turn, however inflected, or a surface."""
    by_stem = defaultdict(list)
    for stems in {frozenset(stems_of(name)) for name in names}:
        by_stem[max(stems, key=len)].append(stems)
    found: set[int] = set()
    turns = Turn.objects.current().order_by("interview").values_list("interview", "text")
    for interview, text in turns.iterator(BATCH) if by_stem or surfaces else ():
        if interview not in found and (any(map(text.__contains__, surfaces)) or holds_one(text, by_stem)):
            found.add(interview)
    return found


def stems_of(text: str) -> set[str]:
    return {word[:STEM] for word in words_of(text.casefold())}


def holds_one(text: str, by_stem: dict[str, list[frozenset[str]]]) -> bool:
    stems = stems_of(text) if by_stem else set()
    return any(wanted <= stems for stem in stems & by_stem.keys() for wanted in by_stem[stem])
