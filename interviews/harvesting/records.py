"""The records of a harvest: an interview each, in the order in which they changed.

What readers could see once and no longer can is a deleted record, for ever. Dates count to the second.
"""

import uuid
from collections import defaultdict
from dataclasses import dataclass, replace

from django.db.models import Count, Q

from interviews.citing.metadata import dublin_core
from interviews.citing.reference import reference_of, tidy
from interviews.models import Interview, Mention
from interviews.records import know_rights

from .arguments import HarvestError

PAGE_RECORDS = 100
MOST_SUBJECTS = 20
NAME = "urn:uuid:"


@dataclass(frozen=True, slots=True)
class Record:
    """An interview as a record: `elements` are (name, words) of Dublin Core, () of one that is deleted."""

    identifier: str
    changed: str
    is_deleted: bool
    elements: tuple[tuple[str, str], ...] = ()


def interviews_of_record():
    """Interviews that readers may see, or that they could see once."""
    return Interview.objects.filter(Q(status="published") | Q(published_at__isnull=False))


def changed_in(span):
    """Return (the next interviews that changed in a span, the span after them or None, how many there are in all)."""
    found = interviews_of_record()
    if span.since:
        found = found.filter(changed_at__gte=span.since)
    if span.until:
        found = found.filter(changed_at__lte=span.until)
    total = found.count()
    if span.after:
        moment, key = span.after
        found = found.filter(Q(changed_at__gt=moment) | Q(changed_at=moment, pk__gt=key))
    found = list(for_records(found.order_by("changed_at", "pk"))[: PAGE_RECORDS + 1])
    page = found[:PAGE_RECORDS]
    if len(found) <= PAGE_RECORDS:
        return page, None, total
    last = page[-1]
    return page, replace(span, after=(last.changed_at, last.pk), given=span.given + len(page)), total


def for_records(interviews):
    return interviews.select_related("outlet", "translation_of").with_speakers()


def interview_called(identifier):
    """Return the interview of an identifier. Raises HarvestError."""
    try:
        name = uuid.UUID(identifier.removeprefix(NAME))
    except ValueError:
        name = None
    known = name and identifier == name.urn and for_records(interviews_of_record()).filter(identifier=name).first()
    if not known:
        raise HarvestError("idDoesNotExist", "No record of this archive is called so.")
    return known


def headers_of(interviews):
    """Return the records without what they hold."""
    return [
        Record(interview.identifier.urn, as_moment(interview.changed_at), not interview.is_published)
        for interview in interviews
    ]


def records_of(interviews, *, root, today):
    """Return the records with their elements; of deleted ones there are none."""
    know_rights(interviews)
    subjects = subjects_of(interviews)
    headers = zip(headers_of(interviews), interviews, strict=True)
    return [
        header
        if header.is_deleted
        else replace(header, elements=tuple(elements_of(interview, subjects[interview.pk], root=root, today=today)))
        for header, interview in headers
    ]


def elements_of(interview, subjects, *, root, today):
    """Yield the elements of Dublin Core: those that the head of the page has, with rights and subjects."""
    reference = reference_of(interview, site_url=root, accessed=today)
    yield from dublin_core(reference)
    yield "type", "Text"
    if reference.outlet:
        yield "contributor", reference.outlet
    if interview.source and interview.source.licence:
        yield "rights", tidy(interview.source.licence)
    for subject in subjects:
        yield "subject", tidy(subject)


def subjects_of(interviews):
    """Return {key of an interview: names of what it speaks of, the most frequent first}."""
    shown = Mention.objects.filter(turn__interview__in=interviews, turn__status="current").uncontested().order_by()
    counted = shown.values_list("turn__interview", "entity__name").annotate(count=Count("pk"))
    subjects = defaultdict(list)
    for interview, name, _ in sorted(counted, key=lambda row: (row[0], -row[2], row[1])):
        if len(subjects[interview]) < MOST_SUBJECTS:
            subjects[interview].append(name)
    return subjects


def as_moment(moment):
    """Return a moment as the protocol writes it: 2019-12-05T00:00:00Z."""
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")
