"""Print the tags of texts, one JSON object a line; needs no database."""

import json
import sys

from django.core.management.base import BaseCommand, CommandError

from interviews.tagging.gazetteer import GazetteerError
from interviews.tagging.lexicon import COUNTRY
from interviews.tagging.tagger import Tag, Tagger


class Command(BaseCommand):
    help = """Read turns from standard input and print their tags, in the same order.

    Each line is JSON, {"document", "turn", "text"} and, where it is not English, "language"; or plain text, a
    document of one turn. Prints {"document", "turn", "countries": ["IT"], "entities": [{"kind", "name", ...}]}.
    """
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("--language", default="en", help="of turns that do not say (ISO 639-1; default: en)")

    def handle(self, *args, language, **options):
        turns = [read_turn(number, line) for number, line in enumerate(sys.stdin.buffer, 1) if line.strip()]
        try:
            tags = tag_documents(turns, language)
        except GazetteerError as error:
            raise CommandError(str(error)) from error
        for turn, found in zip(turns, tags, strict=True):
            self.stdout.write(json.dumps(report(turn, found), ensure_ascii=False))


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
    return turn


def tag_documents(turns: list[dict], language: str) -> list[list[Tag]]:
    """Return the tags of each turn; turns of one document belong together, wherever they stand."""
    documents: dict[str, list[int]] = {}
    for index, turn in enumerate(turns):
        documents.setdefault(turn["document"], []).append(index)
    tagger, tags = Tagger(), [[] for _ in turns]
    for indexes in documents.values():
        spoken = str(turns[indexes[0]].get("language") or language)
        texts = [turns[index]["text"] for index in indexes]
        for index, found in zip(indexes, tagger.tag(texts, language=spoken), strict=True):
            tags[index] = found
    return tags


def report(turn: dict, tags: list[Tag]) -> dict:
    entities = [
        {
            "kind": tag.kind,
            "key": tag.key,
            "name": tag.name,
            "surface": tag.surface,
            "start": tag.start,
            "end": tag.end,
            "level": tag.level,
        }
        for tag in tags
    ]
    countries = sorted({tag.key for tag in tags if tag.kind == COUNTRY})
    return {"document": turn["document"], "turn": turn["turn"], "countries": countries, "entities": entities}
