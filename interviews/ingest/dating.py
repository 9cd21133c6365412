"""When an interview took place: which of a document's dates is its own."""

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from interviews.ingest.dates import FoundDate, find_dates, only_year
from interviews.ingest.lines import Field, Fragment, Link
from interviews.ingest.transcript import Problem, Severity
from interviews.ingest.words import field_words, load

FIELDS = ("date", "release-date", "event_date", "datum", "fecha")
PUBLISHED_FIELDS = ("published_time", "pubdate", "dc:date", "article:published_time", "datepublished", "datetime")
LONG_BEFORE = datetime.timedelta(days=60)
NO_DATE = (
    "The text gives no date. Date it with: manage.py ingest --date YYYY-MM-DD and this file, or in the admin; "
    "until then it is a draft."
)


@dataclass(frozen=True, slots=True)
class Dated:
    """A date, the rank of its evidence (0 best), and the line it stands in where it stands in one."""

    found: FoundDate
    rank: int
    line: int | None = None
    published: bool = False


def choose_date(
    title: str | None, lines: Sequence[Fragment], links: Sequence[Link], fields: Sequence[Field]
) -> tuple[FoundDate | None, list[Problem]]:
    """Return the date of the event and what a person should know about it.

    The title speaks first, then a line of its own, then running text of the head, then front matter; a date of
    publication is the last resort. The text wins over front matter that contradicts it.
    """
    candidates = sorted(_candidates(title, lines, links, fields), key=lambda dated: dated.rank)
    if not candidates:
        return None, [Problem("no_date", None, NO_DATE, Severity.DRAFT)]
    best = _plausible(candidates)
    return best.found, list(_problems(best, candidates))


def _candidates(title, lines, links, fields) -> Iterator[Dated]:
    for field in fields:
        name = field.name.casefold()
        if name in FIELDS or name in PUBLISHED_FIELDS:
            published = name in PUBLISHED_FIELDS
            for found in list(find_dates(field.value))[:1] or [only_year(field.value)]:
                if found:
                    yield Dated(replace(found, time=None), 5 if published else 4, published=published)
    in_title = list(find_dates(title or ""))
    if in_title:
        yield Dated(in_title[-1], 0)
    elif title and (year := only_year(title)):
        yield Dated(year, 3)
    for fragment in lines:
        yield from _in_line(fragment)
    for link in links:
        for found in list(find_dates(link.title))[-1:]:
            yield Dated(found, 2)


def _in_line(fragment):
    text = fragment.text
    published = any(word in text.casefold() for word in load("words")["published"])
    for found in find_dates(text):
        alone = (found.end - found.start) * 2 > len(text) or field_words().get(_head(text)) == "date"
        stamped = alone and found.time is not None and found.start == 0 and text[:4].isdigit()
        rank = 5 if stamped else 3 if published else 1 if alone else 2
        yield Dated(found, rank, fragment.line.number, published=published or stamped)
    year = only_year(text) if text.isdigit() else None
    if year:
        yield Dated(year, 3, fragment.line.number)


def _head(text):
    return text.partition(":")[0].strip().casefold()


def _plausible(candidates):
    """Return the best candidate; a date in running text long before the front matter's is history, not the event."""
    given = [dated for dated in candidates if dated.rank >= 4]
    for dated in candidates:
        in_prose = dated.rank in (2, 3)
        distances = [abs(other.found.day - dated.found.day) for other in given]
        if not (in_prose and distances and min(distances) > LONG_BEFORE):
            return _finer(dated, candidates)
    return candidates[0]


def _finer(best, candidates):
    """A better known day of the same month (or month of the same year) completes a vague date."""
    for other in candidates:
        same_year = other.found.day.year == best.found.day.year
        same_month = same_year and other.found.day.month == best.found.day.month
        if other.found.precision == "day" and (
            (best.found.precision == "month" and same_month) or (best.found.precision == "year" and same_year)
        ):
            return other
    return best


def _problems(best, candidates) -> Iterator[Problem]:
    date = best.found.day
    if best.found.is_open and not _confirmed(best, candidates):
        message = (
            f"Day and month of its only date could be the other way round; it was read as {date:%-d %B %Y}. "
            "Correct or confirm it in the admin, or ingest the file with --date."
        )
        yield Problem("ambiguous_date", best.line, message, Severity.DRAFT)
    others = {
        other.found.day
        for other in candidates
        if not other.published and other.rank != 2 and other.found.precision == best.found.precision == "day"
    }
    differing = sorted(others - {date})
    if differing and not best.found.is_open:
        named = ", ".join(f"{other:%-d %B %Y}" for other in differing)
        message = f"It also gives the date {named}; {date:%-d %B %Y} was taken, as the title and the text win."
        yield Problem("dates_differ", best.line, message, Severity.NOTE)
    if best.published:
        message = f"Its only date is that of publication, {date:%-d %B %Y}; the interview may have been earlier."
        yield Problem("publication_date", best.line, message, Severity.NOTE)


def _confirmed(best, candidates):
    return any(not other.found.is_open and other.found.day == best.found.day for other in candidates)
