"""Who says that words speak of an entity vouches for it: it is no longer only a label or a pattern that knows it."""

from collections.abc import Iterable

from django.db.models import Q

from interviews.models import Curation, Decision, Entity

from .cues import load_people
from .names import forget


def vouch_for(keys: Iterable[int]) -> list[int]:
    """Vouch for those of these entities for which nobody does, and return their keys.

    Texts that are tagged from now on are looked through for them; to tag others anew would keep who decides waiting.
    A person known by the surname alone stays as found: elsewhere it would mean somebody else.
    """
    unknown = Entity.objects.filter(pk__in=set(keys), verified=False, merged_into=None)
    return set_verified([entity for entity in unknown if not is_surname(entity)], to=True)


def is_surname(entity: Entity) -> bool:
    """Whether an entity is a person known by one word, or one with particles: “Velt”, “Di Maio”."""
    words = [word for word in entity.name.split() if word not in load_people().particles]
    return entity.kind == Entity.Kind.PERSON and len(words) < 2


def no_longer_vouch_for(curation: Curation) -> None:
    """Take back that an act vouched for entities, unless somebody confirmed or changed them since."""
    keys = curation.detail.get("vouched", [])
    if not keys:
        return
    confirmed = Decision.objects.filter(verdict=Decision.Verdict.CONFIRM).values("entity")
    meant = Decision.objects.exclude(replacement=None).values("replacement")
    idle = Entity.objects.filter(pk__in=keys, verified=True).exclude(Q(pk__in=confirmed) | Q(pk__in=meant))
    later = Curation.objects.filter(pk__gt=curation.pk, undone_at=None)
    later = later.exclude(act__in=[Curation.Act.UNDO, Curation.Act.DECIDE, Curation.Act.CONTEST])
    changed = {key for pair in later.values_list("entity", "other") for key in pair}
    set_verified([each for each in idle if each.pk not in changed], to=False)


def set_verified(entities: list[Entity], *, to: bool) -> list[int]:
    keys = [entity.pk for entity in entities]
    if keys:
        Entity.objects.filter(pk__in=keys).update(verified=to)
        forget()
    return keys
