"""Between the tagger and the database: automatic mentions of turns, written as differences.

What curators decided lives in rows of its own and is never read or written here; their rules are applied.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db import transaction

from interviews.models import Entity, Interview, Mention, Participation, Turn

from .authority import established_keys, find_or_make_all, find_or_make_outlet, find_or_make_person, merged_keys
from .batches import BATCH, in_batches
from .establishing import bring_in, load_authority
from .places import occurrence_at
from .rulebook import Rulebook
from .setting import setting_of
from .tagger import COUNTS_FROM, TAGGER_VERSION, Setting, Tag, Tagger
from .vouching import tagger_of_archive

__all__ = ["differences", "find_or_make_outlet", "find_or_make_person", "load_authority", "tag_turns", "write"]
INTERVIEWS = 50
PLACE = ("turn_id", "entity_id", "start", "end")
SAID = ("surface", "occurrence", "level", "confidence", "found_with", "rule_id", "tagger_version")
SAME = (*PLACE, *SAID[:-1])

# The fields of an interview that the tagger is told of.
SETTING = {"language", "date"}

Voices = dict[int, list[Participation]]


@dataclass(slots=True)
class Differences:
    """What a run of the tagger would change: mentions to write, and mentions to take away.

    `unknown`: (interview, kind, name) of proposals that were left out, as no entity bears such a name yet.
    """

    added: list[Mention] = field(default_factory=list)
    removed: list[Mention] = field(default_factory=list)
    unknown: set[tuple[int, str, str]] = field(default_factory=set)

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


def retag_interviews(keys: Iterable[int]) -> set[int]:
    """Replace the automatic mentions of these interviews; return the keys of the turns whose mentions changed."""
    keys, changed = sorted(set(keys)), set()
    for start in range(0, len(keys), INTERVIEWS):
        turns = Turn.objects.current().filter(interview__in=keys[start : start + INTERVIEWS])
        changed |= tag_turns(turns.select_related("interview"))
    return changed


def write(changes: Differences) -> None:
    """Write the mentions that are new and delete those that no longer hold.

    One of which another thing is true by now keeps its row: a merge and a page that is open know it by its key.
    """
    places = {place_of(mention) for mention in changes.added}
    for keys in in_batches(mention.pk for mention in changes.removed if place_of(mention) not in places):
        Mention.objects.filter(pk__in=keys).delete()
    Mention.objects.bulk_create(changes.added, BATCH, update_conflicts=True, unique_fields=PLACE, update_fields=SAID)


def place_of(mention: Mention) -> tuple:
    return tuple(getattr(mention, name) for name in PLACE)


def differences(turns: Iterable[Turn], *, are_new: bool = False, tags: list[list[Tag]] | None = None) -> Differences:
    """Return what `tag_turns` would change, and change nothing but to make the entities it needs.

    The number of queries does not grow with the turns.
    """
    turns = sorted(turns, key=lambda turn: (turn.interview_id, turn.position))
    voices = voices_of(turns)
    if tags is None:
        tagger = tagger_of_archive()
        tags = [found for spoken in by_interview(turns) for found in tags_of(spoken, voices, tagger)]
    entities = entities_meant([tag for found in tags for tag in found])
    found = mentions_found(turns, tags, voices, entities)
    wanted = ruled(turns, found, voices)
    of_these = {turn.pk for turn in turns}
    interviews = {turn.interview_id for turn in turns}
    present = () if are_new else Mention.objects.filter(turn__interview__in=interviews)
    changes = compared([mention for mention in present if mention.turn_id in of_these], wanted)
    spoken = zip(turns, tags, strict=True)
    tagged = ((turn.interview_id, tag) for turn, found in spoken for tag in found)
    changes.unknown = {(key, tag.kind, tag.name) for key, tag in tagged if asked_for(tag) not in entities}
    return changes


def ruled(turns: list[Turn], found: dict[int, list[Mention]], voices: Voices) -> list[Mention]:
    """Return the mentions that turns shall have, by all rules, given those that the tagger found."""
    rules = Rulebook.of_all()
    speakers = {voice.pk: voice.person_id for spoken in voices.values() for voice in spoken}
    return [
        mention
        for turn in turns
        for mention in rules.applied(turn, found.get(turn.pk, []), speakers.get(turn.participation_id))
    ]


def compared(present: Iterable[Mention], wanted: Iterable[Mention]) -> Differences:
    """Return what is wanted and not present, and what is present and not wanted."""
    present = {identity(mention): mention for mention in present}
    wanted = {identity(mention): mention for mention in wanted}
    return Differences(
        added=[mention for key, mention in wanted.items() if key not in present],
        removed=[mention for key, mention in present.items() if key not in wanted],
    )


def identity(mention: Mention) -> tuple:
    """What makes two mentions the same; the version of the tagger that found it first stays."""
    return tuple(getattr(mention, name) for name in SAME)


def by_interview(turns: Iterable[Turn]) -> list[list[Turn]]:
    """Return the turns of each interview, in their order."""
    interviews: dict[int, list[Turn]] = {}
    for turn in turns:
        interviews.setdefault(turn.interview_id, []).append(turn)
    return list(interviews.values())


def voices_of(turns: Iterable[Turn]) -> Voices:
    """Return {key of an interview: those who speak in these turns and are named}."""
    speaking = {turn.participation_id for turn in turns}
    voices = Participation.objects.filter(interview__in={turn.interview_id for turn in turns}, person__isnull=False)
    found: Voices = {}
    for voice in voices.select_related("person__country", "person__merged_into"):
        if voice.pk in speaking:
            found.setdefault(voice.interview_id, []).append(voice)
    return found


def setting_of_rows(interview: Interview, voices: Iterable[Participation]) -> Setting:
    """Return the setting of an interview that is in the archive."""
    people = [(v.person.name, v.office, code_of(v.person.country), v.person.key) for v in voices]
    return setting_of(people, day=interview.date, language=interview.language)


def code_of(country: Entity | None) -> str:
    return country.iso_code if country else ""


def tags_of(turns: list[Turn], voices: Voices, tagger: Tagger) -> list[list[Tag]]:
    """Return the tags of each turn of one interview, in running order."""
    interview = turns[0].interview
    setting = setting_of_rows(interview, voices.get(interview.pk, ()))
    return tagger.tag([turn.text for turn in turns], setting=setting)


def mentions_found(
    turns: list[Turn], tags: list[list[Tag]], voices: Voices, entities: dict[tuple[str, str, bool], int]
) -> dict[int, list[Mention]]:
    """Return {key of a turn: mentions} of what was found there and is an entity, or becomes one here."""
    merged = merged_keys()
    mentions: dict[int, list[Mention]] = {}
    for turn, found in zip(turns, tags, strict=True):
        present = {f"@{voice.person.name}": voice.person_id for voice in voices.get(turn.interview_id, ())}
        surest: dict[tuple[int, int, int], Mention] = {}
        for tag in sorted(found, key=lambda tag: tag.confidence):
            if entity := present.get(tag.key) or entities.get(asked_for(tag)):
                entity = merged.get(entity, entity)
                surest[entity, tag.start, tag.end] = mention_of(turn, tag, entity)
        mentions[turn.pk] = list(surest.values())
    return mentions


def mention_of(turn: Turn, tag: Tag, entity: int) -> Mention:
    return Mention(
        turn_id=turn.pk,
        entity_id=entity,
        start=tag.start,
        end=tag.end,
        surface=tag.surface,
        occurrence=occurrence_at(turn.text, tag.surface, tag.start),
        level=tag.level,
        confidence=tag.confidence,
        found_with=tag.confidence,
        tagger_version=TAGGER_VERSION,
    )


def asked_for(tag: Tag) -> tuple[str, str, bool]:
    """What a tag says of its entity: kind and key, or, where nothing knows it yet (True), kind and name."""
    is_unknown = not tag.key or tag.key.startswith("@")
    return tag.kind, tag.name if is_unknown else tag.key, is_unknown


def entities_meant(tags: list[Tag]) -> dict[tuple[str, str, bool], int]:
    """Return the keys of the entities that tags speak of; what nobody knows is made where a tag of it counts."""
    entities = {(*key, False): pk for key, pk in known_keys(tags).items()}
    own = [tag for tag in tags if tag.key.startswith("#")]
    entities |= {(tag.kind, tag.key, False): int(tag.key[1:]) for tag in own}
    unknown: dict[tuple[str, str], bool] = {}
    for tag in tags:
        *named, is_unknown = asked_for(tag)
        if is_unknown:
            unknown[tuple(named)] = unknown.get(tuple(named), False) or tag.confidence >= COUNTS_FROM
    if unknown:
        entities |= {(*named, True): pk for named, pk in find_or_make_all(unknown).items()}
    return entities


def known_keys(tags: list[Tag]) -> dict[tuple[str, str], int]:
    """Return the keys of the entities of the data files; where a tag names one that is missing, they are loaded."""
    established = established_keys()
    if any((tag.kind, tag.key) not in established for tag in tags if tag.key[:1] not in ("", "#", "@")):
        bring_in()
        established = established_keys()
    return established
