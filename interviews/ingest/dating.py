"""When an interview took place: which of a document's dates is its own."""

import datetime
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import IntEnum

from interviews.ingest.calendars import weekdays
from interviews.ingest.dates import FoundDate, broken_dates, date_in_number, find_dates, is_date_line, only_year
from interviews.ingest.language import detect_language
from interviews.ingest.lines import Field, Fragment, Line, Link
from interviews.ingest.publisher import order_of_dates, publisher_country, zone_of
from interviews.ingest.transcript import Problem, Severity
from interviews.ingest.words import field_words, key, load, names_event, words_of

FIELDS = ("date", "release-date", "event_date", "datum", "fecha")
PUBLISHED_FIELDS = ("published_time", "pubdate", "dc:date", "article:published_time", "datepublished", "datetime")
LONG_BEFORE = datetime.timedelta(days=60)
AMERICAN_TIME = re.compile(r"\b[ECMP]DT\b|\b[CMP]ST\b")
UTC = re.compile(r"(?:Z|GMT|UTC|[+-]00:?00)\s*$", re.IGNORECASE)
SHORT, LONG = 80, 250
LEAD_WORDS = 3
FOOT_LINES, SAMPLE_LINES = 8, 40
# Its dates in figures have dots and are not open; what is open there is the month: listopad is October.
CROATIAN = ("hr", "bs", "sr")
NO_DATE = "The text gives no date; until it has one it is a draft."


class Evidence(IntEnum):
    """Where a date stands, the best first."""

    TITLE = 0
    EVENT = 1  # beside words such as “Delivered on”
    LINE = 2  # in a line of its own
    SHORT_LINE = 3
    PROSE = 4
    YEAR = 5  # a year alone
    FIELD = 6  # front matter, catalogue
    NUMBER = 7  # the end of a document's number
    PUBLISHED = 8


@dataclass(frozen=True, slots=True)
class Dated:
    """A date, its evidence, and the line it stands in where it stands in one; `utc` where it is the day of an instant
    in universal time, whose local day was taken."""

    found: FoundDate
    evidence: Evidence
    line: int | None = None
    utc: datetime.date | None = None

    @property
    def is_of_day(self) -> bool:
        """Whether it names a day and not only a month or year."""
        return self.found.precision == "day"


def choose_date(
    title: str | None,
    lines: Sequence[Fragment],
    links: Sequence[Link],
    fields: Sequence[Field],
    below: Sequence[Line] = (),
) -> tuple[FoundDate | None, list[Problem]]:
    """Return the date of the event and what a person should know about it.

    The title speaks first, then a line of its own, then running text of the head, then front matter; a date of
    publication is the last resort, and so is one at the foot of the page (`below` are its lines after the head). The
    text wins over front matter that contradicts it.
    """
    country = publisher_country(lines, fields)
    found = [*_in_head(title, lines, links), *_in_fields(fields, country), *_in_foot(below[-FOOT_LINES:])]
    candidates = sorted(found, key=lambda dated: dated.evidence)
    broken = list(_broken(title, lines, candidates))
    if not candidates:
        return None, [*broken, Problem("no_date", None, NO_DATE, Severity.DRAFT)]
    order = _order(candidates, country, fields, [*(fragment.line for fragment in lines), *below])
    candidates = [_decided(dated, candidates, order) for dated in candidates]
    best = _plausible(candidates)
    return best.found, [*broken, *_problems(best, candidates)]


def _in_fields(fields, country) -> Iterator[Dated]:
    for field in fields:
        name = field.name.casefold()
        if name not in FIELDS and name not in PUBLISHED_FIELDS:
            continue
        evidence = Evidence.PUBLISHED if name in PUBLISHED_FIELDS else Evidence.FIELD
        found = next(find_dates(field.value), None) or only_year(field.value)
        if found:
            day, utc = _local_day(found, field.value, country) if evidence is Evidence.PUBLISHED else (found.day, None)
            weekdays_beside = found.weekdays if day == found.day else frozenset()
            yield Dated(replace(found, time=None, day=day, weekdays=weekdays_beside), evidence, utc=utc)


def _local_day(found, value, country):
    """Return (the day where the publisher is, the day in universal time if that is another, else None)."""
    zone = zone_of(country) if found.time and UTC.search(value) else None
    if not zone:
        return found.day, None
    instant = datetime.datetime.combine(found.day, found.time, tzinfo=datetime.UTC)
    local = instant.astimezone(zone).date()
    return local, found.day if local != found.day else None


def _in_head(title, lines, links) -> Iterator[Dated]:
    in_lines = [dated for index in range(len(lines)) for dated in _in_line(lines, index)]
    yield from in_lines
    of_links = [found for link in links for found in list(find_dates(link.title))[-1:]]
    yield from (Dated(found, Evidence.PROSE) for found in of_links)
    in_title = list(_own_dates(title or ""))
    if in_title:
        elsewhere = {dated.found.day for dated in in_lines if dated.evidence <= Evidence.LINE}
        named_again = [found for found in in_title if found.day in elsewhere]
        yield Dated((named_again or in_title)[-1], Evidence.TITLE)
    elif title and (year := only_year(title)):
        yield Dated(year, Evidence.YEAR)


def _in_line(lines, index) -> Iterator[Dated]:
    text, number = lines[index].text, lines[index].line.number
    for found in _own_dates(text) if len(text) < LONG or names_event(text) else ():
        yield Dated(found, _evidence(found, text, _lead_in(lines, index)), number)
    year = only_year(text) if text.isdigit() else None
    if year:
        yield Dated(year, Evidence.YEAR, number)
    in_number = date_in_number(text)
    if in_number:
        yield Dated(in_number, Evidence.NUMBER, number)


def _own_dates(text):
    """Return the dates in a text but those of a treaty or another deed it names: “the treaty of 5 May 1997”."""
    deeds = tuple(load("words")["before_other_dates"])
    return [found for found in find_dates(text) if not text[: found.start].casefold().rstrip().endswith(deeds)]


def _lead_in(lines, index):
    """Return the line above where it only leads in: “Published” or “Delivered on:” above a date."""
    above = lines[index - 1].text if index else ""
    return above if len(above.split()) <= LEAD_WORDS and not is_date_line(above) else ""


def _evidence(found, text, lead_in):
    said = f"{lead_in} {text[: found.start]}".casefold()
    alone = (found.end - found.start) * 2 > len(text) or field_words().get(_lead(text)) == "date"
    stamped = alone and found.time is not None and found.start == 0 and text[:4].isdigit()
    if any(word in said for word in load("words")["held"]):
        return Evidence.EVENT
    if stamped or any(word in said for word in load("words")["published"]):
        return Evidence.PUBLISHED
    if alone:
        return Evidence.LINE
    return Evidence.SHORT_LINE if len(text) < SHORT and not text.endswith(".") else Evidence.PROSE


def _lead(text):
    return text.partition(":")[0].strip().casefold()


def _in_foot(foot) -> Iterator[Dated]:
    """Dates of lines that hold little else: what stands at the foot is about the page, not the event."""
    for line in foot:
        for found in find_dates(line.text) if len(line.text) < SHORT else ():
            beside = key(line.text[: found.start] + " " + line.text[found.end :]).split()
            little = len([word for word in beside if word not in weekdays()]) <= LEAD_WORDS
            if little and not any(word in words_of("first_person") for word in beside):
                yield Dated(replace(found, time=None), Evidence.PUBLISHED, line.number)


def _order(candidates, country, fields, page):
    """Return day or month, whichever stands first in dates of figures here, '' where nothing tells.

    The file's other dates tell, then the publisher's country, then the language: only English writes both.
    """
    if not any(dated.found.is_open for dated in candidates):
        return ""
    sample = " ".join(line.text for line in page[:SAMPLE_LINES])
    if AMERICAN_TIME.search(sample):
        return "month"
    language = detect_language(sample)
    if language in CROATIAN:
        return "month"
    orders = {dated.found.order for dated in candidates if dated.found.order}
    if len(orders) == 1:
        return orders.pop()
    # A catalogue of prime ministers is kept where the day stands first: no country of the other order has one.
    of_country = order_of_dates(country) or ("day" if any(field.name == "prime-minister" for field in fields) else "")
    return of_country or ("" if language in ("en", None) else "day")


def _decided(dated, candidates, order):
    """Return a date that was open as what the weekday beside it, the other dates or the order of the file make it."""
    found = dated.found
    if not found.is_open:
        return dated
    certain = {other.found.day for other in candidates if not other.found.is_open and other.is_of_day}
    days = (found.day, found.other)
    fitting = [day for day in days if day.weekday() in found.weekdays] or [day for day in days if day in certain]
    if len(fitting) != 1 and order:
        fitting = [found.day if order == "day" else found.other]
    return replace(dated, found=replace(found, day=fitting[0], other=None)) if len(fitting) == 1 else dated


def _plausible(candidates):
    """Return the best candidate; a date in running text long before the front matter's is history, not the event."""
    given = [dated for dated in candidates if dated.evidence >= Evidence.FIELD]
    for dated in candidates:
        in_prose = dated.evidence in (Evidence.PROSE, Evidence.YEAR)
        distances = [abs(other.found.day - dated.found.day) for other in given]
        if not (in_prose and distances and min(distances) > LONG_BEFORE):
            return _finer(dated, candidates)
    return candidates[0]


def _finer(best, candidates):
    """A better known day of the same month (or month of the same year, or of several days) completes a vague date."""
    return next((other for other in candidates if other.is_of_day and _completes(other, best.found)), best)


def _completes(other, vague):
    day = other.found.day
    if vague.last:
        return other.evidence is Evidence.FIELD and vague.day <= day <= vague.last
    same_year = day.year == vague.day.year
    return same_year and (vague.precision == "year" or (vague.precision == "month" and day.month == vague.day.month))


def _broken(title, lines, candidates) -> Iterator[Problem]:
    """Yield what looks like the document's date and cannot be one: a slip of scanner or typist."""
    given = ", ".join(sorted({f"{dated.found.day:%-d %B %Y}" for dated in candidates if dated.is_of_day}))
    texts = [(title or "", None), *((line.text, line.line.number) for line in lines)]
    for text, number in texts:
        for broken in broken_dates(text) if len(text) < SHORT else ():
            message = f"“{broken}” is no date. " + (
                f"Taken was what stands elsewhere: {given}." if given else "Look at the original, and give the date."
            )
            yield Problem("unreadable_date", number, message, Severity.NOTE)


def _problems(best, candidates) -> Iterator[Problem]:
    found, date = best.found, best.found.day
    if found.is_open:
        message = f"Its only date could be {date:%-d %B %Y} or {found.other:%-d %B %Y}; the first was taken."
        yield Problem("ambiguous_date", best.line, message, Severity.DRAFT)
    if found.weekdays and date.weekday() not in found.weekdays and not found.is_open:
        confirmed = any(other.found.day == date and other.found != found for other in candidates)
        message = f"The weekday beside its date does not fit: {date:%-d %B %Y} was a {date:%A}. Look at the original."
        yield Problem("weekday_differs", best.line, message, Severity.NOTE if confirmed else Severity.DRAFT)
    if found.last:
        message = f"It was from {date:%-d %B} to {found.last:%-d %B %Y}; the first day was taken."
        yield Problem("several_days", best.line, message, Severity.NOTE)
    yield from _differing(best, candidates)
    if best.evidence is Evidence.PUBLISHED:
        message = f"Its only date is that of publication, {date:%-d %B %Y}; the interview may have been earlier."
        if best.utc:
            message = f"Its only date is that of publication, {date:%-d %B %Y} there and {best.utc:%-d %B} in UTC."
        yield Problem("publication_date", best.line, message, Severity.NOTE)


def _differing(best, candidates) -> Iterator[Problem]:
    date = best.found.day
    weak = (Evidence.SHORT_LINE, Evidence.PROSE, Evidence.PUBLISHED)
    others = {other.found.day for other in candidates if other.evidence not in weak and other.is_of_day}
    differing = sorted(others - {date})
    if differing and best.is_of_day and not best.found.is_open:
        named = ", ".join(f"{other:%-d %B %Y}" for other in differing)
        message = f"It also gives the date {named}; {date:%-d %B %Y} was taken, as the title and the text win."
        yield Problem("dates_differ", best.line, message, Severity.NOTE)
