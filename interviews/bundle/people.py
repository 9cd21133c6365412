"""Tables for people: what readers find in the archive, as CSV that a spreadsheet opens. Nothing is restored from them.

They hold what is published. Of a text that may not be passed on they say what it is, and why it is not there.
"""

import csv
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import chain

from interviews.cells import harmless
from interviews.models import Alias, Entity, Revision, Turn
from interviews.partial_date import PartialDate
from interviews.records import withheld_reason
from interviews.records.turns import question_of
from interviews.tagging.batches import in_batches
from interviews.tagging.tags import tags_of
from interviews.versions import DIGITS

from .published import published, published_with_turns

ANSWERING = Turn.Kind.ANSWER, Turn.Kind.STATEMENT
Row = Iterable[str]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table: its name, what it is, its columns with what each says, and its rows."""

    name: str
    title: str
    columns: dict[str, str]
    rows: Callable[[], Iterable[Row]]

    @property
    def path(self) -> str:
        return f"people/{self.name}.csv"

    def lines(self) -> Iterator[str]:
        """Yield the file, with the mark by which spreadsheets know UTF-8."""
        writer = csv.writer(Echo())
        yield "\ufeff" + writer.writerow(self.columns)
        for row in self.rows():
            yield writer.writerow([harmless(cell) for cell in row])


class Echo:
    """A file that hands back what is written into it."""

    def write(self, text: str) -> str:
        return text


def interviews() -> Iterator[Row]:
    for interview in chain.from_iterable(published()):
        source = interview.source
        yield (
            interview.identifier.urn,
            interview.get_absolute_url(),
            PartialDate.of(interview).machine,
            interview.title,
            interview.get_kind_display(),
            interview.language,
            interview.outlet.name if interview.outlet else "",
            "; ".join(named(voice) for voice in interview.voices("interviewee")),
            interview.source_url or (source.origin_url if source else ""),
            source.sha256 if source else "",
            source.licence if source else "",
            withheld_reason(interview),
        )


def named(voice) -> str:
    """Return who speaks, with the office held at the time."""
    return f"{voice.name} ({voice.office})" if voice.office else voice.name


def answers() -> Iterator[Row]:
    for interview, turns in published_with_turns():
        withheld = withheld_reason(interview)
        for turn in turns:
            if turn.kind in ANSWERING and not turn.courtesy:
                yield answer(turn, PartialDate.of(interview).machine, withheld)


def answer(turn: Turn, date: str, withheld: str) -> Row:
    asked = question_of(turn)
    return (
        turn.identifier.urn,
        turn.get_absolute_url(),
        Revision.digest(turn.text)[:DIGITS],
        date,
        turn.speaker_name,
        turn.participation.office if turn.participation else "",
        turn.outlet.name if turn.outlet else "",
        asked.text if asked and not withheld else "",
        "" if withheld else turn.text,
        "; ".join(entity.name for entity in tags_of(turn)),
        withheld,
    )


def entities() -> Iterator[Row]:
    countries = dict(Entity.objects.of_kind(Entity.Kind.COUNTRY).values_list("pk", "name"))
    for some in in_batches(Entity.objects.live().defer("said").order_by("kind", "slug").iterator()):
        names = defaultdict(set)
        for key, name in Alias.objects.filter(entity__in=some).values_list("entity", "text"):
            names[key].add(name)
        for entity in some:
            yield (
                entity.identifier.urn,
                entity.address,
                entity.get_kind_display(),
                entity.name,
                "; ".join(sorted(names[entity.pk] - {entity.name})),
                entity.iso_code,
                entity.wikidata,
                countries.get(entity.country_id, ""),
                entity.note,
            )


ID = "Its name for programs, which no correction changes."
LISTS = (
    Sheet(
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
        interviews,
    ),
    Sheet(
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
        answers,
    ),
    Sheet(
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
        entities,
    ),
)
