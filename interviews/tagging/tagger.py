"""Mark the entities that the turns of one document speak of. Knows no database.

So far countries; other kinds join through the lexicon. What counts is told in data/README.md.
"""

import datetime
import functools
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from .context import Place, means_the_country, stands_for_state
from .gazetteer import Gazetteer, load_gazetteer
from .lexicon import COUNTRY, Lexicon, Role, Sense, compile_lexicon
from .registry import Known, Registry, load_registry
from .words import ends_of, words_of

TAGGER_VERSION = "1"
# Of the confidence of a tag, 0 to 100: from here on nobody needs to look; from there on it counts without a curator.
SURE_FROM = 90
COUNTS_FROM = 50


class Tag(NamedTuple):
    """One mark: text[start:end] of its turn, as it stands there (`surface`), speaks of an entity.

    `key`: of a country its code; `name`: the entity's English name; `level`: named | metonym | historical.
    """

    kind: str
    key: str
    name: str
    surface: str
    start: int
    end: int
    level: str
    confidence: int = 100


class Present(NamedTuple):
    """Somebody who takes part in the document; `key`: of the data files, "" where they do not know the person."""

    name: str
    office: str = ""
    country: str = ""
    key: str = ""


class Setting(NamedTuple):
    """What is known of a document beside its texts."""

    people: tuple[Present, ...] = ()
    date: datetime.date | None = None
    language: str = "en"


class Found(NamedTuple):
    """A form that counts where it stands: its senses, and its place in the text in characters."""

    senses: list[Sense]
    start: int
    end: int

    @property
    def role(self) -> Role:
        return self.senses[0].role


class Tagger:
    """Tags turns by the longest form their language's lexicon knows, then by context.

    >>> [tag.key for tag in Tagger().tag(["Italy and the Libyan people"])[0]]
    ['IT', 'LY']
    """

    def __init__(
        self, gazetteer: Gazetteer | None = None, registry: Registry | None = None, extra: tuple[Known, ...] = ()
    ):
        self.gazetteer = gazetteer or load_gazetteer()
        self.registry = registry or load_registry()
        self.extra = extra
        self.lexicons: dict[str, Lexicon] = {}

    def tag(
        self,
        texts: Sequence[str],
        words: Sequence[list[str]] | None = None,
        *,
        language: str = "en",
        setting: Setting | None = None,
    ) -> list[list[Tag]]:
        """Return the tags of each text, in the order they stand there; the texts are the turns of one document.

        `words`: of each text its `words_of`, where they are known already. `language`: ISO 639-1, longer codes are
        cut; a language without names of its own is read as English.
        A capital counts only where its country is named in the document too.
        """
        lexicon = self.lexicon(language)
        words = words or map(words_of, texts)
        found = [list(find(text, said, lexicon)) for text, said in zip(texts, words, strict=True)]
        settled = settle(found)
        named = {key for forms in settled for form, keys in forms if form.role is not Role.SEAT for key in keys}
        return [
            [self.mark(text, form, key) for form, keys in forms for key in keys if key in named]
            for text, forms in zip(texts, settled, strict=True)
        ]

    def lexicon(self, language: str) -> Lexicon:
        """The lexicon of a language, made when first asked for."""
        code = language.lower().replace("_", "-").partition("-")[0]
        code = code if code in self.gazetteer.languages else "en"
        if code not in self.lexicons:
            self.lexicons[code] = compile_lexicon(self.gazetteer, code)
        return self.lexicons[code]

    def mark(self, text: str, form: Found, key: str) -> Tag:
        country = self.gazetteer.countries[key]
        level = "historical" if country.is_historical else "metonym" if form.role is Role.SEAT else "named"
        return Tag(COUNTRY, key, country.name, text[form.start : form.end], form.start, form.end, level)


@functools.lru_cache(maxsize=2)
def default_tagger(extra: tuple[Known, ...] = ()) -> Tagger:
    """The tagger over the project's own data files, and what else is known; the last ones are kept."""
    return Tagger(extra=extra)


def find(text: str, words: list[str], lexicon: Lexicon) -> Iterator[Found]:
    """Yield the forms of a text (with its words) that count, the longest at each place, without overlap."""
    places = list(known(words, lexicon))
    ends = ends_of(text, words[: places[-1].end]) if places else []
    for place in places:
        start, end = ends[place.start] - len(words[place.start]), ends[place.end - 1]
        if counts(place, glued=not text[end : end + 1].isspace()):
            yield Found(place.senses, start, end - (place.role is Role.PREFIX))


def known(words: list[str], lexicon: Lexicon) -> Iterator[Place]:
    """Yield the places of the forms that the lexicon knows, the longest at each, without overlap."""
    taken_to = 0
    for index in [index for index, word in enumerate(words) if word in lexicon.root]:
        match = lexicon.longest(words, index) if index >= taken_to else None
        if match:
            taken_to, senses = match
            yield Place(words, index, taken_to, senses, lexicon)


def counts(place: Place, *, glued: bool) -> bool:
    """Whether a form counts where it stands; `glued`: the next word follows without a space."""
    match place.role:
        case Role.MASK | Role.CITY:
            return False
        case Role.PREFIX:
            return glued and place.after()[:1].isupper()
        case Role.SEAT:
            return stands_for_state(place)
    return means_the_country(place)


def settle(found: list[list[Found]]) -> list[list[tuple[Found, list[str]]]]:
    """Give each form the keys it means.

    An ambiguous form is short for what was last named in full; where nothing was, it means the likeliest.
    """
    named_at: dict[str, tuple[int, int]] = {}
    settled = []
    for turn, forms in enumerate(found):
        meant = []
        for index, form in enumerate(forms):
            keys = [sense.key for sense in form.senses]
            if form.role is Role.AMBIGUOUS:
                keys = [max((key for key in keys if key in named_at), key=named_at.__getitem__, default=keys[0])]
            elif form.role is not Role.SEAT:
                named_at.update(dict.fromkeys(keys, (turn, index)))
            meant.append((form, keys))
        settled.append(meant)
    return settled
