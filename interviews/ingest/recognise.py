"""Which interview a file is a new version of, and whether its words stand in another one already."""

import datetime
from collections.abc import Iterator

from django.db.models import QuerySet

from interviews.ingest.align import words_of
from interviews.ingest.nearby import Nearby
from interviews.ingest.received import Received, RefusedError
from interviews.ingest.resemblance import share_in_common
from interviews.ingest.transcript import Problem, Severity, Transcript, read_texts
from interviews.models import Interview, Reading, SourceName
from interviews.search.index.upkeep import record_changes

SAME_SHARE = 0.4
SUBSTANCE_SHARE = 0.6
MUCH = 30  # words
DUPLICATE_SHARE = 0.6
DUPLICATE_DAYS = datetime.timedelta(days=7)


def earlier_version(received: Received, transcript: Transcript) -> Interview | None:
    """Return the interview that this file is a new version of: by its paths, else by its source's address.

    Neither proves anything alone (two collections may both hold a transcript.txt, a hundred texts may name
    their ministry's home page): enough of the words must agree too, and under another date most of the substance.
    """
    candidates = [] if received.is_new else [*of_name(received.name), *_of_last_part(received.name, transcript)]
    if transcript.header.source_url:
        language = transcript.header.language or ""
        of_address = Interview.objects.filter(source_url=transcript.header.source_url, language=language)
        candidates += of_address.filter(readings__part=1).distinct()
    return next((interview for interview in candidates if _is_version(interview, transcript)), None)


def _is_version(interview, transcript):
    """Tell whether a text has the words of an interview. What opens and ends every briefing is no evidence of one.

    Nor is a question or two, under another date: “Any comment on Libya?” is asked every week.
    """
    if share_in_common(stored_texts(interview), read_texts(transcript)) < SAME_SHARE:
        return False
    date = transcript.header.date
    if date in (None, interview.date) or interview.date is None:
        return True
    stored = interview.turns.current().order_by("position")
    old = [*_substance(stored, stored_texts(interview))]
    new = [*_substance(transcript.turns, read_texts(transcript))]
    is_much = all(sum(len(words_of(text)) for _, text in texts) >= MUCH for texts in (old, new))
    return share_in_common(old, new) >= (SUBSTANCE_SHARE if is_much else 1)


def _substance(turns, texts):
    """Yield the texts of questions and answers, without courtesies and the answers to them."""
    is_courtesy = False
    for turn, text in zip(turns, texts, strict=True):
        if turn.kind == "question":
            is_courtesy = turn.courtesy
        if turn.kind != "statement" and not is_courtesy:
            yield text


def former_holders(received: Received) -> Iterator[Problem]:
    """Yield a problem for each interview that a file of this name held, to be told with the other one it holds now."""
    for other in of_name(received.name).exclude(status=Interview.Status.WITHDRAWN):
        message = f"The file of that name held another interview before: {_where(other)}."
        yield Problem("name_of_another", None, message, Severity.NOTE)


def replaced_by_a_copy(reading: Reading, received: Received) -> Interview | None:
    """Return the interview of a file that has now the bytes of its copy: a draft that nobody published or worked on.

    Such a draft waits because its words stand in that interview; now both are one text.
    """
    draft = reading.interview
    if reading.source.name == received.name or draft.published_at or draft.kept_by_curator:
        return None
    texts = stored_texts(draft)
    others = of_name(received.name).exclude(pk=draft.pk)
    return next((other for other in others if share_in_common(stored_texts(other), texts) >= DUPLICATE_SHARE), None)


def of_name(name: str) -> QuerySet[Interview]:
    """Return the interviews that were read in files of that name (a path below the ingest root)."""
    return Interview.objects.filter(readings__source__names__name=name, readings__part=1).distinct()


def _of_last_part(name, transcript):
    """Yield the only interview whose file has this name in some folder, if date and outlet are the same."""
    if "/" in name:
        return
    known = SourceName.objects.filter(last_part=name).exclude(name=name).values_list("name", flat=True).distinct()[:2]
    header = transcript.header
    if len(known) == 1:
        of_day = of_name(known[0]).filter(date=header.date, date_precision=header.precision)
        yield from (each for each in of_day.select_related("outlet") if _has_outlet(each, header.outlet))


def _has_outlet(interview, name):
    return (interview.outlet.name if interview.outlet else "") == (name or "")


def duplicates(interview: Interview, transcript: Transcript, sketch: list[int], nearby: Nearby) -> Iterator[Problem]:
    """Yield a problem for each other interview of the same days and language that holds most of the same words.

    `sketch` is that of the transcript, `nearby` what this run remembers. Of many that are alike a few are named.
    """
    texts = read_texts(transcript)
    for other in _alike(interview, texts, sketch, nearby):
        share = share_in_common(stored_texts(other), texts)
        if share >= DUPLICATE_SHARE:
            message = f"{share:.0%} of its words stand already in {_where(other)}."
            yield Problem("possible_duplicate", None, message, Severity.DRAFT)


def _where(interview):
    """Return the address of an interview, or what it is called where readers find none there."""
    if interview.is_published:
        return interview.get_absolute_url()
    called = interview.get_absolute_url() if interview.date else f"“{interview.title}”"
    return f"{called} ({interview.get_status_display().lower()})"


def _alike(interview, texts, sketch, nearby):
    """Return others that may hold the same words: of the same days by their sketches, else by a whole turn."""
    others = Interview.objects.filter(language=interview.language).exclude(pk=interview.pk)
    if interview.date is None:
        return others.filter(turns__text__in=[text for _, text in texts]).distinct()
    days = (interview.date - DUPLICATE_DAYS, interview.date + DUPLICATE_DAYS)
    keys = nearby.alike(interview, sketch)
    return others.filter(pk__in=keys, date__range=days) if keys else ()


def withdraw_draft_of(received: Received, interview: Interview) -> None:
    """Take back the draft that the same bytes made before a person said what they are a version of."""
    others = Interview.objects.filter(readings__source__sha256=received.sha256, readings__part=1)
    for other in others.exclude(pk=interview.pk).distinct():
        if other.status == Interview.Status.PUBLISHED:
            raise RefusedError(f"This text is published at {other.get_absolute_url()}; withdraw that first.")
        other.status = Interview.Status.WITHDRAWN
        other.status_reason = f"It is a version of {_where(interview)}."
        other.save()
        record_changes(other.turns.values_list("pk", flat=True))


def stored_texts(interview: Interview) -> list[tuple[str, str]]:
    """Return (kind, text as read) of the current turns of an interview, in order."""
    return [(turn.kind, turn.as_read) for turn in interview.turns.current().order_by("position")]
