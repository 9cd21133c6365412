"""Names that nobody listed, told by their first or last word: “National Democratic Institute”, “Office of Legal
Counsel”, “the Lisbon summit”.
"""

from collections.abc import Iterator

from .cues import load_heads, load_people
from .passage import Match, Passage, is_proper
from .people import COUNTRY_SENSES, is_person
from .roles import DOCUMENT, EVENT, ORGANISATION, PERSON, PLACE, Role, Sense
from .span import Span

LONGEST = 10  # words before a head, and after it
SEVERAL_WORDS, TWO_WORDS, SMALL_HEAD, OF_EVERY_STATE = 70, 60, 55, 40


def find_headed(passage: Passage) -> Iterator[Span]:
    """Yield the names that the heads of a passage tell, with a key of "": nobody knows them."""
    small = load_heads().small_documents | load_heads().small_events
    for match in passage.matches:
        if match.entry.has(Role.AMBIGUOUS) and match.end > match.start + 1:
            yield from longer(passage, match)
        senses = [sense for sense in match.entry.others if sense.role is Role.HEAD]
        if not senses or match.entry.has(Role.NAME):
            continue
        span = (
            after_city_or_body(passage, match, senses[0])
            if senses[0].key in small
            else headed(passage, match, senses[0])
        )
        if span:
            yield span


def longer(passage: Passage, match: Match) -> Iterator[Span]:
    """A name that ends with a form of several entities, and is none of theirs: “Arizona Supreme Court”."""
    head = passage.lexicon.longest(passage.words[match.end - 1 : match.end], 0)
    kinds = [sense.kind for sense in head[1].others if sense.role is Role.HEAD] if head else []
    start = before_head(passage, match.start)
    if kinds and start < match.start:
        yield Span(start, match.end, kinds[0], "", name_of(passage, start, match.end), TWO_WORDS)


def headed(passage: Passage, match: Match, sense: Sense) -> Span | None:
    """A name in capital letters: words before the head, words bound to it after it, or both."""
    start = before_head(passage, match.start)
    end = after_head(passage, match.end)
    own = own_words(passage, start, match.start) + own_words(passage, match.end, end)
    if match.start == start and end == match.end:
        return None
    if sense.kind == PLACE:
        return place(passage, start, match, sense)
    confidence = SEVERAL_WORDS if own > 1 else TWO_WORDS
    if not own and (start == match.start or sense.key in load_heads().every_state_has):
        confidence = OF_EVERY_STATE
    return Span(start, end, sense.kind, "", name_of(passage, start, end), confidence)


def place(passage: Passage, start: int, match: Match, sense: Sense) -> Span | None:
    """“the Norwegian Sea”, “Lake Ladoga”, “Gulf of Tonkin”."""
    end = match.end
    if start == match.start:
        if sense.key not in load_heads().places_before:
            return None
        end += passage.word(end) in ("of", "de")
        if not is_own(passage, end):
            return None
        end += 1
    return Span(start, end, PLACE, "", name_of(passage, start, end), TWO_WORDS)


def name_of(passage: Passage, start: int, end: int) -> str:
    return " ".join(passage.surface(start, end).split())


def before_head(passage: Passage, head: int) -> int:
    """Where the capitalised words before a head begin: “Russian Prosecutor General's Office”."""
    index = head
    while head - index < LONGEST:
        before = one_before(passage, index)
        if before is None:
            break
        index = before
    return index


def one_before(passage: Passage, index: int) -> int | None:
    """Where the part of a name before a word begins, with what binds the two; None if no part stands there."""
    word = passage.word(index - 1)
    if word == "s" and passage.word(index - 2) == "'":
        office = passage.ending.get(index - 2)
        if office and office.entry.has(Role.TITLE):
            return office.start
        return index - 3 if is_own(passage, index - 3) else None
    if word == "-":
        return part_before(passage, index - 1) if passage.joined(index) else None
    if word == "&" or (word == "and" and may_bind(passage, index - 1)):
        return part_before(passage, index - 1)
    return part_before(passage, index)


def part_before(passage: Passage, index: int) -> int | None:
    """Where the known form or the capitalised word before a word begins; None if there is none."""
    match = passage.ending.get(index)
    if match and is_part(match):
        return match.start
    return index - 1 if is_own(passage, index - 1) else None


def may_bind(passage: Passage, index: int) -> bool:
    """Whether “and” binds two parts of one name: “Trade and Development Agency”, not “Russia and NATO Council”."""
    return is_own(passage, index - 1) and not passage.opens_sentence(index - 1) and is_own(passage, index + 1)


def is_part(match: Match) -> bool:
    """Whether a known form may be part of a longer name: a country, place or body, no person, no other head."""
    entry = match.entry
    if entry.countries:
        return entry.countries[0].role is not Role.MASK or not entry.others
    return any(sense.role in (Role.NAME, Role.AMBIGUOUS) and sense.kind != PERSON for sense in entry.others)


def is_own(passage: Passage, index: int) -> bool:
    """Whether a word is a capitalised word of no other name."""
    word = passage.word(index)
    people = load_people()
    if not is_proper(word) or word in people.openers or len(word) < 2:
        return False
    match = passage.ending.get(index + 1) or passage.beginning.get(index)
    if match is None:
        return True
    if match.entry.has(Role.TITLE):
        return word in people.matters
    return match.entry.has(Role.HEAD, Role.GIVEN, Role.ALONE, Role.BARE) and match.end - match.start == 1


def own_words(passage: Passage, start: int, end: int) -> int:
    """How many words of a name are its own, no country and no binding word."""
    return sum(is_proper(passage.words[index]) and not in_country(passage, index) for index in range(start, end))


def in_country(passage: Passage, index: int) -> bool:
    match = passage.beginning.get(index)
    return bool(match and any(sense.role in COUNTRY_SENSES for sense in match.entry.countries))


def after_head(passage: Passage, index: int) -> int:
    """Where the words bound to a head end: “Office of Legal Counsel”, “Convention on Aid in Criminal Matters”."""
    links = load_heads().links
    end = index
    while end - index < LONGEST and passage.word(end) in links:
        start = end + 1 + (passage.word(end + 1) == "the" and passage.word(end) != "and")
        following = after_parts(passage, start, link=passage.word(end), first=end == index)
        if following == start:
            break
        end = following
    return end


def after_parts(passage: Passage, index: int, *, link: str, first: bool) -> int:
    """Where the parts of a name end that begin at a word; only “of” and “on” bind a country or a body."""
    start = index
    while index - start < LONGEST:
        match = passage.beginning.get(index)
        if match and is_part(match):
            if link not in ("of", "on"):
                return start
            index = match.end
        elif is_own(passage, index) and not (link == "and" and first):
            index += 1
        else:
            break
    return index


def after_city_or_body(passage: Passage, match: Match, sense: Sense) -> Span | None:
    """“the Lisbon summit”, “NATO summit”, “Skhirat agreement”: a head in small letters needs a name before it."""
    before = passage.ending.get(match.start)
    start = match.start - 1
    if before:
        if not binds_small_head(before, sense):
            return None
        start = before.start
        if passage.word(start - 1) == "-" and passage.joined(start) and is_proper(passage.word(start - 2)):
            start = (passage.ending.get(start - 1) or Match(start - 2, start - 1, before.entry)).start
        elif in_country(passage, start) and sense.kind == EVENT:
            return None
    elif not is_own(passage, start) or passage.opens_sentence(start) or passage.words[start] in load_people().no_names:
        return None
    if sense.key == "talks" and is_verb(passage, start, match.end):
        return None
    end = after_head(passage, match.end) if passage.word(match.end) == "on" else match.end
    return Span(start, end, sense.kind, "", name_of(passage, start, end), SMALL_HEAD)


def is_verb(passage: Passage, start: int, end: int) -> bool:
    """Whether somebody talks: “Oslo talks to Stockholm”, “Oslo talks of peace”; not “the Oslo talks of 2011”."""
    return passage.word(end) in ("about", "of", "to") and passage.word(start - 1).lower() != "the"


def binds_small_head(before: Match, sense: Sense) -> bool:
    """A city for both; a body for an event; a person for a document: the Annan plan."""
    entry = before.entry
    if any(country.role in (Role.SEAT, Role.CITY) for country in entry.countries):
        return True
    kinds = {other.kind for other in entry.others if other.role in (Role.NAME, Role.ALONE)}
    wanted = {PLACE, ORGANISATION} if sense.kind == EVENT else {PLACE, PERSON}
    coupled = sense.kind == EVENT and sense.key != "talks" and bool(entry.countries)
    return coupled or bool(kinds & wanted) or (sense.kind == DOCUMENT and is_person(before))
