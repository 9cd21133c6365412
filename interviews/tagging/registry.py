"""Persons, organisations, places, documents and events that the tagger knows: tables that a person edits.

One form of row serves the data files and what curators import and export; `data/README.md` tells what the
columns mean. Everything is checked whenever it is loaded, and every fault is told with its file, line and mend.
"""

import csv
import functools
import io
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from .gazetteer import DATA, GazetteerError, load_gazetteer, read_text
from .words import fold, words_of

FILES = {
    "people.csv": "person",
    "organisations.csv": "organisation",
    "places.csv": "place",
    "documents.csv": "document",
    "events.csv": "event",
}
KINDS = tuple(FILES.values())
COLUMNS = ("kind", "name", "slug", "wikidata", "country", "aliases", "alone", "offices", "note")
AMBIGUOUS_FILE = "ambiguous.csv"
AMBIGUOUS_COLUMNS = ("language", "form", "candidates")
COUNTRY = "country"
NEVER = "-"  # before `alone`: it stands with a title only; as a candidate: none of them
LONGEST = 300
LONGEST_CELL = 4000
MOST_TOLD = 20

SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
WIKIDATA = re.compile(r"Q[1-9][0-9]{0,11}")
COUNTRY_CODE = re.compile(r"[A-Z]{2}")
LANGUAGE = re.compile(r"([a-z]{2}): ?")
NO_NAME = re.compile(r"(?:[a-z]{2}:)?[\W_]*")
OFFICE = re.compile(r"(\S.*?)(?: ([0-9-]*)\.\.([0-9-]*))?")
MOMENT = re.compile(r"1[0-9]{3}|20[0-9]{2}|(?:1[0-9]{3}|20[0-9]{2})-(?:0[1-9]|1[0-2])")
# Controls, halves of characters, characters without a meaning of their own and marks that no reader sees; the joiners
# of Persian and Indian scripts are letters there.
UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\xad\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ud800-\uf8ff\ufeff]")
MARKUP = re.compile(r"[<>]|&(?:amp|apos|gt|lt|nbsp|quot|#x?[0-9A-Fa-f]{1,7});")


@dataclass(frozen=True, slots=True)
class Office:
    """An office held `since`..`until`, both included: “2009” or “2009-02”; “” where open or unknown."""

    title: str
    since: str
    until: str


@dataclass(frozen=True, slots=True)
class Known:
    """One entity. `key`: the slug, stable for ever; `names`: (language, form), the English name first.

    `surname`: the part of a person's name that stands after a title; `alone`: the part that may stand alone, “” if
    none may. `country`: ISO code of the state a person represents, a place lies in or an organisation belongs to,
    “” if none; `wikidata`: “” where not known.
    """

    kind: str
    key: str
    name: str
    names: tuple[tuple[str, str], ...]
    surname: str
    alone: str
    country: str
    wikidata: str
    offices: tuple[Office, ...]
    note: str


@dataclass(frozen=True, slots=True)
class Registry:
    """All entities of the data files; `ambiguous`: (language, form) -> (kind, key) of each candidate, the likeliest
    first; None where the form may mean none of them.
    """

    known: tuple[Known, ...]
    ambiguous: dict[tuple[str, str], tuple[tuple[str, str] | None, ...]]


class Row(NamedTuple):
    """A row of a table at its `line`; without problems it holds the entity."""

    line: int
    known: Known | None
    problems: tuple[str, ...]


class Fault(NamedTuple):
    """What is wrong in a line of a file, and the mend."""

    path: Path
    line: int
    mend: str


@functools.cache
def load_registry(folder: Path = DATA) -> Registry:
    """Read and check the tables of a folder, once a process. Raises GazetteerError, which tells every fault."""
    faults: list[Fault] = []
    placed = list(read_files(folder, faults))
    countries = country_forms(folder)
    faults += repeats(placed) + unknown_countries(placed, countries)
    ambiguous = read_ambiguous(folder, placed, countries, faults)
    faults += rival_claims(placed, ambiguous, countries)
    if faults:
        raise as_error(faults)
    return Registry(tuple(entry.known for entry in placed), ambiguous)


def as_error(faults: list[Fault]) -> GazetteerError:
    """All faults as one error, in the order of files and lines."""
    first, *others = sorted(set(faults))
    further = [f"{fault.path.name}, line {fault.line}: {fault.mend}" for fault in others]
    if len(further) > MOST_TOLD:
        further[MOST_TOLD:] = [f"and {len(further) - MOST_TOLD} more."]
    return GazetteerError(first.path, f"line {first.line}", "\n".join([first.mend, *further]))


class Placed(NamedTuple):
    """An entity with the line of the file it stands in."""

    path: Path
    line: int
    known: Known

    @property
    def entity(self) -> tuple[str, str]:
        return self.known.kind, self.known.key

    def fault(self, mend: str) -> Fault:
        return Fault(self.path, self.line, mend)


def read_files(folder: Path, faults: list[Fault]) -> Iterator[Placed]:
    for name, kind in FILES.items():
        path = folder / name
        for row in read_rows(lines_of(path)):
            faults += [Fault(path, row.line, problem) for problem in row.problems]
            if row.known is None:
                continue
            entry = Placed(path, row.line, row.known)
            if row.known.kind != kind:
                faults.append(entry.fault(f"{row.known.kind} in the file of kind {kind}; move the row."))
            elif not row.known.key:
                faults.append(entry.fault("slug is empty; give the entity one that it keeps for ever."))
            else:
                yield entry


def lines_of(path: Path) -> Iterable[str]:
    """The lines of a table, without the byte-order mark that spreadsheets write."""
    return io.StringIO(read_text(path).removeprefix("\ufeff"), newline="")


def read_table(lines: Iterable[str], columns: tuple[str, ...]) -> Iterator[tuple[int, dict[str, str], tuple[str, ...]]]:
    """Yield (line, cells by column, problems) of every row that is not empty; a bad header is the last row."""
    reader = csv.reader(lines, strict=True)
    header: list[str] | None = None
    while True:
        try:
            cells = [cell.strip(" ") for cell in next(reader)]
        except StopIteration:
            break
        except csv.Error as error:
            yield reader.line_num, {}, (f"is no row of a CSV table ({error}); mend its quotation marks.",)
            continue
        if not any(cells):
            continue
        if header is None:
            header = cells
            if problems := problems_of_header(header, columns):
                yield reader.line_num, {}, problems
                return
        elif len(cells) != len(header):
            mend = f"has {len(cells)} cells instead of {len(header)}; mend its commas and quotation marks."
            yield reader.line_num, {}, (mend,)
        else:
            yield reader.line_num, dict(zip(header, cells, strict=True)), ()
    if header is None:
        yield 1, {}, (f"the header is missing; the first line must be {','.join(columns)}.",)


def problems_of_header(header: list[str], columns: tuple[str, ...]) -> tuple[str, ...]:
    missing = [f"the column {name} is missing; add it." for name in columns if name not in header]
    unknown = [
        f"the column {name!r:.60} is not known; mend its spelling or remove it."
        for name in header
        if name not in columns
    ]
    twice = [f"the column {name} stands twice; remove one." for name in columns if header.count(name) > 1]
    return (*missing, *unknown, *twice)


def read_rows(lines: Iterable[str]) -> Iterator[Row]:
    """Read a table of entities row by row: any number of rows takes no more memory than one.

    `lines`: text with a header of COLUMNS, in any order. A row with problems has no entity, and all its problems.
    The slug may be empty: an entity that has none yet. That two rows agree is for the caller to check.
    """
    for line, cells, broken in read_table(lines, COLUMNS):
        problems = broken or problems_of_row(cells)
        yield Row(line, None if problems else known_of(cells), problems)


def problems_of_row(cells: dict[str, str], kinds: tuple[str, ...] = KINDS) -> tuple[str, ...]:
    return (*problems_of_text(cells), *problems_of_facts(cells, kinds), *problems_of_person(cells))


def problems_of_text(cells: dict[str, str]) -> Iterator[str]:
    """What no cell may hold: what cannot be seen, markup, and more than anybody reads."""
    everything = "".join(cells.values())
    if not (UNSEEN.search(everything) or MARKUP.search(everything) or len(everything) > LONGEST):
        return
    for column, cell in cells.items():
        if unseen := UNSEEN.search(cell):
            yield f"{column} holds the hidden character U+{ord(unseen[0]):04X}; remove it."
        if markup := MARKUP.search(cell):
            yield f"{column} holds markup ({markup[0]!r:.40}); write plain text."
        longest = max(len(part) for part in cell.split("; "))
        if longest > LONGEST or len(cell) > LONGEST_CELL:
            yield f"{column} is too long; a name may have {LONGEST} characters, a cell {LONGEST_CELL}."


def problems_of_facts(cells: dict[str, str], kinds: tuple[str, ...]) -> Iterator[str]:
    kind, slug, wikidata, country = (cells[name] for name in ("kind", "slug", "wikidata", "country"))
    if kind not in kinds:
        yield f"kind {kind!r:.60} must be one of: {', '.join(kinds)}."
    if NO_NAME.fullmatch(cells["name"]):
        yield "name is empty; give the usual English name."
    if slug and (not SLUG.fullmatch(slug) or len(slug) > LONGEST):
        yield f"slug {slug!r:.60} must be small letters a-z and digits, parted by single hyphens."
    if wikidata and not WIKIDATA.fullmatch(wikidata):
        yield f"wikidata {wikidata!r:.60} is no Wikidata identifier, such as Q1065; correct it or leave it empty."
    if country and not COUNTRY_CODE.fullmatch(country):
        yield f"country {country!r:.60} must be an ISO code of two capital letters, or empty."
    empty = filter(NO_NAME.fullmatch, parts_of(cells["aliases"]))
    yield from (f"alias {alias!r:.60} is no name; remove it." for alias in empty)


def problems_of_person(cells: dict[str, str]) -> Iterator[str]:
    for column in ("alone", "offices"):
        if cells[column] and cells["kind"] != "person":
            yield f"{column} is for persons only; empty it."
    surname = cells["alone"].removeprefix(NEVER)
    if surname and not any(stands_in(surname, form) for _, form in names_of(cells)):
        yield f"alone {surname!r:.60} must be a part of the name or of an alias, after - if it needs a title."
    for office in parts_of(cells["offices"]):
        since, until = OFFICE.fullmatch(office).group(2, 3)
        moments = [moment for moment in (since, until) if moment]
        if not all(MOMENT.fullmatch(moment) for moment in moments):
            yield f"office {office!r:.80} must end with years such as 2009..2013 or 2009-02.. ; correct them."
        elif len(moments) == 2 and since > until + "-99":
            yield f"office {office!r:.80} ends before it begins; correct the years."


def stands_in(part: str, name: str) -> bool:
    return f" {' '.join(words_of(part))} " in f" {' '.join(words_of(name))} "


def parts_of(cell: str) -> list[str]:
    return [" ".join(part.split()) for part in cell.split(";") if part.strip()] if cell else []


def names_of(cells: dict[str, str]) -> list[tuple[str, str]]:
    """(language, form) of the name and of every alias, each once."""
    names = {("en", " ".join(cells["name"].split())): None}
    for alias in parts_of(cells["aliases"]):
        language = LANGUAGE.match(alias)
        names[(language[1], alias[language.end() :]) if language else ("en", alias)] = None
    return list(names)


def known_of(cells: dict[str, str]) -> Known:
    names = tuple(names_of(cells))
    surname = cells["alone"].removeprefix(NEVER)
    if cells["kind"] == "person" and not surname:
        surname = names[0][1].split()[-1]
    offices = (OFFICE.fullmatch(office) for office in parts_of(cells["offices"]))
    return Known(
        kind=cells["kind"],
        key=cells["slug"],
        name=names[0][1],
        names=names,
        surname=surname,
        alone="" if cells["alone"].startswith(NEVER) else surname,
        country=cells["country"],
        wikidata=cells["wikidata"],
        offices=tuple(Office(found[1], found[2] or "", found[3] or "") for found in offices),
        note=cells["note"],
    )


def repeats(placed: list[Placed]) -> list[Fault]:
    """Slugs that two entities of a kind bear, and Wikidata identifiers that any two bear."""
    faults, seen = [], {}
    for entry in placed:
        for label, value in (("slug", entry.entity), ("wikidata", entry.known.wikidata)):
            first = seen.setdefault((label, value), entry) if value else entry
            if first is not entry:
                shown = value if label == "wikidata" else value[1]
                where = f"line {first.line} of {first.path.name}"
                faults.append(
                    entry.fault(f"{label} {shown} is already that of “{first.known.name}”, {where}; correct one.")
                )
    return faults


Form = tuple[str, str]  # (language, form)
Entity = tuple[str, str]  # (kind, key)


def country_forms(folder: Path) -> dict[Form, Entity]:
    """The names and demonyms of countries, and under ("", code) each country itself."""
    forms = {}
    for code, country in load_gazetteer(folder).countries.items():
        forms["", code] = (COUNTRY, code)
        for language in {*country.i18n, *country.i18n_names, *country.i18n_demonyms}:
            for form in country.names_in(language) + country.demonyms_in(language):
                forms[language, fold(form)] = (COUNTRY, code)
    return forms


def unknown_countries(placed: list[Placed], countries: dict[Form, Entity]) -> list[Fault]:
    return [
        entry.fault(f"country {entry.known.country} is not in countries.json; correct it.")
        for entry in placed
        if entry.known.country and ("", entry.known.country) not in countries
    ]


def read_ambiguous(
    folder: Path, placed: list[Placed], countries: dict[Form, Entity], faults: list[Fault]
) -> dict[Form, tuple[Entity | None, ...]]:
    path = folder / AMBIGUOUS_FILE
    entities = {entry.entity for entry in placed} | set(countries.values())
    # Whom a table with faults names is not known before it is mended.
    faulty = {kind for name, kind in FILES.items() if any(fault.path.name == name for fault in faults)}
    ambiguous: dict[Form, tuple[Entity | None, ...]] = {}
    for line, cells, broken in read_table(lines_of(path), AMBIGUOUS_COLUMNS):
        problems = list(broken)
        if not broken:
            form = cells["language"], cells["form"]
            candidates = parts_of(cells["candidates"])
            problems += problems_of_ambiguous(form, candidates, entities, faulty)
            if form in ambiguous:
                problems.append(f"“{form[1]}” stands twice; merge the two rows.")
            ambiguous[form] = tuple(None if name == NEVER else tuple(name.split(":", 1)) for name in candidates)
        faults += [Fault(path, line, problem) for problem in problems]
    return ambiguous


def problems_of_ambiguous(form: Form, candidates: list[str], entities: set[Entity], faulty: set[str]) -> Iterator[str]:
    if not re.fullmatch("[a-z]{2}", form[0]):
        yield f"language {form[0]!r:.60} must be a code of two small letters, such as en."
    if NO_NAME.fullmatch(form[1]):
        yield "form is empty; give the ambiguous name."
    yield from problems_of_text(dict(zip(AMBIGUOUS_COLUMNS, (*form, "; ".join(candidates)), strict=True)))
    if len(set(candidates)) < 2:
        yield f"“{form[1]}” needs two different candidates at least; - is none of them."
    for name in candidates:
        if name != NEVER and name.partition(":")[0] not in faulty and tuple(name.split(":", 1)) not in entities:
            yield f"the candidate {name!r:.80} is not known; write kind:slug of a row, country:CODE or -."


def rival_claims(
    placed: list[Placed], ambiguous: dict[Form, tuple[Entity | None, ...]], countries: dict[Form, Entity]
) -> list[Fault]:
    """Forms that two entities claim without being declared, or that are declared without one of their owners."""
    declared = {(language, fold(form)): owners for (language, form), owners in ambiguous.items()}
    claims: dict[Form, list[Placed]] = defaultdict(list)
    for entry in placed:
        for language, form in entry.known.names:
            claims[language, fold(form)].append(entry)
    faults = []
    for form, owners in claims.items():
        if form in declared:
            missing = [owner for owner in owners if owner.entity not in declared[form]]
            faults += [owner.fault(mend_declared(form[1], owner)) for owner in missing]
        elif form in countries:
            faults += [owner.fault(mend_rival(form[1], f"the country {countries[form][1]}")) for owner in owners]
        elif len(owners) > 1 and len({owner.entity for owner in owners}) > 1:
            rival = f"“{owners[0].known.name}”, line {owners[0].line} of {owners[0].path.name}"
            faults += [owner.fault(mend_rival(form[1], rival)) for owner in owners[1:]]
    return faults


def mend_declared(form: str, owner: Placed) -> str:
    return f"“{form}” is in {AMBIGUOUS_FILE} without {':'.join(owner.entity)}; add it there, or remove the alias here."


def mend_rival(form: str, rival: str) -> str:
    return f"“{form}” is also claimed by {rival}; declare it in {AMBIGUOUS_FILE}, or remove the alias from one."
