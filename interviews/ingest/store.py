"""A transcript into rows: one transaction a file, idempotent by the file's SHA-256."""

from dataclasses import replace

from django.db import transaction
from django.utils import timezone

from interviews import addresses
from interviews.ingest import facts, fields, readings
from interviews.ingest.collect import printable
from interviews.ingest.conflicts import Weighing
from interviews.ingest.differences import Change, What, in_words
from interviews.ingest.prepared import Prepared
from interviews.ingest.received import Outcome, Received, RefusedError, Run, Stored
from interviews.ingest.recognise import duplicates, earlier_version, former_holders, withdraw_draft_of
from interviews.ingest.running_order import GONE, RunningOrder
from interviews.ingest.staying import staying
from interviews.ingest.succession import Succession
from interviews.ingest.transcript import Severity, read_texts
from interviews.ingest.voices import write_voices
from interviews.models import Interview, Reading
from interviews.search.index.upkeep import record_changes
from interviews.tagging import link
from interviews.tagging.vouching import vouched_for

EARLIER = (
    "an earlier version of this interview, left alone, for the newer one came in another file. To go back to this one, "
    "say that it replaces the interview"
)


def refresh(reading: Reading, received: Received) -> Stored:
    """Apply what a person says now (rights, a date) about a file that was read before."""
    interview, source = reading.interview, reading.source
    if source.name != received.name and not source.names.filter(name=received.name).exists():
        readings.remember_name(source, received)
    rights = readings.rights_to_take(source, received)
    dated = received.date and (interview.date, interview.date_precision) != (received.date, "day")
    if not rights and not dated:
        return _unchanged(reading, received)
    with transaction.atomic():
        if rights:
            fields.set_all(source, rights)
            source.save(update_fields=rights)
        versions = [interview, *_translations(interview)] if dated else []
        changes = [change for version in versions for change in _date_by_hand(version, received)]
    names = [*(name for name in rights if name != "name"), *(["date"] if dated else [])]
    return Stored(Outcome.UPDATED, interview, reason=f"changed by hand: {', '.join(names)}", changes=tuple(changes))


def _date_by_hand(interview, received):
    """Give an interview the date that a person names, and return what that changes."""
    known, former = (
        _known(interview),
        fields.shown({"date": interview.date, "date_precision": interview.date_precision}),
    )
    fields.change_facts(interview, _by_hand(received))
    problems = [problem for reading in interview.readings.all()[:1] for problem in reading.problems.all()]
    readings.settle_dated(interview)
    is_open = [problem for problem in problems if problem.settled_at is None]
    _settle_status(interview, _still_true(is_open, interview), problems)
    interview.save()
    link.retag_interviews([interview.pk])
    record_changes(interview.turns.values_list("pk", flat=True))
    return [Change(What.FACT, fact="date", before=former, after=received.date.isoformat()), *_changed(known, interview)]


def _unchanged(reading, received):
    reason, is_superseded = "", reading.newest != reading.pk
    if is_superseded:
        reason = EARLIER
    elif reading.source.name != received.name:
        reason = f"the same text as {printable(reading.source.name)}"
        if readings.other_rights(reading.source, received):
            reason += ", whose rights stand, though those stated here are others"
    return Stored(Outcome.UNCHANGED, reading.interview, reason=reason, is_superseded=is_superseded)


@transaction.atomic
def store(received: Received, prepared: Prepared, run: Run, *, reading: Reading | None = None, replaces=None) -> Stored:
    """Write one transcript: a new interview, or a new reading of one that is here.

    `reading`: the last one of the same bytes. `replaces` is the interview that a person names as the earlier version.
    A file that leads to an interview which another file of this run gives raises RefusedError, and nothing is written.
    """
    transcript = prepared.transcript
    fields.fetch_named(transcript)
    interview = replaces or (reading and reading.interview) or earlier_version(received, transcript)
    if interview and interview.pk in run.written:
        other = printable(run.written[interview.pk])
        raise RefusedError(f"This is the interview that {other} gives; keep one of the two files.")
    if interview is None:
        others = () if received.is_new else former_holders(received)
        stored = _create(Interview(sample=received.sample), received, prepared, run, inherited=others)
        return replace(stored, translation=_store_translation(stored, received, prepared, run, former_slug=None))
    if replaces:
        withdraw_draft_of(received, interview)
    former_slug = interview.slug
    stored = _update(interview, received, prepared, run)
    return replace(stored, translation=_store_translation(stored, received, prepared, run, former_slug=former_slug))


def _create(interview, received, prepared, run, *, part=1, slug=None, inherited=()):
    """Write a new interview. `slug` is wanted where the file's facts shall not make it."""
    transcript = prepared.transcript
    header = facts.header_facts(transcript)
    fields.set_all(interview, fields.of_interview(header) | _by_hand(received))
    found = duplicates(interview, transcript, prepared.sketch, run.nearby) if part == 1 else ()
    problems = _still_true([*transcript.problems, *inherited, *found], interview)
    interview.slug = addresses.choose_slug(interview, *([slug] if slug else fields.names_for_slug(header)))
    _settle_status(interview, problems)
    interview.save()
    reading = _write(Weighing(interview), received, prepared, part=part, before=None, stored=[])
    readings.write_problems(reading, problems, ())
    run.nearby.add(interview, prepared.sketch)
    return Stored(Outcome.CREATED, interview, tuple(problems))


def _update(interview, received, prepared, run, *, part=1, slug=None, inherited=()):
    """Write a new reading of an interview. `slug`: what its address shall be now, for a translation."""
    before, known, weighing = readings.last_reading(interview), _known(interview), Weighing.of(interview)
    transcript = prepared.transcript
    _bring_back(interview)
    problems = [*transcript.problems, *inherited]
    if interview.status == Interview.Status.DRAFT and part == 1:
        problems += duplicates(interview, transcript, prepared.sketch, run.nearby)
    taken, asked_slug = _taken_facts(weighing, received, transcript, before)
    fields.change_facts(interview, taken | _by_hand(received), slug=slug or asked_slug)
    problems = _still_true(problems, interview)
    problems_before = list(before.problems.all()) if before else []
    open_problems = [each for each in problems if not readings.settled_before(each, problems_before)]
    _settle_status(interview, open_problems, problems_before)
    interview.save()
    weighing.changes.extend(_changed(known, interview))
    stored = list(interview.turns.select_related("participation__person", "participation__outlet").order_by("position"))
    reading = _write(weighing, received, prepared, part=part, before=before, stored=stored)
    problems += staying(interview, reading)
    readings.settle_earlier_problems(reading)
    readings.write_problems(reading, problems, problems_before)
    _take_leave_of_voices(interview, reading, before)
    run.nearby.add(interview, prepared.sketch)
    changes = weighing.changes
    reading.changes = [change.as_json() for change in changes]
    reading.save(update_fields=["changes"])
    return Stored(Outcome.UPDATED, interview, tuple(problems), in_words(changes), changes=tuple(changes))


def _take_leave_of_voices(interview, reading, before):
    """Delete the voices that the text no longer has; those that a curator added stay."""
    gone = before.facts["speakers"].keys() - reading.facts["speakers"].keys() if before else ()
    interview.participations.filter(turns=None, label__in=gone).delete()


def _taken_facts(weighing, received, transcript, before):
    """Return the facts of the head that the archive takes over, as fields, and the slug that they ask for."""
    header, interview = facts.header_facts(transcript), weighing.interview
    header_before = facts.said_last(before.facts)["header"] if before else None
    taken, valid = {}, dict(header_before or header)
    for fact, values, values_before in facts.changed(header, header_before):
        if fact == "date" and received.date:
            continue
        now = fields.of_interview(values)
        was = None if values_before is None else fields.of_interview(values_before, make=False)
        if weighing.takes(interview, fact, now, was, values):
            taken |= now
            valid |= values
    return taken, fields.changed_slug(interview, header_before or header, valid)


def _by_hand(received):
    return {"date": received.date, "date_precision": "day"} if received.date else {}


def _known(interview):
    """Return what readers know an interview by: where it stands, and whether they see it."""
    return {"address": interview.get_absolute_url() if interview.date else "", "status": interview.status}


def _changed(before, interview):
    pairs = [(fact, before[fact], value) for fact, value in _known(interview).items()]
    return [Change(What.FACT, fact=fact, before=was, after=value) for fact, was, value in pairs if was != value]


def _still_true(problems, interview):
    """Leave out that a text gives no date where the interview has one, by hand or from an earlier version."""
    return [problem for problem in problems if not (problem.code == "no_date" and interview.date)]


def _settle_status(interview, problems, problems_before=()):
    """Make it a draft with its reasons, or publish it; what a curator decided stands."""
    reasons = [problem.message for problem in problems if problem.severity == Severity.DRAFT]
    given_before = {problem.message for problem in problems_before}
    shown = set(interview.status_reason.splitlines())
    is_draft = interview.status == Interview.Status.DRAFT and not interview.kept_by_curator
    by_program = is_draft and shown and shown <= given_before
    if interview.pk is None or by_program:
        interview.status = Interview.Status.DRAFT if reasons else Interview.Status.PUBLISHED
        interview.status_reason = "\n".join(reasons)
    if interview.is_published:
        interview.published_at = interview.published_at or timezone.now()


def _write(weighing, received, prepared, *, part, before, stored):
    """Write source, reading, speakers and turns, tag them, tell the search index; return the reading."""
    interview, said_before = weighing.interview, before.facts if before else {}
    succession = Succession.of(prepared.transcript, stored, said_before.get("turns", {}), weighing.kept_whole)
    source = readings.write_source(received, before)
    reading = readings.write_reading(
        interview, source, received, prepared, numbers=succession.numbers, part=part, before=before
    )
    turns_before = said_before.get("turns", {})
    kept = [number for number in succession.numbers if number in turns_before]
    successors = [(turns_before[number]["speaker"], reading.facts["turns"][number]["speaker"]) for number in kept]
    present = interview.participations.select_related("person", "outlet") if stored else ()
    speakers_before = facts.said_last(said_before)["speakers"]
    voices = write_voices(weighing, present, reading.facts["speakers"], speakers_before, successors)
    weighing.changes.extend(succession.changes())
    rows = RunningOrder(succession, reading, voices, weighing, turns_before).write()
    link.tag_turns(rows, are_new=not stored, tags=_tags(prepared, interview, rows))
    weighing.write(reading)
    record_changes(sorted({turn.pk for turn in (*stored, *rows)}))
    return reading


def _tags(prepared, interview, rows):
    """Return the tags that were found in the text as read; None where they were found in another text or setting."""
    is_as_read = [row.text for row in rows] == [text for _, text in read_texts(prepared.transcript)]
    setting = link.setting_of_rows(interview, link.voices_of(rows).get(interview.pk, ()))
    return prepared.tags if is_as_read and prepared.holds_for(setting, vouched_for()) else None


def _translations(interview):
    """Return the translation that stands in the same file as an interview, as a queryset."""
    sources = interview.readings.filter(part=1).values("source")
    return Interview.objects.filter(readings__part=2, readings__source__in=sources).distinct()


def _store_translation(stored, received, prepared, run, *, former_slug):
    """Write the translation that stands in the same file, as an interview of its own; None where there is none.

    One that is no longer in the file is withdrawn.
    """
    original, known = stored.interview, None
    received = replace(received, is_new=False)  # the text that it translates is here by now
    if stored.outcome is Outcome.UPDATED:
        known = _translations(original).first()
    translation = prepared.translation
    if translation is None:
        return _withdraw(known) if known and known.status != Interview.Status.WITHDRAWN else None
    ending = translation.transcript.header.language or "translation"
    slug = f"{original.slug}-{ending}"
    inherited = [problem for problem in stored.problems if problem.severity == Severity.DRAFT]
    if known is None:
        row = Interview(sample=received.sample, translation_of=original)
        return _create(row, received, translation, run, part=2, slug=slug, inherited=inherited)
    follows = fields.is_made_of(known.slug, f"{former_slug}-{ending}")
    slug = slug if follows else known.slug
    return _update(known, received, translation, run, part=2, slug=slug, inherited=inherited)


def _withdraw(interview):
    known = _known(interview)
    interview.before_withdrawal = {"status": interview.status, "status_reason": interview.status_reason}
    interview.status = Interview.Status.WITHDRAWN
    interview.status_reason = f"{GONE} {timezone.now():%-d %B %Y}."
    interview.save()
    record_changes(interview.turns.values_list("pk", flat=True))
    return Stored(Outcome.UPDATED, interview, changes=tuple(_changed(known, interview)))


def _bring_back(interview):
    """Make a translation whose text had left the file what it was before; readers may never have seen it."""
    if interview.status == Interview.Status.WITHDRAWN and interview.status_reason.startswith(GONE):
        status = Interview.Status.PUBLISHED if interview.published_at else Interview.Status.DRAFT
        fields.set_all(interview, interview.before_withdrawal or {"status": status, "status_reason": ""})
        interview.before_withdrawal = None
