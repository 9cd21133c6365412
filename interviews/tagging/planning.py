"""What a table of curators would change in the archive, and all that is wrong with it; `importing` does it.

A row of an entity adds names and facts, and changes facts; it takes nothing away, and an empty cell says nothing. A
row of a rule makes the rule. What is there already is left alone.
"""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from interviews.addresses import interview_at
from interviews.models import Alias, Entity, Rule
from interviews.wording import counted

from .archived import Address, Archived, Name, address_of, key_of
from .registry import COUNTRY_CODE, Known, known_of
from .rules import clashes
from .sheets import Cells, Entry, Sheet, Sorts

LONGEST_SLUG = 120
FACTS = ("name", "wikidata", "country", "note", "verified")
TABLES_ONLY = "belongs to the data files; leave it empty here, or as they have it."


@dataclass(slots=True)
class Change:
    """What a row does to an entity: facts that become others, field -> (before, after), and names that it gains.

    `sorts`: what the row says of the sort of a name, which the program else tells by its letters.
    """

    place: str
    entity: Entity
    is_new: bool
    facts: dict[str, tuple]
    names: list[Name]
    sorts: Sorts

    @property
    def aliases(self) -> list[Name]:
        """The names that it gains beside the one it is called by."""
        called = self.facts["name"][1] if "name" in self.facts else self.entity.name
        return [name for name in self.names if name != ("en", called)]

    @property
    def told(self) -> list[str]:
        """The change in words: “name: Ana Velt, was Anna Velt”, “also called ru:Ана Велт”."""
        told = [told_fact(name, *values) for name, values in self.facts.items() if name not in self._self_evident]
        names = [told_name(name, self.sorts.get(name, "")) for name in self.aliases]
        return told + ([f"also called {', '.join(names)}"] if names else [])

    def __str__(self):
        return "; ".join(self.told)

    @property
    def _self_evident(self) -> tuple[str, ...]:
        return ("name", "verified") if self.is_new else ()


def told_fact(name: str, before: object, after: object) -> str:
    if name == "verified":
        return "vouched for from now on"
    return f"{name}: {after}, was {before}" if before else f"{name}: {after}"


def told_name(name: Name, sort: str) -> str:
    language, text = name
    words = text if language == "en" else f"{language}:{text}"
    return f"{words} ({Alias.Kind(sort).label.lower()})" if sort else words


@dataclass(slots=True)
class Plan:
    """What an import would do. `problems`: (place, mend); with any of them it does nothing."""

    rows: int
    problems: list[tuple[str, str]] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    rules: list[tuple[str, Rule]] = field(default_factory=list)

    @property
    def new(self) -> list[Change]:
        return [change for change in self.changes if change.is_new]

    @property
    def changed(self) -> list[Change]:
        return [change for change in self.changes if not change.is_new]

    @property
    def left(self) -> int:
        """How many rows say what the archive has already."""
        return self.rows - len(self.changes) - len(self.rules)

    @property
    def told(self) -> list[str]:
        """What it does, in words."""
        rules = counted(len(self.rules), "rule")
        return [f"{len(self.new)} added", f"{len(self.changed)} changed", f"{rules} made"]

    @property
    def fingerprint(self) -> str:
        """Return what tells whether an import would still do what was shown."""
        told = [(each.place, each.entity.kind, each.entity.slug, each.is_new, str(each)) for each in self.changes]
        rules = [(place, rule.surface, rule.verdict, str(rule.entity)) for place, rule in self.rules]
        return hashlib.sha256(repr((told, rules, self.problems)).encode("utf-8", "replace")).hexdigest()


def plan(sheet: Sheet) -> Plan:
    """Return what a table would change, and all that is wrong with it; nothing is written."""
    planned = Plan(rows=len(sheet.entities) + len(sheet.rules))
    archived = Archived()
    for entry in sheet.entities:
        unknown = unknown_country(entry.cells, archived)
        take(entry, planned, unknown, lambda entry: plan_entity(entry, planned, archived))
    plan_rules(sheet.rules, planned, archived)
    return planned


class RowError(ValueError):
    """What is wrong with a row, and the mend."""


def take(entry: Entry, planned: Plan, unknown: Iterable[str], plan_row) -> None:
    """Plan a row, or note its problems: what is wrong with its cells, and what they name that is `unknown`."""
    problems = [*entry.problems, *unknown]
    if not problems:
        try:
            plan_row(entry)
        except RowError as error:
            problems = error.args
    planned.problems += [(entry.place, problem) for problem in problems]


def unknown_country(cells: Cells, archived: Archived) -> Iterator[str]:
    country = cells.get("country", "")
    is_home = cells.get("kind") != Entity.Kind.COUNTRY and COUNTRY_CODE.fullmatch(country)
    if is_home and country not in archived.countries:
        yield f"country {country} is not known; give the ISO code of a country in the archive."


def plan_entity(entry: Entry, planned: Plan, archived: Archived) -> None:
    known, place = known_of(entry.cells), entry.place
    entity = entity_meant(known, archived)
    if first := archived.taken.get(address_of(entity)):
        raise RowError(f"“{known.name}” stands in {first} already; merge the two rows.")
    check_person(entry.cells, known, entity, archived)
    names = [name for name in known.names if name not in archived.names_of(entity)]
    change = Change(place, entity, entity.pk is None, facts_of(known, entity, archived), names, entry.sorts)
    vouched = known.names if "verified" in change.facts else change.names
    if problems := [*problems_of_wikidata(change, archived), *rival_claims(entity, vouched, archived)]:
        raise RowError(*problems)
    archived.take(place, entity, known)
    if change.is_new or change.facts or change.names:
        planned.changes.append(change)


def entity_meant(known: Known, archived: Archived) -> Entity:
    """Return the entity of a row: of its slug, else of its name; a new one, not saved, where there is none."""
    if known.kind == Entity.Kind.COUNTRY:
        return country_meant(known, archived)
    if known.key and (entity := archived.by_slug.get((known.kind, known.key))):
        return entity
    if known.key and (former := archived.former(known.kind, known.key)):
        raise RowError(f"slug {known.key} {former}")
    bearers = archived.bearers(known.kind, known.name)
    of_name = [entity for entity in bearers if key_of(entity.name) == key_of(known.name)]
    if len(of_name) == 1 and not known.key:
        return of_name[0]
    if bearers and not (known.key and all(entity.verified for entity in bearers)):
        slugs = " or ".join(sorted(entity.slug for entity in bearers))
        raise RowError(f"“{known.name}” is a name of an entry already; write its slug, {slugs}.")
    return new_entity(known, archived)


def country_meant(known: Known, archived: Archived) -> Entity:
    entity = archived.countries.get(known.country) or archived.by_slug.get((known.kind, known.key))
    if entity is None:
        raise RowError("countries come from the data files; give the ISO code of one in the column country.")
    return entity


def new_entity(known: Known, archived: Archived) -> Entity:
    slug = known.key or archived.free_slug(known.kind, known.name)
    if len(slug) > LONGEST_SLUG:
        raise RowError(f"slug is too long; it may have {LONGEST_SLUG} characters.")
    return Entity(kind=known.kind, name=known.name, slug=slug)


def check_person(cells: Cells, known: Known, entity: Entity, archived: Archived) -> None:
    """Refuse what only the data files keep, where they do not say the same."""
    said = archived.said(entity)
    if cells["offices"] and (said is None or known.offices != said.offices):
        raise RowError(f"offices {TABLES_ONLY}")
    if cells["alone"] and (said is None or (known.surname, known.alone) != (said.surname, said.alone)):
        raise RowError(f"alone {TABLES_ONLY}")


def facts_of(known: Known, entity: Entity, archived: Archived) -> dict[str, tuple]:
    """Return the facts that a row changes, (before, after)."""
    home = None if known.kind == Entity.Kind.COUNTRY else archived.countries.get(known.country)
    wanted = {
        "name": known.name,
        "wikidata": known.wikidata,
        "country": home,
        "note": " ".join(known.note.split()),
        "verified": True,
    }
    present = {name: getattr(entity, name) for name in FACTS if name != "country"}
    present |= {"country": archived.by_pk.get(entity.country_id), "note": " ".join(entity.note.split())}
    present["name"] = " ".join(entity.name.split()) if entity.pk else ""
    return {name: (present[name], value) for name, value in wanted.items() if value and value != present[name]}


def problems_of_wikidata(change: Change, archived: Archived) -> Iterable[str]:
    _, wikidata = change.facts.get("wikidata", ("", ""))
    other = archived.by_wikidata.get(wikidata)
    if wikidata and other and other is not change.entity:
        yield f"wikidata {wikidata} is already that of “{other}” ({other.kind}:{other.slug}); correct one."


def rival_claims(entity: Entity, names: Iterable[Name], archived: Archived) -> Iterable[str]:
    """What is wrong with names that another entity bears, unless the data files declare them ambiguous."""
    for name in names:
        rivals = archived.rivals(entity, name)
        if rivals and not archived.is_ambiguous(name):
            rival = f"“{rivals[0]}” ({rivals[0].kind}:{rivals[0].slug})"
            yield (
                f"“{name[1]}” is also a name of {rival}; remove it here, "
                "or have it declared in ambiguous.csv of the data files."
            )


def plan_rules(entries: list[Entry], planned: Plan, archived: Archived) -> None:
    if not entries:
        return
    scopes: dict[tuple, list[Rule]] = {}
    for rule in Rule.objects.select_related("entity", "speaker"):
        scopes.setdefault(scope_of(rule), []).append(rule)
    for entry in entries:
        unknown = unknown_references(entry.cells, archived)
        take(entry, planned, unknown, lambda entry: plan_rule(entry, planned, scopes, archived))


def unknown_references(cells: Cells, archived: Archived) -> Iterator[str]:
    """What a rule names that the archive does not know."""
    if (address := cells.get("interview")) and not interview_at(address):
        yield f"interview {address!r:.120} is not known; give its address, such as /interviews/…/."
    for column in ("speaker", "entity"):
        reference = reference_in(cells, column)
        if reference.partition(":")[0] in Entity.Kind.values and referred(reference, archived) is None:
            yield f"{column} {reference!r:.120} is not known; write the slug of an entry, as its address has it."


def reference_in(cells: Cells, column: str) -> str:
    """Return whom a rule names, as kind:slug; of a speaker the cell holds the slug alone."""
    cell = cells.get(column, "")
    return f"person:{cell}" if cell and column == "speaker" else cell


def scope_of(rule: Rule) -> tuple[str, int | None, Address | None]:
    return rule.surface, rule.interview_id, rule.speaker and address_of(rule.speaker)


def plan_rule(entry: Entry, planned: Plan, scopes: dict, archived: Archived) -> None:
    rule = rule_of(entry.cells, archived)
    of_scope = scopes.setdefault(scope_of(rule), [])
    if any(same_word(rule, other) for other in of_scope):
        return
    if any(clashes(rule, other) for other in of_scope):
        raise RowError(f"there is another rule about “{rule.surface}” in this scope; remove one of the two.")
    of_scope.append(rule)
    planned.rules.append((entry.place, rule))


def rule_of(cells: Cells, archived: Archived) -> Rule:
    """Return the rule of a row, not saved; it may speak of an entity that the same file brings."""
    interview = interview_at(cells["interview"]) if cells["interview"] else None
    rule = Rule(surface=cells["surface"], interview=interview, verdict=cells["verdict"], reason=cells["reason"])
    rule.speaker, rule.entity = (referred(reference_in(cells, name), archived) for name in ("speaker", "entity"))
    return rule


def referred(reference: str, archived: Archived) -> Entity | None:
    kind, _, slug = reference.partition(":")
    return archived.by_slug.get((kind, slug))


def same_word(rule: Rule, other: Rule) -> bool:
    return rule.verdict == other.verdict and rule.entity == other.entity
