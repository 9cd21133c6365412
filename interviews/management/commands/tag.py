"""Print the tags of texts, one JSON object a line; needs no database."""

import json
import re
import sys
from collections.abc import Iterator
from datetime import date

from django.core.management.base import BaseCommand, CommandError

from interviews.tagging.gazetteer import GazetteerError
from interviews.tagging.proposing import Proposer, load_proposer
from interviews.tagging.roles import COUNTRY
from interviews.tagging.tagger import COUNTS_FROM, Setting, Tag, Tagger

LANGUAGE = re.compile("[A-Za-z]{2}([-_][A-Za-z]{2,4})?")


class Command(BaseCommand):
    help = """Read turns from standard input and print their tags, in the same order.

    Each line is JSON, {"document", "turn", "text"} and, where it is not English, "language", where it is known, "date"
    (ISO 8601); or plain text, a document of one turn.
    Prints {"document", "turn", "countries": ["IT"], "entities": [{"kind", "name", ...}]}.
    """
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("--language", default="en", help="of turns that do not say (ISO 639-1; default: en)")
        parser.add_argument("--all", action="store_true", help="also proposals, too unsure to count")
        parser.add_argument("--propose", action="store_true", help="ask the model of the extra “names” too")

    def handle(self, *args, language, all, propose, **options):
        turns = [read_turn(number, line) for number, line in enumerate(sys.stdin.buffer, 1) if line.strip()]
        try:
            tagger = Tagger(proposer=proposer() if propose else None)
            self.tell_unknown([language, *(turn.get("language") for turn in turns)], tagger)
            tags = tag_documents(turns, language, tagger)
        except GazetteerError as error:
            raise CommandError(str(error)) from error
        for turn, found in zip(turns, tags, strict=True):
            self.stdout.write(json.dumps(report(turn, found, 0 if all else COUNTS_FROM), ensure_ascii=False))

    def tell_unknown(self, languages: list[str | None], tagger: Tagger) -> None:
        """Tell in which languages no names are known: their texts are read as English."""
        known = tagger.gazetteer.languages
        for language in sorted({each for each in languages if each and each.lower()[:2] not in known}):
            self.stderr.write(f"No names are known in the language {language!r}: its texts are read as English.")


def read_turn(number: int, line: bytes) -> dict:
    """Return one line as a turn; `number` counts lines from 1 and names the document of a plain line."""
    try:
        text = line.decode("utf-8-sig").strip()
        turn = json.loads(text) if text.startswith("{") else {"document": f"line {number}", "turn": "1", "text": text}
    except UnicodeDecodeError as error:
        raise CommandError(f"Line {number} is no UTF-8: save the input as UTF-8.") from error
    except json.JSONDecodeError as error:
        raise CommandError(f"Line {number} begins like JSON but is none ({error.msg}).") from error
    if not all(isinstance(turn.get(key), str | int) for key in ("document", "turn")) or not isinstance(
        turn.get("text"), str
    ):
        raise CommandError(f"Line {number} must have a document, a turn and a text.")
    for problem in problems_of_setting(turn.get("language"), turn.get("date")):
        raise CommandError(f"Line {number}: {problem}")
    return turn


def problems_of_setting(language: object, day: object) -> Iterator[str]:
    """What is wrong with what a line says beside its text, and the mend."""
    if language and not (isinstance(language, str) and LANGUAGE.fullmatch(language)):
        yield f"language {language!r:.60} is no code such as en or pt-BR (ISO 639-1); mend it or leave it out."
    try:
        date.fromisoformat(day or date.min.isoformat())
    except (TypeError, ValueError):
        yield f"date {day!r:.60} is no day such as 2009-02-28 (ISO 8601); mend it or leave it out."


def proposer() -> Proposer:
    found = load_proposer()
    if found is None:
        raise CommandError("The model is not installed: see “names” in docs/dependencies.md.")
    return found


def tag_documents(turns: list[dict], language: str, tagger: Tagger) -> list[list[Tag]]:
    """Return the tags of each turn; turns of one document belong together, wherever they stand."""
    documents: dict[str, list[int]] = {}
    for index, turn in enumerate(turns):
        documents.setdefault(turn["document"], []).append(index)
    tags = [[] for _ in turns]
    for indexes in documents.values():
        first = turns[indexes[0]]
        day = date.fromisoformat(first["date"]) if first.get("date") else None
        setting = Setting(date=day, language=first.get("language") or language)
        texts = [turns[index]["text"] for index in indexes]
        for index, found in zip(indexes, tagger.tag(texts, setting=setting), strict=True):
            tags[index] = found
    return tags


def report(turn: dict, tags: list[Tag], least: int) -> dict:
    """What is printed of a turn: the tags that are at least so sure."""
    entities = [
        {
            "kind": tag.kind,
            "key": tag.key,
            "name": tag.name,
            "surface": tag.surface,
            "start": tag.start,
            "end": tag.end,
            "level": tag.level,
            "confidence": tag.confidence,
        }
        for tag in tags
        if tag.confidence >= least
    ]
    countries = sorted({entity["key"] for entity in entities if entity["kind"] == COUNTRY})
    return {"document": turn["document"], "turn": turn["turn"], "countries": countries, "entities": entities}
