"""Who says that words speak of an entity vouches for it: it is no longer only a label or a pattern that knows it."""

from collections.abc import Iterable

from django.db import transaction
from django.db.models import Q

from interviews.models import Curation, Decision, Entity
from interviews.search.index.upkeep import beside

from .names import forget
from .retagging import interviews_holding, retag_and_tell


def vouch_for(keys: Iterable[int]) -> list[int]:
    """Vouch for those of these entities for which nobody does, and return their keys.

    The texts that name them are tagged anew beside what follows. A person known by a single word stays as found: it
    would be looked for in all texts, and mean somebody else there.
    """
    unknown = Entity.objects.filter(pk__in=set(keys), verified=False, merged_into=None)
    return set_verified([each for each in unknown if each.kind != Entity.Kind.PERSON or " " in each.name], to=True)


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
    if not keys:
        return []
    Entity.objects.filter(pk__in=keys).update(verified=to)
    forget()
    interviews = sorted({key for entity in entities for key in interviews_holding(entity.name)})
    transaction.on_commit(lambda: beside(retag_and_tell, interviews), robust=True)
    return keys
