"""Mark the entities that the turns of one document speak of. Knows no database.

What counts is told in data/README.md.
"""

import datetime
import functools
from collections.abc import Sequence
from typing import NamedTuple

from .acronyms import DEFINED, definitions
from .cast import Cast, Member
from .countries import find_countries
from .documents import find_documents
from .gazetteer import Gazetteer, load_gazetteer
from .headed import find_headed
from .layers import standing
from .lexicon import Entry, Lexicon, compile_lexicon
from .passage import Passage, matches_of
from .persons import find_people
from .proposing import Proposer, wanted_proposer, with_proposals
from .registered import find_registered
from .registry import Known, Registry, load_registry
from .roles import COUNTRY, DOCUMENT, ORGANISATION, PERSON, Role, Sense
from .span import COUNTS_FROM, SURE_FROM, Span
from .towns import find_towns
from .words import words_of

__all__ = ["COUNTS_FROM", "SURE_FROM", "TAGGER_VERSION", "Present", "Setting", "Tag", "Tagger", "default_tagger"]
TAGGER_VERSION = "2"


class Tag(NamedTuple):
    """One mark: text[start:end] of its turn, as it stands there (`surface`), speaks of an entity.

    `key`: of a country its code, of what the data files know their slug, `@name` of who takes part, "" of what a
    pattern found and nobody knows; `name`: the entity's English name, of what nobody knows the one in the text;
    `level`: named | metonym | historical; `confidence`: 0..100, readers see it from COUNTS_FROM on.
    """

    kind: str
    key: str
    name: str
    surface: str
    start: int
    end: int
    level: str = "named"
    confidence: int = 100


class Present(NamedTuple):
    """Somebody who takes part in an interview; `key`: that of a known person, else ""."""

    name: str
    office: str = ""
    country: str = ""
    key: str = ""


class Setting(NamedTuple):
    """What is known of an interview beside its words."""

    people: tuple[Present, ...] = ()
    date: datetime.date | None = None
    language: str = "en"


UNKNOWN = Setting()


class Tagger:
    """Tags turns by the longest form their language's lexicon knows, by patterns, then by context.

    >>> [tag.key for tag in Tagger().tag(["Italy and the Libyan people"])[0]]
    ['IT', 'LY']
    """

    def __init__(
        self,
        gazetteer: Gazetteer | None = None,
        registry: Registry | None = None,
        extra: tuple[Known, ...] = (),
        proposer: Proposer | None = None,
    ):
        """`extra`: entities that only curators know; `proposer`: a model that sees further names in English texts."""
        self.gazetteer = gazetteer or load_gazetteer()
        self.registry = registry or load_registry()
        self.extra = extra
        self.proposer = proposer
        self.entities = {(known.kind, known.key): known for known in (*extra, *self.registry.known)}
        self.people = {key: known for (kind, key), known in self.entities.items() if kind == PERSON}
        self.documents = {known.name: key for (kind, key), known in self.entities.items() if kind == DOCUMENT}
        self.lexicons: dict[str, Lexicon] = {}
        self.entries: dict[Entry, Entry] = {}

    def tag(
        self,
        texts: Sequence[str],
        words: Sequence[list[str]] | None = None,
        *,
        language: str = "",
        setting: Setting = UNKNOWN,
    ) -> list[list[Tag]]:
        """Return the tags of each text, in the order they stand there; the texts are the turns of one document.

        `words`: of each text its `words_of`, where they are known already. `language`: ISO 639-1, that of the
        setting unless given; longer codes are cut; a language without names of its own is read as English.
        """
        lexicon = self.lexicon(language or setting.language)
        words = words or map(words_of, texts)
        passages = [Passage(text, said, lexicon) for text, said in zip(texts, words, strict=True)]
        spans = [
            [*countries, *registered, *people]
            for countries, registered, people in zip(
                find_countries(passages, self.gazetteer),
                find_registered(passages, self.entities),
                find_people(passages, self.people, self.cast(setting, lexicon)),
                strict=True,
            )
        ]
        if lexicon.language == "en":
            add_patterns(passages, spans, self.documents)
            if self.proposer:
                spans = [
                    list(with_proposals(passage, found, self.proposer))
                    for passage, found in zip(passages, spans, strict=True)
                ]
        return [
            [tag_of(passage, span) for span in standing(found)] for passage, found in zip(passages, spans, strict=True)
        ]

    def lexicon(self, language: str) -> Lexicon:
        """The lexicon of a language, made when first asked for."""
        code = language.lower().replace("_", "-").partition("-")[0]
        code = code if code in self.gazetteer.languages else "en"
        if code not in self.lexicons:
            self.lexicons[code] = compile_lexicon(self.gazetteer, code, self.registry, self.extra, self.entries)
        return self.lexicons[code]

    def cast(self, setting: Setting, lexicon: Lexicon) -> Cast:
        """Who takes part, to begin the cast of a document with."""
        cast = Cast(self.people, setting.date)
        for present in setting.people:
            cast.add(
                Member(present.key or registered_person(present.name, lexicon) or f"@{present.name}", present.name)
            )
        return cast


def registered_person(name: str, lexicon: Lexicon) -> str:
    """The key of the one person whom the lexicon knows by a name in full; "" if there is none."""
    words = words_of(name)
    found = lexicon.longest(words, 0)
    if not found or found[0] < len(words):
        return ""
    return next((sense.key for sense in found[1].others if sense.kind == PERSON and sense.role is Role.NAME), "")


def add_patterns(passages: list[Passage], spans: list[list[Span]], documents: dict[str, str]) -> None:
    """Add what no list holds: names told by their head word, numbered documents, acronyms that the text defines."""
    defined: dict[str, Span] = {}
    for passage, found in zip(passages, spans, strict=True):
        found.extend(find_headed(passage))
        found.extend(find_towns(passage))
        bodies = {span.end: span for span in found if span.kind == ORGANISATION}
        found.extend(find_documents(passage, bodies, documents))
        for span, acronym in definitions(passage, found):
            found.append(span)
            defined.setdefault(acronym, span)
    if not defined:
        return
    acronyms = Lexicon("en")
    for acronym in defined:
        acronyms.add(acronym, Sense("", acronym, Role.NAME))
    for passage, found in zip(passages, spans, strict=True):
        for match in matches_of(passage.words, acronyms):
            meant = defined[passage.words[match.start]]
            found.append(meant._replace(start=match.start, end=match.end, confidence=DEFINED))


def tag_of(passage: Passage, span: Span) -> Tag:
    start, end = passage.offsets(span.start, span.end)
    if span.kind == COUNTRY and passage.words[span.end - 1] == "-":
        end -= 1
    return Tag(span.kind, span.key, span.name, passage.text[start:end], start, end, span.level, span.confidence)


@functools.lru_cache(maxsize=2)
def default_tagger(extra: tuple[Known, ...] = ()) -> Tagger:
    """The tagger over the project's own data files, and what else is known; the last ones are kept."""
    return Tagger(extra=extra, proposer=wanted_proposer())
