"""What the archive vouches for, as tables: entities with their other names, and rules.

What `importing` would not take is left out and named, so that what was exported can always be imported again.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from interviews.addresses import interview_at
from interviews.cells import as_typed, harmless
from interviews.models import Alias, Entity, Interview, Rule

from .registry import LONGEST_CELL, NEVER, Known, Office, names_of, stands_in
from .sayings import kind_of
from .sheets import (
    SORT,
    Cells,
    fits,
    problems_of_entity,
    problems_of_rule,
    sorted_names,
    without_sorts,
)
from .vouching import known_to_files


@dataclass(slots=True)
class Exported:
    """Rows by column, and the names of what no table can hold."""

    entities: list[Cells] = field(default_factory=list)
    rules: list[Cells] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)


def exported() -> Exported:
    """Return all that somebody vouches for; of countries, which have a file of their own, what curators called them."""
    found = Exported()
    names = names_by_entity()
    known = known_to_files()
    entities = Entity.objects.live().filter(verified=True).select_related("country").order_by("kind", "slug")
    for entity in entities.iterator():
        if entity.kind == Entity.Kind.COUNTRY and entity.pk not in names:
            continue
        row = row_of(entity, names.get(entity.pk, ()), known.get((entity.kind, entity.key)), found.left_out)
        keep(row, found.entities, found.left_out, str(entity), problems_as_read)
    for rule in Rule.objects.select_related("interview", "speaker", "entity").order_by("surface", "pk"):
        problems_of = problems_of_rule if is_found(rule) else lambda row: [row["interview"]]
        keep(row_of_rule(rule), found.rules, found.left_out, str(rule), problems_of)
    return found


def keep(row: Cells, rows: list[Cells], left_out: list[str], name: str, problems_of) -> None:
    """Take a row, unless reading it would refuse it or give something else."""
    same = all(cell == as_typed(harmless(cell)) and cell == cell.strip(" ") for cell in row.values())
    if same and not any(problems_of(row)):
        rows.append(row)
    else:
        left_out.append(name)


def problems_as_read(row: Cells) -> Iterator[str]:
    """Return what importing would find wrong with a row."""
    cells, _ = without_sorts(row)
    return problems_of_entity(cells)


def names_by_entity() -> dict[int, list[Alias]]:
    """Return the other names of each entity; of countries only those that curators gave."""
    names = defaultdict(list)
    of_files = {"entity__kind": Entity.Kind.COUNTRY, "origin": Alias.Origin.DATA}
    for alias in Alias.objects.filter(entity__merged_into=None).exclude(**of_files).order_by("language", "text"):
        names[alias.entity_id].append(alias)
    return names


def row_of(entity: Entity, names: Iterable[Alias], known: Known | None, left_out: list[str]) -> Cells:
    is_country = entity.kind == Entity.Kind.COUNTRY
    home = entity if is_country else entity.country
    row = {
        "kind": entity.kind,
        "name": " ".join(entity.name.split()),
        "slug": entity.slug,
        "wikidata": entity.wikidata,
        "country": home.iso_code if home else "",
        "aliases": cell_of_names(entity, names, left_out),
        "alone": "",
        "offices": "; ".join(map(period_of, known.offices)) if known else "",
        "note": " ".join(entity.note.split()),
    }
    return row | {"alone": alone_of(known, row) if known and entity.kind == Entity.Kind.PERSON else ""}


def cell_of_names(entity: Entity, names: Iterable[Alias], left_out: list[str]) -> str:
    parts, length, told = [], 0, set()
    for alias in names:
        name = alias.language or "en", alias.text
        part = part_of(*name, alias.kind)
        length += len(part) + 2
        # A semicolon, a language of the reader's own making: read again it would be another name.
        is_same = [read for read, _ in sorted_names(part)] == [name]
        if not is_same or not fits(part) or length > LONGEST_CELL:
            left_out.append(f"“{alias.text:.60}”, a name of {entity}")
        elif name not in told:
            told.add(name)
            parts.append(part)
    return "; ".join(parts)


def part_of(language: str, text: str, kind: str) -> str:
    """Return a name as the column of aliases has it: its language before a colon, unless English.

    Before that its sort, where importing would not think of it by itself.
    """
    is_plain = sorted_names(text) == [(("en", text), "")]
    name = text if language == "en" and is_plain else f"{language}:{text}"
    return f"{kind}:{name}" if kind != kind_of(text) or SORT.match(name) else name


def period_of(office: Office) -> str:
    return f"{office.title} {office.since}..{office.until}" if office.since or office.until else office.title


def alone_of(known: Known, row: Cells) -> str:
    """Return what of a person's name may stand alone, as the data files say it; “” where the name is another now."""
    if known.alone and known.surname == row["name"].split()[-1]:
        return ""
    held = any(stands_in(known.surname, form) for _, form in names_of(row))
    return ("" if known.alone else NEVER) + known.surname if held else ""


def row_of_rule(rule: Rule) -> Cells:
    return {
        "surface": rule.surface,
        "interview": address_of(rule.interview) if rule.interview else "",
        "speaker": rule.speaker.slug if rule.speaker else "",
        "verdict": rule.verdict,
        "entity": f"{rule.entity.kind}:{rule.entity.slug}" if rule.entity else "",
        "reason": " ".join(rule.reason.split()),
    }


def address_of(interview: Interview) -> str:
    """Return the address of an interview; of an undated draft its slug, by which `interview_at` finds it too."""
    return interview.get_absolute_url() if interview.dated else interview.slug


def is_found(rule: Rule) -> bool:
    """Whether the interview of a rule is found by what the table says of it."""
    return rule.interview is None or interview_at(address_of(rule.interview)) == rule.interview
