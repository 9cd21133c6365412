"""Which entities of the archive may be one and the same, but for those that curators told apart."""

from collections import defaultdict

from django.db import transaction

from interviews.models import Alias, Curation, Entity

from .duplicates import Candidate, Pair, Suggestion, suggestions
from .history import mark_undone, record


def possible_duplicates() -> list[Suggestion]:
    """Return the pairs of entities that may be one, the likeliest first."""
    told = told_apart()
    return [suggestion for suggestion in suggestions(candidates()) if suggestion.pair not in told]


def candidates() -> list[Candidate]:
    """Return what is compared of the entities that were not merged; countries are known all."""
    names = defaultdict(list)
    for key, text in Alias.objects.filter(entity__merged_into=None).values_list("entity", "text").order_by("pk"):
        names[key].append(text)
    fields = ("pk", "kind", "name", "wikidata", "country", "key")
    entities = Entity.objects.live().exclude(kind=Entity.Kind.COUNTRY).order_by("pk").values_list(*fields)
    return [
        Candidate(pk, kind, (name, *names.get(pk, ())), wikidata, country, bool(key))
        for pk, kind, name, wikidata, country, key in entities.iterator()
    ]


def told_apart() -> set[Pair]:
    """Return the pairs of which a curator said that they are two."""
    acts = Curation.objects.filter(act=Curation.Act.DIFFER, undone_at=None, entity__isnull=False, other__isnull=False)
    return {(min(pair), max(pair)) for pair in acts.values_list("entity", "other")}


@transaction.atomic
def tell_apart(*, one: Entity, other: Entity, by, reason: str = "") -> Curation:
    """Remember that two entities are two; they are suggested no more. Raises ValueError where they are one."""
    if one.pk == other.pk:
        raise ValueError("This is one and the same entry.")
    return record(Curation.Act.DIFFER, by=by, reason=reason, entity=one, other=other)


@transaction.atomic
def undo_difference(curation: Curation, *, by, reason: str = "") -> None:
    """Let two entities be suggested again. Raises AlreadyUndoneError."""
    mark_undone(curation, by=by)
    about = {"entity": curation.entity, "other": curation.other}
    record(Curation.Act.UNDO, by=by, reason=reason, detail={"of": curation.pk}, **about)
