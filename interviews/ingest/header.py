"""What a document says of itself before the first word is spoken: title, date, place, outlet, kind, source, people.

Never anything from the name of the file. Every line of the head is claimed with the fact that it gave.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from interviews.ingest.dates import CLOCK, find_dates, holds_date, is_date_line, read_time
from interviews.ingest.dating import choose_date
from interviews.ingest.furniture import HEADLINE, PAGE_NUMBER, PROOF, URL, is_credit, is_language_switch, is_navigation
from interviews.ingest.labels import looks_like_name, office_in
from interviews.ingest.lines import Field, Fragment, Line, Link
from interviews.ingest.offices import spelled_place
from interviews.ingest.outlets import (
    country_of,
    find_outlet,
    in_words,
    known_alone,
    looks_like_outlet,
    named,
    outlet_of_askers,
)
from interviews.ingest.people import Person, is_byline, people_in
from interviews.ingest.publisher import publisher_country
from interviews.ingest.transcript import Header, Problem, Severity, Speaker
from interviews.ingest.words import UNSPACED, countries, field_words, key, load, names_event, opens_with_fact, words_of

TITLE_FIELDS = ("og:title", "headline", "title", "dc:title")
URL_FIELDS = ("source_url", "og:url", "canonical", "link", "url", "guid", "origin")
PLACE_SPLIT = re.compile(r"\s*[,:;–—|(]\s*|\s-\s|\s{2,}")
LEADING_SMALL = re.compile(r"(?:\s|^)(?:le|la|den|el|il|o|am|on|at|in|à|a|em)$", re.IGNORECASE)
TIME_OF_RECORDING = re.compile(r"\d:\d\d:\d\d")
IN_LINE_TIME = re.compile(r"\b(?P<hour>\d{1,2})[:.](?P<minute>\d\d)\b(?:\s?(?P<half>[ap])\.?\s?m\b)?", re.IGNORECASE)
LISTED = re.compile(r"\d{1,2}[.)]\s+[^\W\d_]+\s(?!\d{4})")
LEAST_TITLE = 4  # words, where nothing else says that a line is the title
LONGEST_TITLE = 300
SHORTEST_TITLE = 3  # letters: “ho” is none
BEGINNING = 60
SITE_SPLIT = re.compile(r"\s(?:[-–—:»•|]|::)\s")
RELEASE_NUMBER = re.compile(r"(?:(?:press|media) release|communiqué)?\s?(?:№|n[or°])?[.:]?\s?[\d/.-]+", re.IGNORECASE)
SENTENCE_END = re.compile(r"\w{3}[.?!…]\s")
SIGNS_OF_WORD = 3
SHORT = 80
ABBREVIATED = re.compile(r"(?:[A-Z]\.?){2}")
WEEKDAYS = re.compile(r"^(?:mon|tues|wednes|thurs|fri|satur|sun)day$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Head:
    """The facts of a document, the people it names, and which lines gave what.

    claims: (fragment, name of the fact) for every line of the head that gave one. likely: countries (ISO codes) of
    publisher and place, which tell outlets of one name apart.
    """

    header: Header
    likely: tuple[str, ...]
    people: tuple[Person, ...]
    journalist: str | None
    claims: tuple[tuple[Fragment, str], ...]
    problems: tuple[Problem, ...]


def read_head(
    lines: Sequence[Fragment], fields: Sequence[Field], links: Sequence[Link], below: Sequence[Line] = ()
) -> Head:
    """Return what the head says: `lines` before the first speech, in order; fields and links beside the text.

    `below`: the lines of the page after the head; a date may stand at the foot of the page alone.
    """
    fields = [*fields, *_key_lines(lines)]
    title, title_lines = _title(lines, fields, below)
    date, problems = choose_date(title, lines, links, fields, below)
    texts = list(dict.fromkeys([title or "", *(line.text for line in lines)]))
    outlet = _outlet(texts, fields)
    place = _place(title, title_lines, lines, fields)
    likely = [country for country in (publisher_country(lines, fields), country_of_place(place)) if country]
    name, country = _settled(outlet, likely)
    given = _given_title(fields)
    if given and title and key(given) != key(title):
        message = (
            f"It is entitled “{given}” beside the text, which is about something else; the text's title was taken."
        )
        problems.append(Problem("title_differs", None, message, Severity.NOTE))
    header = Header(
        title=title,
        date=date and date.day,
        precision=date.precision if date else "day",
        time=(date and date.time) or _clock(lines),
        outlet=name,
        outlet_country=country,
        place=place,
        kind=_kind(texts, fields),
        source_url=_source_url(lines, fields),
    )
    claims = tuple((line, _fact(line, title_lines, header)) for line in lines)
    return Head(
        header,
        tuple(likely),
        tuple(people_in([*texts, *(link.title for link in links)], fields)),
        outlet and outlet.journalist,
        tuple((line, fact) for line, fact in claims if fact),
        tuple(problems),
    )


def with_outlet_of_speech(head: Head, speakers: Iterable[Speaker], asked: Sequence[str]) -> Head:
    """Return the head with the outlet that only the speech names: the one of all who ask, or of a welcome.

    `asked`: the first questions. Of an event for the press no outlet asks alone. “Folha do Norte” in a label tells that
    the head did not mean Folha.
    """
    if head.header.kind != "interview":
        return head
    name = outlet_of_askers(speakers)
    if head.header.outlet and not (name and key(name).startswith(f"{key(head.header.outlet)} ")):
        return head
    outlet = named(name) if name else next((found for text in asked if (found := in_words(text, "welcome"))), None)
    if not outlet:
        return head
    shown, country = _settled(outlet, head.likely)
    return replace(head, header=replace(head.header, outlet=shown, outlet_country=country))


def _key_lines(lines) -> Iterator[Field]:
    """Yield the facts of lines such as “Date: 5 May 2010” or “Média : Radio Exemple”."""
    for line in lines:
        head, colon, value = line.text.partition(":")
        fact = field_words().get(key(head))
        if colon and fact and value.strip():
            yield Field(fact, value.strip(), line.start, line.end)


def _title(lines, fields, below):
    """Return (title, the lines it stands in): given, a heading, a headline in quotes, a line that names the event.

    What is given and is of one word, or has no word in common with the text, is wrong where a line is a title.
    """
    given = _given_title(fields)
    chosen = _title_line(lines)
    is_wrong = given and chosen and names_event(chosen.text) and _is_of_another(given, lines, below)
    if len(given.split()) > 1 and not is_wrong:
        return given, [line for line in lines if _is_most_of(line.text, given)]
    if chosen:
        return _cut_out_title(chosen.text), [chosen]
    return (given if len(given) > SHORTEST_TITLE else None), []


def _given_title(fields):
    """Return the title that stands beside the text, without the name of the site; of several one naming an event."""
    for name in TITLE_FIELDS:
        given = [_without_site(field.value) for field in fields if field.name.casefold() == name]
        if given:
            return next((title for title in given if names_event(title)), max(given, key=len))
    return ""


def _without_site(title):
    title = title.partition(" | ")[0]
    head, separator, tail = SITE_SPLIT.sub("\n", title).rpartition("\n")
    names_site = any(f" {word} " in f" {key(tail)} " for word in map(key, load("words")["site"]))
    if separator and names_site and len(head.split()) >= LEAST_TITLE - 1 and "," not in tail:
        return title[: title.rindex(tail)].rstrip(" -–—:»•|")
    return title


def _title_line(lines):
    candidates = [line for line in lines if _may_be_title(line.text)]
    by_rank = (lambda line: line.line.heading, _is_quotation, lambda line: names_event(line.text), _is_long_title)
    return next((line for is_title in by_rank for line in candidates if is_title(line)), None)


def _is_of_another(title, lines, below):
    """Whether no longer word of a title stands anywhere near the beginning of the text."""
    texts = [*(line.text for line in lines), *(line.text for line in below[:BEGINNING])]
    words = {word for text in texts for word in key(text).split()}
    return words.isdisjoint(word for word in key(title).split() if len(word) >= LEAST_TITLE)


def _is_most_of(text, title):
    return len(text) * 2 > len(title) and key(text) in key(title)


def _may_be_title(text):
    dates = sum(found.end - found.start for found in find_dates(text))
    lead, _, rest = text.partition(":")
    is_titled = key(lead) in words_of("full_text") and _words_in(rest) >= LEAST_TITLE
    return (
        _words_in(text) > 1
        and len(text) <= LONGEST_TITLE
        and not text[:1].islower()
        and not (text[-1:] in ".?!…" and SENTENCE_END.search(text))
        and dates * 2 < len(text)
        and not RELEASE_NUMBER.fullmatch(text)
        and not (
            (opens_with_fact(text) and not is_titled)
            or is_byline(text)
            or is_language_switch(text)
            or is_navigation(text)
            or PROOF.search(text)
            or URL.search(text)
            or CLOCK.fullmatch(text)
            or LISTED.match(text)
            or PAGE_NUMBER.fullmatch(text)
        )
    )


def _words_in(text):
    """Count words; where they stand without spaces, some three signs make one."""
    unspaced = sum(map(len, UNSPACED.findall(text)))
    return len(text.split()) + unspaced // SIGNS_OF_WORD


def _is_long_title(line):
    text = line.text
    date = next(find_dates(text), None)
    is_dateline = date is not None and _is_place(text[: date.start].strip(" ,"), known=False)
    is_prose = text.endswith((".", "?", ":", "…")) or SENTENCE_END.search(text) is not None or not text[:1].isalnum()
    return _words_in(text) > LEAST_TITLE and not is_prose and not is_dateline


def _is_quotation(line):
    return bool(HEADLINE.fullmatch(line.text)) and not line.text[0].isalpha()


def _cut_out_title(text):
    """On a page flattened to one line the title stands twice; elsewhere the line is the title."""
    words = text.split()
    for length in range(min(len(words) // 2, 20), 2, -1):
        for first in range(len(words) - 2 * length + 1):
            phrase = " ".join(words[first : first + length])
            if phrase in " ".join(words[first + length :]):
                return phrase
    return text


def _outlet(texts, fields):
    """Return the outlet: given, in the title, in a line about the interview, or a line “EL PAÍS, 5 May 2010”."""
    given = next((field.value for field in fields if field.name == "outlet"), None)
    if given:
        found = find_outlet([f"interview with {given}"])
        return replace(found, name=given, journalist=None) if found else named(given)
    found = find_outlet([texts[0], *(text for text in texts[1:] if _speaks_of_interview(text))])
    if found and found.name:
        return found
    beside = (outlet for text in texts if (outlet := _beside_date(text) or in_words(text, "said_to")))
    outlet = next(beside, None)
    return replace(outlet, journalist=found.journalist) if outlet and found else outlet or found


def _beside_date(text):
    """Return the known outlet that stands alone before a date: “EL PAÍS, 17 de septiembre de 2023”."""
    date = next(find_dates(text), None) if len(text) < SHORT else None
    return known_alone(text[: date.start]) if date else known_alone(text)


def _speaks_of_interview(text):
    return any(word in load("outlet_words")["interview"] for word in key(text).split())


def _settled(outlet, likely):
    """Return (name, country) of an outlet, where several share a name that of a likely country."""
    if not (outlet and outlet.name):
        return None, None
    return outlet.name, outlet.country or country_of(outlet.name, likely)


def _kind(texts, fields):
    """Return the kind of event: the title's word, else the most telling word of the head."""
    release = next((field.value for field in fields if field.name == "release-type"), "")
    for text in (texts[0], " ".join(texts[1:]), release):
        folded = text.casefold()
        for kind, words in load("words")["kinds"].items():
            if any(word in folded for word in words):
                return kind
    return "interview"


def _clock(lines):
    for line in lines:
        if TIME_OF_RECORDING.search(line.text):
            continue
        found = CLOCK.fullmatch(line.text) or (IN_LINE_TIME.search(line.text) if len(line.text) < SHORT else None)
        if found and not holds_date(line.text):
            return read_time(found)
    return None


def _source_url(lines, fields):
    for name in URL_FIELDS:
        url = next((field.value for field in fields if field.name.casefold() == name), "")
        if url.startswith(("http://", "https://")):
            return url
    for line in lines:
        found = URL.search(line.text)
        url = line.line.link or (found[0] if found else "")
        if url.startswith(("http://", "https://")):
            return url.rstrip(".,;)")
    return ""


def _place(title, title_lines, lines, fields):
    """Return where it was: a line “Place: …”, words before the date, a line of its own, the title."""
    given = next((field.value for field in fields if field.name == "place"), None)
    if given:
        return given
    free = [line for line in lines if line not in title_lines]
    for index, line in enumerate(free):
        date = next(find_dates(line.text), None)
        if date and len(line.text) < SHORT + 40:
            place = _before_date(line.text[: date.start])
            if place:
                return place
        is_before_date = index + 1 < len(free) and (
            is_date_line(free[index + 1].text) or CLOCK.fullmatch(free[index + 1].text)
        )
        if _is_place(line.text, known=not is_before_date):
            return spelled_place(line.text)
    date = next(find_dates(title or ""), None)
    return _before_date(title[: date.start], known=True) if date else ""


def _before_date(text, *, known=False):
    """Return the name-like words directly before a date: “Palais des Nations, Geneva, 16 May 2024”."""
    text = LEADING_SMALL.sub("", text.rstrip(" –—-("))
    parts = [part for part in PLACE_SPLIT.split(text.strip(" ,:;–—-(")) if part]
    while parts and WEEKDAYS.match(parts[-1]):
        parts.pop()
    if parts and ABBREVIATED.fullmatch(parts[-1]) and len(parts) > 1:
        parts[-2:] = [f"{parts[-2]}, {parts[-1]}"]
    set_off = text.rstrip().endswith((",", ":"))
    if not parts or not _is_place(parts[-1], known=not set_off):
        return ""
    wider = ", ".join(parts[-2:])
    if len(parts) == 2 and not known and _is_place(wider, known=False):
        return wider
    if known and len(parts) > 1 and _is_known_place(parts[-1]) and _is_place(parts[-2], known=True):
        return wider
    return spelled_place(parts[-1])


def _is_place(text, *, known):
    """Words that could name a place; where `known` is asked, one of them must be a capital or a country."""
    if len(text.split()) > 7 or any(character.isdigit() for character in text) or not text[:1].isupper():
        return False
    if not looks_like_name(text) or _names_office_or_event(text) or key(text) in field_words():
        return False
    if looks_like_outlet(text) or is_credit(text) or key(text) in _leads_in_date():
        return False
    return not known or any(_is_known_place(part) for part in PLACE_SPLIT.split(text))


@cache
def _leads_in_date():
    return frozenset(key(word) for word in (*load("words")["published"], *load("words")["held"]))


def _names_office_or_event(text):
    words = key(text).split()
    return any(office_in(" ".join(words[i:])) for i in range(len(words))) or bool(
        set(words) & set(load("words")["no_place"])
    )


def _is_known_place(name):
    return key(name) in _places()


def country_of_place(place: str) -> str | None:
    """Return the ISO code of a place's country where the place is a capital or names its country."""
    return next((_places()[key(part)] for part in PLACE_SPLIT.split(place) if key(part) in _places()), None)


@cache
def _places():
    """Return {key of a capital's or country's name in the tagger's data: ISO code}."""
    return {
        key(name): code
        for code, country in countries().items()
        for name in (*country["metonyms"], *country["capitals"], *country["names"], *country["i18n"].values())
    }


def _fact(line, title_lines, header):
    """Return the name of the fact that a line of the head gave, or None."""
    text = line.text
    tests = (
        ("title", lambda: line in title_lines),
        ("source_url", lambda: line.line.link or (len(text.split()) < 4 and URL.search(text))),
        (field_words().get(key(text.partition(":")[0])), lambda: ":" in text),
        ("date", lambda: len(text) < SHORT + 40 and holds_date(text)),
        ("time", lambda: CLOCK.fullmatch(text)),
        ("place", lambda: header.place and key(text) == key(header.place)),
        ("speakers", lambda: len(text) < SHORT and people_in([text])),
    )
    return next((fact for fact, is_given in tests if fact and is_given()), None)
