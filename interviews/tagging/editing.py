"""What curators change of an entity itself: its facts and its names. The tagger, the index and old links follow."""

from django.db import transaction

from interviews.models import Alias, Curation, Entity, FormerAddress, Turn

from .creating import check_name
from .deciding import tell_index
from .history import mark_undone, record
from .names import forget
from .retagging import find_elsewhere

FACTS = ("name", "slug", "iso_code", "wikidata", "country_id", "note", "verified")
# What search documents hold of every entity; of those who speak or ask their names too.
SHOWN = {"slug", "iso_code", "country_id"}
VOICES = (Entity.Kind.PERSON, Entity.Kind.OUTLET)
ALIAS = ("text", "language", "kind")


@transaction.atomic
def edit(entity: Entity, *, by, reason: str = "", **facts) -> None:
    """Change facts of an entity, of `FACTS`; its former name goes on meaning it, its former address leads to it.

    Raises NotAnEntityError where the name cannot be one.
    """
    check_name(facts.get("name", ""))
    former = Entity.objects.select_for_update().get(pk=entity.pk)
    for name, value in facts.items():
        setattr(entity, name, value)
    entity.save()
    follow_edit(former, entity, by=by, reason=reason)


@transaction.atomic
def follow_edit(former: Entity, entity: Entity, *, by, reason: str = "") -> None:
    """Do what follows a change of an entity that was just written; `former` is the row as it was."""
    changed = {name: [getattr(former, name), getattr(entity, name)] for name in FACTS}
    changed = {name: values for name, values in changed.items() if values[0] != values[1]}
    if not changed:
        return
    is_new_name = "name" in changed and is_new_to_the_tagger(entity)
    if "name" in changed:
        names = {"text": former.name, "language": ""}
        entity.aliases.get_or_create(**names, defaults={"kind": Alias.Kind.FORMER})
    if "slug" in changed:
        move_address(former, entity)
    forget()
    before, after = ({name: values[place] for name, values in changed.items()} for place in (0, 1))
    detail = {"changed": list(changed), "before": before, "after": after}
    record(Curation.Act.EDIT, by=by, reason=reason, entity=entity, detail=detail)
    if changed.keys() & SHOWN or ("name" in changed and entity.kind in VOICES):
        tell_index(set(Turn.objects.naming([entity.pk])))
    if entity.verified and (is_new_name or "verified" in changed):
        find_elsewhere([entity.name])


def is_new_to_the_tagger(entity: Entity) -> bool:
    """Whether the name of an entity was none of its other names yet. By a person's name goes the surname too."""
    known = entity.aliases.filter(text=entity.name, language__in=["", "en"])
    return entity.kind == Entity.Kind.PERSON or not known.exists()


def move_address(former: Entity, entity: Entity) -> None:
    """Let the former address of an entity lead to its present one for ever."""
    FormerAddress.objects.filter(path=entity.get_absolute_url(), entity=entity).delete()
    FormerAddress.objects.update_or_create(path=former.get_absolute_url(), defaults={"entity": entity})


@transaction.atomic
def add_alias(entity: Entity, *, text: str, by, language: str = "", kind: str = Alias.Kind.NAME, reason: str = ""):
    """Give an entity another name, by which the tagger finds it from now on, and return the alias.

    Raises NotAnEntityError where that cannot be a name.
    """
    check_name(text)
    alias, is_new = entity.aliases.get_or_create(text=text, language=language, defaults={"kind": kind})
    if is_new:
        follow_names(entity, by=by, reason=reason, added=[alias])
    return alias


@transaction.atomic
def remove_alias(alias: Alias, *, by, reason: str = "") -> None:
    """Take a name away. One that the data files say does not come back with them."""
    alias.delete()
    follow_names(alias.entity, by=by, reason=reason, removed=[alias])


@transaction.atomic
def follow_names(entity: Entity, *, by, reason: str = "", added: list[Alias] = (), removed: list[Alias] = ()) -> None:
    """Do what follows names that were just given to an entity, or taken away."""
    forget()
    changed = [f"+ {alias.text}" for alias in added] + [f"- {alias.text}" for alias in removed]
    detail = {"changed": changed, "added": list(map(as_kept, added)), "removed": list(map(as_kept, removed))}
    record(Curation.Act.ALIAS, by=by, reason=reason, entity=entity, detail=detail)
    if entity.verified:
        find_elsewhere([alias.text for alias in (*added, *removed)])


def as_kept(alias: Alias) -> dict:
    return {name: getattr(alias, name) for name in ALIAS}


@transaction.atomic
def undo_edit(curation: Curation, *, by, reason: str = "") -> None:
    """Let the facts be as before an act, but for those that were changed since. Raises AlreadyUndoneError."""
    mark_undone(curation, by=by)
    entity = curation.entity
    after = curation.detail["after"]
    back = {name: value for name, value in curation.detail["before"].items() if getattr(entity, name) == after[name]}
    edit(entity, by=by, reason=reason, **back)


@transaction.atomic
def undo_names(curation: Curation, *, by, reason: str = "") -> None:
    """Take away the names that an act gave, and give those back that it took. Raises AlreadyUndoneError."""
    mark_undone(curation, by=by)
    for kept in curation.detail["added"]:
        for alias in curation.entity.aliases.filter(text=kept["text"], language=kept["language"]):
            remove_alias(alias, by=by, reason=reason)
    for kept in curation.detail["removed"]:
        add_alias(curation.entity, by=by, reason=reason, **kept)
