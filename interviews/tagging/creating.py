"""Entities that curators make of some words of a turn, and how one is taken back."""

from django.db import transaction

from interviews.models import Curation, Decision, Entity, FormerAddress, Turn

from .authority import find, free_slug, taken_slugs
from .deciding import confirm, tell_index
from .history import mark_undone, record
from .names import forget
from .places import occurrence_at
from .registry import problems_of_text
from .retagging import find_elsewhere, interviews_mentioning, retag_soon

LONGEST = 300
# What refers to an entity that is in use; mentions come and go with the tagger.
USES = (
    "decisions",
    "decisions_as_replacement",
    "rules",
    "rules_for_speaker",
    "participations",
    "participations_of_outlet",
    "interviews_of_outlet",
    "entities_of_country",
    "merged_from",
)


class NotAnEntityError(ValueError):
    """Of these words no entity can be made; the message says why."""


class KnownAlreadyError(NotAnEntityError):
    """There is such an entity: `entity`."""

    def __init__(self, entity: Entity):
        super().__init__(f"“{entity}” is known already ({entity.get_kind_display().lower()}); confirm it instead.")
        self.entity = entity


class InUseError(ValueError):
    """An entity to which more refers than its creation cannot be taken back."""


@transaction.atomic
def create(*, turn: Turn, start: int, end: int, kind: str, by, name: str = "", reason: str = "", **facts) -> Entity:
    """Make an entity of text[start:end] of a turn, confirm it there, and let the tagger find it wherever it is named.

    `name`: what it is called, unless these very words; `facts`: other fields, such as wikidata, country, note. Its
    interview and a few others follow at once, the rest in a thread after the commit. Raises NotAnEntityError.
    """
    surface = turn.text[start:end]
    name = " ".join((name or surface).split())
    check(surface, kind, name)
    check_facts(**facts)
    slug = free_slug(name, taken_slugs(kind))
    entity = Entity(kind=kind, name=name, slug=slug, verified=True, **facts)
    entity.save()
    forget()
    occurrence = occurrence_at(turn.text, surface, start)
    decision = confirm(turn=turn, entity=entity, surface=surface, occurrence=occurrence, by=by, reason=reason)
    detail = {"name": name, "decision": decision.pk, "start": start, "end": end}
    record(Curation.Act.CREATE, by=by, reason=reason, entity=entity, turn=turn, detail=detail)
    find_elsewhere([name], first=turn.interview_id)
    return entity


def check(surface: str, kind: str, name: str) -> None:
    if not surface.strip() or surface != surface.strip() or "\n" in surface or len(surface) > LONGEST:
        raise NotAnEntityError("Select some words of one paragraph, without the spaces around them.")
    if kind not in Entity.Kind.values or kind == Entity.Kind.COUNTRY:
        raise NotAnEntityError("An entity is a person, outlet, organisation, place, document or event.")
    check_name(name)
    if known := find(kind, name):
        raise KnownAlreadyError(known)


def check_name(name: str) -> None:
    """Raise NotAnEntityError where a name is too long, or holds markup or what nobody can see."""
    for problem in problems_of_text({"name": name}):
        raise NotAnEntityError(f"The {problem}")


def check_facts(*, note: str = "", wikidata: str = "", **_) -> None:
    """Raise NotAnEntityError where a note is none that a table may hold, or an identifier is that of another entity."""
    for problem in problems_of_text({"note": note}):
        raise NotAnEntityError(f"The {problem}")
    if wikidata and (known := Entity.objects.live().filter(wikidata=wikidata).first()):
        raise KnownAlreadyError(known)


@transaction.atomic
def undo_creation(curation: Curation, *, by, reason: str = "") -> None:
    """Remove the entity that an act made. Raises InUseError where more refers to it, AlreadyUndoneError."""
    mark_undone(curation, by=by)
    entity = curation.entity
    if entity is None:
        return
    Decision.objects.filter(pk=curation.detail.get("decision")).delete()
    remove(entity, by=by, reason=reason or "taken back")


@transaction.atomic
def remove(entity: Entity, *, by, reason: str = "") -> None:
    """Remove an entity to which nothing refers but mentions; its address says so for ever. Raises InUseError."""
    if used := [name for name in USES if getattr(entity, name).exists()]:
        raise InUseError(f"“{entity}” is in use ({', '.join(used).replace('_', ' ')}).")
    turns = Turn.objects.naming([entity.pk])
    interviews = interviews_mentioning(entity)
    facts = {"entity": None, "gone_reason": gone(entity)}
    FormerAddress.objects.filter(entity=entity).update(**facts)
    FormerAddress.objects.update_or_create(path=entity.get_absolute_url(), defaults=facts)
    record(Curation.Act.UNDO, by=by, reason=reason, detail={"removed": entity.name, "kind": entity.kind})
    entity.delete()
    forget()
    tell_index(set(turns))
    retag_soon(interviews)


def gone(entity: Entity) -> str:
    """Return what the former address of a removed entity says."""
    return f"“{entity}” was removed: nothing in the archive referred to it."
