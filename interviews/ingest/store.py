"""The only module of ingest that writes: one transaction a file, idempotent by the file's SHA-256."""

import datetime
import os
import tempfile
from dataclasses import asdict

from django.db import transaction
from django.utils import timezone

from interviews import addresses
from interviews.ingest import facts
from interviews.ingest.align import align, share_in_common
from interviews.ingest.numbers import numbers_for
from interviews.ingest.received import Outcome, RefusedError, Rights, Stored
from interviews.ingest.transcript import PARSER_VERSION, Problem, Severity, Transcript
from interviews.models import Interview, Participation, Reading, ReadingProblem, Revision, Source, Turn
from interviews.search.index import record_changes
from interviews.tagging import authority, link

SAME_SHARE = 0.4
DUPLICATE_SHARE = 0.6
DUPLICATE_DAYS = datetime.timedelta(days=7)


def keep_bytes(received):
    """Write the bytes into the archive's folder of sources, synced; to be called before `store`."""
    path = Source(sha256=received.sha256).path
    if path.exists():
        return
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as file:
        file.write(received.data)
        file.flush()
        os.fsync(file.fileno())
    os.replace(file.name, path)  # noqa: PTH105 - the name of a temporary file is text


def earlier_reading(received, *, replaces=None):
    """Return what this version of the parser read in the same bytes before, where it still holds; else None.

    It does not hold where the file went back to former bytes, or where a person names another interview
    (`replaces`) as the one it is a version of.
    """
    found = Reading.objects.filter(source__sha256=received.sha256, parser_version=PARSER_VERSION)
    reading = found.select_related("source", "interview").first()
    if reading is None or (replaces and reading.interview != replaces):
        return None
    newest = reading.interview.readings.select_related("source").first()
    went_back = newest != reading and newest.source.name == received.name
    return None if went_back else reading


@transaction.atomic
def refresh(reading, received):
    """Apply what a person says now (rights, a date) about a file that was read before -> Stored."""
    interview, source = reading.interview, reading.source
    changes = {name: value for name, value in received.rights.stated().items() if getattr(source, name) != value}
    if changes:
        _set(source, changes)
        source.save(update_fields=changes)
    if received.date and (interview.date, interview.date_precision) != (received.date, "day"):
        changes["date"] = received.date
        _change_facts(interview, _by_hand(received))
        _settle_status(interview, reading.problems.filter(settled_at=None), reading.problems.all())
        interview.save()
        record_changes(interview.turns.values_list("pk", flat=True))
    if not changes:
        return Stored(Outcome.UNCHANGED, interview, reason=_why_unchanged(reading, received))
    return Stored(Outcome.UPDATED, interview, reason=f"changed by hand: {', '.join(changes)}")


def _why_unchanged(reading, received):
    if reading != reading.interview.readings.first():
        return "an earlier version of this interview; the archive holds a newer one"
    if reading.source.name != received.name:
        return f"the same text as {reading.source.name}"
    return ""


@transaction.atomic
def store(received, transcript: Transcript, *, replaces=None, written=None):
    """Write one transcript: a new interview, or a new reading of one that is here -> Stored.

    `replaces` is the interview that a person names as the earlier version. `written` holds the interviews of this
    run as {key: name of the file}: to lead to one of them raises RefusedError, and nothing is written.
    """
    interview = replaces or _earlier_interview(received, transcript)
    if interview and interview.pk in (written or {}):
        raise RefusedError(f"This is the interview that {written[interview.pk]} gives; keep one of the two files.")
    if interview is None:
        return _create(received, transcript)
    if replaces:
        _withdraw_draft_of(received, interview)
    return _update(interview, received, transcript)


def _earlier_interview(received, transcript):
    """Return the interview that this file is a new version of: by its path, else by its source's address.

    Neither proves anything alone (two collections may both hold a transcript.txt, a hundred texts may name
    their ministry's home page): enough of the words must agree too.
    """
    of_same_bytes = Interview.objects.filter(readings__source__sha256=received.sha256).first()
    if of_same_bytes:
        return of_same_bytes
    of_same_path = Interview.objects.filter(readings__source__name=received.name)
    of_same_address = Interview.objects.none()
    if transcript.header.source_url:
        language = transcript.header.language or ""
        of_same_address = Interview.objects.filter(source_url=transcript.header.source_url, language=language)
    texts = _read_texts(transcript)
    for interview in [*of_same_path.distinct(), *of_same_address]:
        if share_in_common(_stored_texts(interview), texts) >= SAME_SHARE:
            return interview
    return None


def _withdraw_draft_of(received, interview):
    """Take back the draft that the same bytes made before a person said what they are a version of."""
    others = Interview.objects.filter(readings__source__sha256=received.sha256).exclude(pk=interview.pk)
    for other in others.distinct():
        if other.status == Interview.Status.PUBLISHED:
            raise RefusedError(f"This text is published at {other.get_absolute_url()}; withdraw that first.")
        other.status = Interview.Status.WITHDRAWN
        other.status_reason = f"It is a version of {interview.get_absolute_url()}."
        other.save()
        record_changes(other.turns.values_list("pk", flat=True))


def _create(received, transcript):
    header = facts.header_facts(transcript)
    interview = Interview(sample=received.sample, **(_as_fields(header) | _by_hand(received)))
    problems = [*transcript.problems, *_duplicates(interview, transcript)]
    interview.slug = addresses.choose_slug(interview, *_names_for_slug(header))
    _settle_status(interview, problems)
    interview.save()
    _write_reading(interview, received, transcript, problems)
    return Stored(Outcome.CREATED, interview, tuple(problems))


def _update(interview, received, transcript):
    reading_before, header = interview.readings.first(), facts.header_facts(transcript)
    before = reading_before.facts["header"] if reading_before else {}
    problems = list(transcript.problems)
    if interview.status == Interview.Status.DRAFT:
        problems += _duplicates(interview, transcript)
    changed = facts.changed(header, before)
    for together in (("date", "date_precision"), ("outlet", "outlet_country")):
        if header[together[0]] and changed.keys() & set(together):
            changed |= {name: header[name] for name in together}
    slug = _changed_slug(interview, before or header, header)
    _change_facts(interview, _as_fields(changed) | _by_hand(received), slug=slug)
    problems_before = reading_before.problems.all() if reading_before else ()
    _settle_status(interview, [each for each in problems if not _settled(each, problems_before)], problems_before)
    interview.save()
    reason = _write_reading(interview, received, transcript, problems)
    return Stored(Outcome.UPDATED, interview, tuple(problems), reason)


def _as_fields(header):
    """Return facts of the head as fields of an interview."""
    fields = {name: value for name, value in header.items() if name != "outlet_country"}
    if "title" in fields:
        fields["title"] = fields["title"] or "Untitled"
    if fields.get("date"):
        fields["date"] = datetime.date.fromisoformat(fields["date"])
    if fields.get("outlet"):
        fields["outlet"] = authority.find_or_make_outlet(name=fields["outlet"], country=header.get("outlet_country"))
    return fields


def _names_for_slug(header):
    """Return what the slug is made of, first choice first: the outlet, else kind and place, else the title."""
    return header["outlet"], header["place"] and f"{header['kind']}-{header['place']}", header["title"]


def _changed_slug(interview, header_before, header):
    """Return the slug that changed facts ask for; one that a curator chose stays."""
    before, now = (addresses.slug_for(*_names_for_slug(each)) for each in (header_before, header))
    return now if before != now and interview.slug == before else interview.slug


def _by_hand(received):
    return {"date": received.date, "date_precision": "day"} if received.date else {}


def _set(row, values):
    for name, value in values.items():
        setattr(row, name, value)


def _change_facts(interview, fields, *, slug=None):
    """Set facts; where they are part of the address, the old one leads to the new one for ever."""
    former_path = interview.get_absolute_url() if interview.date else None
    _set(interview, fields)
    slug = slug or interview.slug
    if former_path and former_path == addresses.path_of(dated=interview.dated, slug=slug):
        return
    interview.slug = addresses.choose_slug(interview, slug)
    if former_path:
        addresses.remember(interview=interview, former_path=former_path)


def _settle_status(interview, problems, problems_before=()):
    """Make it a draft with its reasons, or publish it; what a curator decided stands."""
    reasons = [
        problem.message
        for problem in problems
        if problem.severity == Severity.DRAFT and not (problem.code == "no_date" and interview.date)
    ]
    given_before = {problem.message for problem in problems_before}
    shown = set(interview.status_reason.splitlines())
    by_program = interview.status == Interview.Status.DRAFT and shown and shown <= given_before
    if interview.pk is None or by_program:
        interview.status = Interview.Status.DRAFT if reasons else Interview.Status.PUBLISHED
        interview.status_reason = "\n".join(reasons)
    if interview.is_published:
        interview.published_at = interview.published_at or timezone.now()


def _settled(problem, problems_before):
    """Return the row of the reading before in which a person settled the same problem, if any."""
    same = (each for each in problems_before if (each.code, each.message) == (problem.code, problem.message))
    return next((each for each in same if each.settled_by_id), None)


def _write_problems(reading, problems, before):
    """Write the problems of a reading; those of the readings before are settled by it."""
    problems_before = list(before.problems.all()) if before else []
    reading.problems.all().delete()
    rows = []
    for problem in problems:
        row = ReadingProblem(reading=reading, **{**asdict(problem), "severity": problem.severity.value})
        settled = _settled(problem, problems_before)
        if settled:
            row.settled_at, row.settled_by_id = settled.settled_at, settled.settled_by_id
        rows.append(row)
    ReadingProblem.objects.bulk_create(rows)
    earlier = ReadingProblem.objects.filter(reading__interview=reading.interview).exclude(reading=reading)
    earlier.filter(settled_at=None).update(settled_at=reading.read_at)


def _duplicates(interview, transcript):
    """Yield a problem for each other interview of the same days and language that holds most of the same words."""
    texts = _read_texts(transcript)
    nearby = Interview.objects.filter(language=interview.language).exclude(pk=interview.pk)
    if interview.date:
        nearby = nearby.filter(date__range=(interview.date - DUPLICATE_DAYS, interview.date + DUPLICATE_DAYS))
    else:
        nearby = nearby.filter(turns__text__in=[text for _, text in texts]).distinct()
    for other in nearby:
        share = share_in_common(_stored_texts(other), texts)
        if share >= DUPLICATE_SHARE:
            where = other.get_absolute_url() if other.date else f"“{other.title}” (a draft)"
            message = (
                f"{share:.0%} of its words stand already in {where}. If it is a new version of that, ingest it "
                "with --replaces and that address; if it is another interview, publish it in the admin."
            )
            yield Problem("possible_duplicate", None, message, Severity.DRAFT)


def _stored_texts(interview):
    return [(turn.kind, turn.as_read) for turn in interview.turns.current().order_by("position")]


def _read_texts(transcript):
    return [(turn.kind, "\n\n".join(turn.paragraphs)) for turn in transcript.turns]


def _write_reading(interview, received, transcript, problems):
    """Write source, reading, speakers and turns, tag them, tell the search index. Return what changed, in words."""
    before = interview.readings.select_related("source").first()
    stored = list(interview.turns.order_by("position"))
    used = [turn.number for turn in stored]
    numbers = numbers_for(transcript.turns, inherited=_inherited(stored, transcript), used=used)
    renamed = {turn.number: number for turn, number in zip(transcript.turns, numbers, strict=True)}
    reading, _ = Reading.objects.update_or_create(
        source=_source(received, before),
        parser_version=PARSER_VERSION,
        defaults={
            "interview": interview,
            "layout": transcript.layout,
            "encoding": transcript.encoding,
            "spans": [[s.start, s.end, s.kind, renamed.get(s.detail, s.detail)] for s in transcript.spans],
            "facts": facts.facts_of(transcript, numbers),
            "read_at": timezone.now(),
        },
    )
    _write_problems(reading, problems, before)
    voices = _participations(interview, reading.facts["speakers"], before and before.facts["speakers"])
    said_before = before.facts["turns"] if before else {}
    changes = _write_turns(interview, reading, transcript, numbers, stored, voices, said_before)
    turns = list(interview.turns.current().order_by("position"))
    link.tag_turns(turns)
    record_changes([turn.pk for turn in stored] + [turn.pk for turn in turns])
    return changes


def _source(received, before):
    """Return the row of the bytes. A new version of a text has the rights of the one before, where none are stated."""
    source = Source.objects.filter(sha256=received.sha256).first() or Source(sha256=received.sha256)
    inherited = Rights.of(before.source).stated() if before and source.pk is None else {}
    _set(source, {"name": received.name, "size": len(received.data)} | inherited | received.rights.stated())
    source.save()
    return source


def _inherited(stored, transcript):
    """Return {index of a turn as read: the number of the stored turn it is}; a withdrawn turn may come back."""
    new = _read_texts(transcript)
    current = [turn for turn in stored if turn.status == Turn.Status.CURRENT]
    pairs = {j: current[i].number for j, i in align([(turn.kind, turn.as_read) for turn in current], new).items()}
    withdrawn = {(turn.kind, turn.as_read): turn.number for turn in stored if turn.status == Turn.Status.WITHDRAWN}
    for j, text in enumerate(new):
        if j not in pairs and text in withdrawn:
            pairs[j] = withdrawn.pop(text)
    return pairs


def _write_turns(interview, reading, transcript, numbers, stored, voices, said_before):
    rows = {turn.number: turn for turn in stored}
    now, made, kept, revised = timezone.now(), [], [], []
    by_read_number = {}
    for position, (turn, number) in enumerate(zip(transcript.turns, numbers, strict=True), start=1):
        row = rows.get(number) or Turn(interview=interview, number=number, kind=turn.kind)
        by_read_number[turn.number] = row
        row.position, row.status, row.status_reason, row.changed_at = position, Turn.Status.CURRENT, "", now
        _say(row, reading.facts["turns"][number], said_before.get(number), voices)
        text = "\n\n".join(turn.paragraphs)
        if row.source_text:
            row.source_text = text
        elif row.pk and row.text != text:
            revised.append(Revision(turn=row, text=row.text, sha256=Revision.digest(row.text), reading=reading))
        row.text = row.text if row.source_text else text
        (kept if row.pk else made).append(row)
    gone = [turn for turn in stored if turn.status == Turn.Status.CURRENT and turn not in kept]
    for row in gone:
        row.status, row.changed_at = Turn.Status.WITHDRAWN, now
        row.status_reason = f"No longer in the text as received on {now:%-d %B %Y}."
    _save_turns(transcript, by_read_number, made, kept + gone)
    Revision.objects.bulk_create(revised)
    interview.participations.filter(turns=None).delete()
    counts = {"inserted": len(made), "changed": len(revised), "removed": len(gone)}
    return ", ".join(f"{count} turns {what}" for what, count in counts.items() if count) or "turns as before"


def _say(row, said, said_before, voices):
    """Set what the file says of a turn, where it says otherwise than before: a curator may know better."""
    for name, value in said.items():
        if said_before and said_before[name] == value:
            continue
        if name == "speaker":
            row.participation = voices.get(value)
        else:
            setattr(row, name, value)


def _save_turns(transcript, by_read_number, made, other):
    """Write the questions first: their answers point at them."""
    Turn.objects.bulk_create([row for row in made if row.kind == Turn.Kind.QUESTION])
    for turn in transcript.turns:
        by_read_number[turn.number].reply_to = by_read_number.get(turn.reply_to)
    Turn.objects.bulk_create([row for row in made if row.kind != Turn.Kind.QUESTION])
    written = ["position", "courtesy", "continues", "reply_to", "participation", "text", "source_text"]
    Turn.objects.bulk_update(other, [*written, "status", "status_reason", "changed_at"])


def _participations(interview, speakers, speakers_before):
    """Return {key of a speaker: participation}, with what the file changed about them."""
    present = {row.label: row for row in interview.participations.all()}
    voices = {}
    for key, said in speakers.items():
        row = present.get(key) or Participation(interview=interview, label=key)
        _set(row, _as_participation(facts.changed(said, (speakers_before or {}).get(key))))
        row.save()
        voices[key] = row
    return voices


def _as_participation(said):
    """Return what a text says of a speaker as fields of a participation."""
    fields = {name: said[name] for name in ("part", "office") if name in said}
    if "name" in said:
        fields["person"] = authority.find_or_make_person(name=said["name"])
    if "outlet" in said:
        fields["outlet"] = authority.find_or_make_outlet(name=said["outlet"])
    return fields
