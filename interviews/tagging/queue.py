"""What the tagger was not sure of, for curators to look at: the most valuable first.

Mentions of the same words for the same entity stand together. First come the groups in which most is in doubt: many
mentions, near the threshold from which a mention counts; of equal ones those of the newest interviews.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from django.db.models import Case, Count, F, IntegerField, Max, Q, QuerySet, Sum, Value, When
from django.db.models.functions import Abs

from interviews.models import Alias, Entity, Mention

from .near import near_names
from .tagger import COUNTS_FROM, SURE_FROM

FLOOR = 10  # below, the tagger as good as rules a meaning out
ON_A_PAGE = 20
CANDIDATES = 6

# 100 at the threshold, less the farther from it.
DOUBT = Value(100) - Abs(F("confidence") - COUNTS_FROM, output_field=IntegerField()) * 2
# Squared, so that a dozen that are nearly sure do not come before one that is not.
WORTH = DOUBT * DOUBT


class Group(NamedTuple):
    """Mentions of the same words for the same entity that wait."""

    surface: str
    entity_id: int
    count: int


@dataclass(frozen=True, slots=True)
class Waiting:
    """A page of the queue. `candidates`: {key of a mention: entities that its words may mean as well}."""

    mentions: list[Mention]
    candidates: dict[int, list[Entity]]
    sizes: dict[tuple[str, int], int]
    total: int
    number: int
    pages: int


def pending() -> QuerySet[Mention]:
    """Return the mentions that a curator should look at: uncertain, and settled by no decision and no rule."""
    return undecided().filter(confidence__lt=SURE_FROM)


def undecided() -> QuerySet[Mention]:
    """Return the mentions that no decision and no rule has settled, also those of which the tagger is sure."""
    found = Mention.objects.filter(confidence__gte=FLOOR, rule=None)
    current = found.filter(turn__status="current").exclude(turn__interview__status="withdrawn")
    return current.undecided().unsettled()


def groups_of(mentions: QuerySet[Mention]) -> list[Group]:
    """Return the groups of some mentions, the most valuable first."""
    grouped = mentions.order_by().values("surface", "entity_id")
    valued = grouped.annotate(count=Count("pk"), worth=Sum(WORTH), newest=Max("turn__interview__date"))
    ordered = valued.order_by("-worth", F("newest").desc(nulls_last=True), "surface", "entity_id")
    return [Group(*row) for row in ordered.values_list("surface", "entity_id", "count")]


def page_of(mentions: QuerySet[Mention], number: int = 1) -> Waiting:
    """Return a page of the queue, counted from 1; the last where there are fewer. In a fixed number of queries."""
    groups = groups_of(mentions)
    total = sum(group.count for group in groups)
    pages = max(1, -(-total // ON_A_PAGE))
    number = min(max(number, 1), pages)
    shown, skipped = groups_around(groups, (number - 1) * ON_A_PAGE)
    found = fetched(mentions, shown, skipped)
    sizes = {(group.surface, group.entity_id): group.count for group in shown}
    return Waiting(found, candidates_for(found), sizes, total, number, pages)


def groups_around(groups: list[Group], first: int) -> tuple[list[Group], int]:
    """Return the groups that hold the mentions of a page, and how many of the first group stand before it."""
    before = 0
    for index, group in enumerate(groups):
        if before + group.count > first:
            return list(until_full(groups[index:], first - before + ON_A_PAGE)), first - before
        before += group.count
    return [], 0


def until_full(groups: list[Group], wanted: int) -> Iterator[Group]:
    for group in groups:
        if wanted <= 0:
            return
        yield group
        wanted -= group.count


def fetched(mentions: QuerySet[Mention], groups: list[Group], skipped: int) -> list[Mention]:
    """Return the mentions of a page, in the order of their groups, with all that is shown of them."""
    if not groups:
        return []
    same = [Q(surface=group.surface, entity=group.entity_id) for group in groups]
    place = Case(*(When(each, then=rank) for rank, each in enumerate(same)), output_field=IntegerField())
    any_of = Q()
    for each in same:
        any_of |= each
    newest = F("turn__interview__date").desc(nulls_last=True)
    ordered = mentions.filter(any_of).order_by(place, DOUBT.desc(), newest, "turn", "start")
    return list(with_context(ordered)[skipped : skipped + ON_A_PAGE])


def with_context(mentions: QuerySet[Mention]) -> QuerySet[Mention]:
    """Return mentions with what a curator needs to see of each."""
    who = ("turn__participation__person", "turn__participation__outlet")
    return mentions.select_related("entity__country", "turn__interview", *who)


def candidates_for(mentions: Iterable[Mention]) -> dict[int, list[Entity]]:
    """Return {key of a mention: what else its words may mean}.

    That is what was proposed at this place, what bears this name, and what bears nearly the same.
    """
    mentions = list(mentions)
    bearing = entities_bearing({mention.surface for mention in mentions})
    rivals, near = rivals_of(mentions), near_names(mentions)
    found = {}
    for mention in mentions:
        others = [*rivals.get(place_of(mention), ()), *bearing.get(mention.surface, ())]
        others += near.get((mention.entity.kind, mention.surface), ())
        others = dict.fromkeys(other for other in others if other.pk != mention.entity_id)
        found[mention.pk] = list(others)[:CANDIDATES]
    return found


def place_of(mention: Mention) -> tuple[int, int, int]:
    return mention.turn_id, mention.start, mention.end


def rivals_of(mentions: list[Mention]) -> dict[tuple[int, int, int], list[Entity]]:
    """Return {place: the entities that the tagger thought of there, the likeliest first}."""
    places = {place_of(mention) for mention in mentions}
    found: dict[tuple[int, int, int], list[Entity]] = {}
    near = Mention.objects.filter(turn__in={turn for turn, _, _ in places}, start__in={at for _, at, _ in places})
    for rival in near.order_by("-confidence", "pk").select_related("entity__country"):
        if place_of(rival) in places:
            found.setdefault(place_of(rival), []).append(rival.entity)
    return found


def entities_bearing(surfaces: set[str]) -> dict[str, list[Entity]]:
    """Return {words: entities with that name, that other name, or of people that surname}; verified ones first."""
    named = Q(name__in=surfaces) | Q(pk__in=Alias.objects.filter(text__in=surfaces).values("entity"))
    for surface in surfaces:
        named |= Q(kind=Entity.Kind.PERSON, name__endswith=f" {surface}")
    live = Entity.objects.live().filter(named).select_related("country").prefetch_related("aliases")
    found: dict[str, list[Entity]] = {}
    for entity in live.order_by("-verified", "name", "pk"):
        names = {entity.name, *(alias.text for alias in entity.aliases.all())}
        is_person = entity.kind == Entity.Kind.PERSON
        for surface in surfaces:
            if surface in names or (is_person and entity.name.endswith(f" {surface}")):
                found.setdefault(surface, []).append(entity)
    return found
