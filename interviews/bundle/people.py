"""What people read of a bundle: tables in CSV that a spreadsheet opens, and each interview in TEI. Nothing is restored
from them.

They hold what is published. Of a text that may not be passed on they say what it is, and why it is not there.
"""

import csv
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.conf import settings

from interviews.cells import harmless
from interviews.models import Alias, Entity, Interview, Revision, Turn
from interviews.records.turns import question_of
from interviews.tagging.batches import in_batches
from interviews.tagging.tags import tags_of
from interviews.texts import Facts, as_tei, facts_of
from interviews.texts.facts import with_office
from interviews.versions import DIGITS

from .folder import Draft
from .published import published_with_turns

ANSWERING = Turn.Kind.ANSWER, Turn.Kind.STATEMENT
Row = Iterable[str]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table: its name, what it is, and its columns with what each says."""

    name: str
    title: str
    columns: dict[str, str]

    @property
    def path(self) -> str:
        return f"people/{self.name}.csv"

    @contextmanager
    def begun(self, draft: Draft) -> Iterator[Callable[[Row], None]]:
        """Begin the file, with the mark by which spreadsheets know UTF-8 -> what adds a row to it."""
        with draft.begun(self.path) as part:
            write = csv.writer(part).writerow
            part.write("\ufeff")
            write(self.columns)
            yield lambda row: write([harmless(cell) for cell in row])


def write_for_people(draft: Draft, *, site: str) -> None:
    """Write the tables, and the interviews in TEI; their addresses begin with that of the site, if it is known."""
    with INTERVIEWS.begun(draft) as add_interview, ANSWERS.begun(draft) as add_answer:
        for interview, turns in published_with_turns():
            facts = facts_of(interview, root=site, archive=settings.ARCHIVE_NAME)
            add_interview(row_of_interview(facts))
            date = facts.date.machine
            for turn in turns:
                if turn.kind in ANSWERING and not turn.courtesy:
                    add_answer(row_of_answer(facts, turn, date))
            draft.write(tei_of(interview), [as_tei(facts, turns)])
    with ENTITIES.begun(draft) as add_entity:
        for row in rows_of_entities(site):
            add_entity(row)


def tei_of(interview: Interview) -> str:
    """Return where an interview stands in TEI: as its address has it."""
    return f"tei/{interview.dated}/{interview.slug}.xml"


def row_of_interview(facts: Facts) -> Row:
    interview = facts.interview
    return (
        interview.identifier.urn,
        facts.url,
        facts.date.machine,
        interview.title,
        interview.get_kind_display(),
        interview.language,
        interview.outlet.name if interview.outlet else "",
        "; ".join(with_office(voice) for voice in interview.voices("interviewee")),
        facts.origin,
        facts.source.sha256 if facts.source else "",
        facts.licence,
        facts.withheld,
    )


def row_of_answer(facts: Facts, turn: Turn, date: str) -> Row:
    asked = question_of(turn)
    return (
        turn.identifier.urn,
        facts.root + turn.get_absolute_url(),
        Revision.digest(turn.text)[:DIGITS],
        date,
        turn.speaker_name,
        turn.participation.office if turn.participation else "",
        turn.outlet.name if turn.outlet else "",
        asked.text if asked and not facts.withheld else "",
        "" if facts.withheld else turn.text,
        "; ".join(entity.name for entity in tags_of(turn)),
        facts.withheld,
    )


def rows_of_entities(site: str) -> Iterator[Row]:
    countries = dict(Entity.objects.of_kind(Entity.Kind.COUNTRY).values_list("pk", "name"))
    for some in in_batches(Entity.objects.live().defer("said").order_by("kind", "slug").iterator()):
        names = defaultdict(set)
        for key, name in Alias.objects.filter(entity__in=some).values_list("entity", "text"):
            names[key].add(name)
        for entity in some:
            yield (
                entity.identifier.urn,
                site + entity.address,
                entity.get_kind_display(),
                entity.name,
                "; ".join(sorted(names[entity.pk] - {entity.name})),
                entity.iso_code,
                entity.wikidata,
                countries.get(entity.country_id, ""),
                entity.note,
            )


ID = "Its name for programs, which no correction changes."
INTERVIEWS = Sheet(
    "interviews",
    "All published interviews",
    {
        "id": ID,
        "address": "Where it stands in the archive.",
        "date": "As far as it is known: 2019-12-05, 2019-12 or 2019.",
        "title": "Its heading.",
        "kind": "Interview, press conference, …",
        "language": "ISO 639-1 code.",
        "outlet": "Who asked.",
        "people": "Who answered, with the office held at the time.",
        "source_url": "Where the text was published.",
        "source_sha256": "The SHA-256 of the file that the text was read from, below sources/.",
        "licence": "On what terms the text may be used.",
        "withheld": "Why the text is not in this bundle’s tables for people; empty where it is.",
    },
)
ANSWERS = Sheet(
    "answers",
    "All answers and statements of substance in the published interviews",
    {
        "id": ID,
        "address": "Where it stands in the archive.",
        "version": "The name of these words: ?v= of the address shows them for ever.",
        "date": "Of the interview, as far as it is known.",
        "speaker": "Who says it.",
        "office": "The office held at the time.",
        "outlet": "Who asked.",
        "question": "What is answered; empty for statements.",
        "text": "The words, paragraphs parted by an empty line.",
        "about": "What is spoken of, in the order in which it is named.",
        "withheld": "Why the words are not here; empty where they are.",
    },
)
ENTITIES = Sheet(
    "entities",
    "Countries, persons, outlets, organisations, places, documents and events",
    {
        "id": ID,
        "address": "Where it stands in the archive, if the archive speaks of it.",
        "kind": "Country, person, …",
        "name": "Under which the archive knows it.",
        "other_names": "Under which texts name it too.",
        "iso_code": "Of countries: ISO 3166.",
        "wikidata": "Its item in Wikidata.",
        "country": "Which country it is of.",
        "note": "What it is.",
    },
)
SHEETS = (INTERVIEWS, ANSWERS, ENTITIES)
