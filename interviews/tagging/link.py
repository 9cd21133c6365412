"""Between the tagger and the database: automatic mentions of turns, written as differences.

What curators decided lives in rows of its own and is never read or written here.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db import transaction

from interviews.models import Mention, Turn

from .authority import countries_by_code, find_or_make_outlet, find_or_make_person, load_authority
from .places import occurrence_at
from .tagger import TAGGER_VERSION, Tag, default_tagger

__all__ = ["differences", "find_or_make_outlet", "find_or_make_person", "load_authority", "tag_turns", "write"]
BATCH = 500
SAME = ("turn_id", "entity_id", "start", "end", "surface", "occurrence", "level", "confidence", "rule_id")


@dataclass(slots=True)
class Differences:
    """What a run of the tagger would change: mentions to write, and mentions to take away."""

    added: list[Mention] = field(default_factory=list)
    removed: list[Mention] = field(default_factory=list)

    @property
    def turn_ids(self) -> set[int]:
        return {mention.turn_id for mention in (*self.added, *self.removed)}


def tag_turns(turns: Iterable[Turn], *, are_new: bool = False, tags: list[list[Tag]] | None = None) -> set[int]:
    """Replace the automatic mentions of these turns; give all current turns of an interview together.

    `are_new`: they were just made, none has mentions yet. `tags`: of each turn, of one interview in running order,
    where they were found before.
    Returns the keys of the turns whose mentions changed; nothing else is written. To tell the search index is the
    caller's.
    """
    with transaction.atomic(savepoint=False):
        changes = differences(turns, are_new=are_new, tags=tags)
        write(changes)
    return changes.turn_ids


def write(changes: Differences) -> None:
    """Write the mentions that are new and delete those that no longer hold."""
    keys = [mention.pk for mention in changes.removed]
    for start in range(0, len(keys), BATCH):
        Mention.objects.filter(pk__in=keys[start : start + BATCH]).delete()
    Mention.objects.bulk_create(changes.added, batch_size=BATCH)


def differences(turns: Iterable[Turn], *, are_new: bool = False, tags: list[list[Tag]] | None = None) -> Differences:
    """Return what `tag_turns` would change, and change nothing but to make the entities it needs."""
    interviews: dict[int, list[Turn]] = {}
    for turn in turns:
        interviews.setdefault(turn.interview_id, []).append(turn)
    entity_ids = countries()
    changes = Differences()
    for spoken in interviews.values():
        present = () if are_new else Mention.objects.filter(turn__in=spoken)
        in_order = sorted(spoken, key=lambda turn: turn.position)
        compare(in_order, tags or tags_of(in_order), present, entity_ids, changes)
    return changes


def countries() -> dict[str, int]:
    """Return {ISO code: key of the entity} of every country the tagger may find; those that are missing are made."""
    entity_ids = countries_by_code()
    if default_tagger().gazetteer.countries.keys() - entity_ids.keys():
        load_authority()
        entity_ids = countries_by_code()
    return entity_ids


def tags_of(turns: list[Turn]) -> list[list[Tag]]:
    """Return the tags of each turn of one interview, in running order."""
    return default_tagger().tag([turn.text for turn in turns], language=turns[0].interview.language or "en")


def compare(
    turns: list[Turn],
    tagged: list[list[Tag]],
    present: Iterable[Mention],
    entity_ids: dict[str, int],
    changes: Differences,
) -> None:
    """Add to the changes what the tags of the turns of one interview need beyond the mentions that are present."""
    present = {identity(mention): mention for mention in present}
    wanted = {}
    for turn, tags in zip(turns, tagged, strict=True):
        for tag in tags:
            mention = Mention(
                turn_id=turn.pk,
                entity_id=entity_ids[tag.key],
                start=tag.start,
                end=tag.end,
                surface=tag.surface,
                occurrence=occurrence_at(turn.text, tag.surface, tag.start),
                level=tag.level,
                confidence=tag.confidence,
                tagger_version=TAGGER_VERSION,
            )
            wanted[identity(mention)] = mention
    changes.added += [mention for key, mention in wanted.items() if key not in present]
    changes.removed += [mention for key, mention in present.items() if key not in wanted]


def identity(mention: Mention) -> tuple:
    """What makes two mentions the same; the version of the tagger that found it first stays."""
    return tuple(getattr(mention, name) for name in SAME)
