"""What a reader may mean while typing: who speaks, who asked, what is spoken of, and phrases of the texts."""

import logging
import re
from collections.abc import Iterator
from itertools import zip_longest

import numpy as np

from interviews.addresses import latinised
from interviews.search.engine.patience import OutOfTimeError
from interviews.search.index.generations import IndexUnavailableError
from interviews.search.language.query import parse
from interviews.search.language.request import Request
from interviews.search.results.counting import found_by, one_look
from interviews.search.text.analysis import WORD, exact, words

from .names import LONGEST_NAME, current_names
from .naming import Suggestion, searches_for
from .phrases import LONGEST, frequent_phrases

logger = logging.getLogger(__name__)
GROUPS = {
    "speaker": "Speakers",
    "outlet": "Outlets",
    "country": "Countries",
    "person": "People spoken of",
    "organisation": "Organisations",
    "place": "Places",
    "document": "Documents and formats",
    "event": "Events",
    "about": "Spoken of",
    "phrase": "Phrases",
}
ORDER = list(GROUPS)
TIME_LIMIT = 0.5  # seconds: who types does not wait
MOST = 10
MOST_PHRASES = 4
SAMPLE = 60  # answers that are looked through for phrases
FEWEST_LETTERS = 2
FEWEST_LETTERS_OF_A_PHRASE = 3
FEW_LETTERS = 3
LONGEST_TYPED = 100
SIGNS = frozenset('"“”„‟«»():*~')
FACETS = frozenset(GROUPS) - {"phrase"}
# Which facets hold the values of a field: countries, too, are spoken of.
VALUES = {facet: {facet} for facet in FACETS} | {"about": {"about", "country"}}
BEHIND_FIELD = re.compile(
    rf"""(?<!\S)(?P<name>{"|".join(VALUES)}):(?P<value>[^\s"“”():*~]+|["“][^"“”]+)$""", re.IGNORECASE
)


def suggestions(request: Request) -> tuple[Suggestion, ...]:
    """Return at most MOST suggestions for the query of a request, under its filters; the groups in their order.

    The last words typed are completed, those before them stay. Behind a field only its values are suggested; within
    half a quotation and in brackets nothing, nor while there is no index, nor where it takes long.
    """
    try:
        with one_look(TIME_LIMIT):
            return completions(request)
    except OutOfTimeError:
        return ()
    except IndexUnavailableError as error:
        logger.warning("%s Run `manage.py reindex`.", error)
        return ()


def completions(request: Request) -> tuple[Suggestion, ...]:
    """Return what `suggestions` does. Raises IndexUnavailableError, and OutOfTimeError where it takes too long."""
    return tuple(_best(_suggested(request)))


def _suggested(request):
    named = _behind_field(request)
    beginnings = [] if named else list(_beginnings(request))
    named = named or next(filter(None, (_named(rest, typed) for rest, typed in beginnings)), [])
    phrases = next(filter(None, (_phrases(rest, typed) for rest, typed in beginnings)), [])
    return [*named, *phrases]


def _best(suggested):
    """The first of every group, then the second of each, as long as there is room; group by group."""
    groups = [[each for each in suggested if each.group == group] for group in GROUPS]
    in_turns = [each for rank in zip_longest(*groups) for each in rank if each][:MOST]
    return sorted(in_turns, key=lambda each: ORDER.index(each.group))


def _beginnings(request) -> Iterator[tuple[Request, list[str]]]:
    """(the search without them, the last words), the most words first."""
    text = request.query
    if len(text) > LONGEST_TYPED:
        return
    for match in list(WORD.finditer(text))[-LONGEST_NAME:]:
        before, typed = text[: match.start()], text[match.start() :]
        is_apart = not before or before[-1].isspace()
        if is_apart and _letters(typed) >= FEWEST_LETTERS and SIGNS.isdisjoint(typed) and not parse(before).notices:
            yield request.changed(query=before), words(typed)


def _letters(text):
    return sum(map(str.isalnum, text))


def _behind_field(request):
    """Suggest values of the field in which the query ends."""
    field = BEHIND_FIELD.search(request.query[-LONGEST_TYPED:])
    before = request.query.removesuffix(field[0]) if field else ""
    if not field or _letters(field["value"]) < FEWEST_LETTERS or parse(before).notices:
        return []
    return _named(request.changed(query=before), words(field["value"]), VALUES[field["name"].lower()])


def _named(rest, typed, facets=FACETS):
    """Suggest who and what has a name that begins so: where its own name does first, then the most frequent.

    A few letters begin some other name of nearly everything, in some language: eu that of the United States (EUA).
    """
    names = current_names()
    meant = {named for named in names.beginning(typed) if named.facet in facets}
    beginning = exact(typed[0])
    own = {named for named in meant if any(word.startswith(beginning) for word in _words_of(named.label))}
    if own and _letters(typed[-1]) <= FEW_LETTERS:
        meant &= own | names.bearing(typed)
    labels = {named.label for named in own}
    return sorted(searches_for(meant, rest), key=lambda each: (each.label not in labels, -each.count)) if meant else []


def _words_of(label):
    """The words of a name, folded; in Latin letters too."""
    return [*map(exact, words(label)), *latinised(label).split("-")]


def _phrases(rest, typed):
    """Suggest phrases that are frequent among some answers that have these words, the last perhaps longer."""
    *whole, last = typed
    if _letters(last) < FEWEST_LETTERS_OF_A_PHRASE or len(typed) > LONGEST:
        return []
    beginning = f'"{" ".join(whole)}" {last}*' if whole else f"{last}*"
    found = found_by(rest.changed(query=f"{rest.query} {beginning}"))
    sample = np.flatnonzero(found.mask)[:: max(1, found.total // SAMPLE)][:SAMPLE]
    texts = [_text(found.snapshot.stored(int(document))) for document in sample]
    phrases = frequent_phrases(texts, typed)[:MOST_PHRASES]
    searches = [(phrase, language, rest.changed(query=f'{rest.query} "{phrase}"')) for phrase, language in phrases]
    suggested = [
        Suggestion("phrase", phrase, found_by(search).total, search, language=language)
        for phrase, language, search in searches
    ]
    return sorted(filter(lambda each: each.count, suggested), key=lambda each: -each.count)


def _text(stored):
    """The question and the answer of a document, a line each, and their language."""
    return f"{stored['question']}\n{stored['answer']}", stored["language"]
