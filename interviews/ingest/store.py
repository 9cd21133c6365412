"""The only module of ingest that writes: one transaction a file, idempotent by the file's SHA-256."""

import datetime
import hashlib
import os
import tempfile
from dataclasses import asdict, dataclass, field
from enum import StrEnum

from django.db import transaction
from django.utils import timezone

from interviews import addresses
from interviews.ingest.align import align, share_in_common
from interviews.ingest.numbers import numbers_for
from interviews.ingest.transcript import PARSER_VERSION, Problem, Severity, Transcript
from interviews.models import Interview, Participation, Reading, Revision, Source, Turn
from interviews.search.index import record_changes
from interviews.tagging import authority, link

DUPLICATE_SHARE = 0.6
DUPLICATE_DAYS = datetime.timedelta(days=7)


class Outcome(StrEnum):
    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Rights:
    """Where a text comes from and what may be done with it; None leaves what is known as it is."""

    licence: str | None = None
    origin_url: str | None = None
    redistribute: bool | None = None

    def stated(self):
        """Return what is stated, as {field of Source: value}."""
        return {name: value for name, value in asdict(self).items() if value is not None}


@dataclass(frozen=True, slots=True)
class Received:
    """One file as received: its path below the ingest root, its bytes, and what the person says about it."""

    name: str
    data: bytes
    rights: Rights = field(default_factory=Rights)
    date: datetime.date | None = None
    sample: bool = False

    @property
    def sha256(self):
        return hashlib.sha256(self.data).hexdigest()


@dataclass(frozen=True, slots=True)
class Stored:
    """What became of one file; `reason` is for people and may be empty."""

    outcome: Outcome
    interview: Interview | None = None
    problems: tuple[Problem, ...] = ()
    reason: str = ""


class SameInterviewError(Exception):
    """Two files of one run lead to the same interview; `interview` is that one."""

    def __init__(self, interview):
        super().__init__(str(interview))
        self.interview = interview


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


def earlier_reading(received):
    """Return what this version of the parser read in the same bytes before, or None."""
    found = Reading.objects.filter(source__sha256=received.sha256, parser_version=PARSER_VERSION)
    return found.select_related("source", "interview").first()


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
        _change_facts(interview, {"date": received.date, "date_precision": "day"})
        _settle_status(interview, reading.problems, reading.problems)
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
def store(received, transcript: Transcript, *, replaces=None, written=()):
    """Write one transcript: a new interview, or a new reading of one that is here -> Stored.

    `replaces` is the interview that a person names as the earlier version. `written` holds the keys of the
    interviews of this run: to lead to one of them raises SameInterviewError, and nothing is written.
    """
    interview = replaces or _earlier_interview(received, transcript)
    if interview and interview.pk in written:
        raise SameInterviewError(interview)
    source = _source(received)
    if interview is None:
        return _create(source, received, transcript)
    return _update(interview, source, received, transcript)


def _source(received):
    source = Source.objects.filter(sha256=received.sha256).first() or Source(sha256=received.sha256)
    _set(source, {"name": received.name, "size": len(received.data)} | received.rights.stated())
    source.save()
    return source


def _earlier_interview(received, transcript):
    """Return the interview that this file is a new version of: by its path, else by its source's address.

    A path alone proves nothing (two collections may both hold a transcript.txt): some turns must agree too.
    """
    texts = _read_texts(transcript)
    readings = Reading.objects.filter(source__name=received.name).select_related("interview", "source")
    for reading in readings:
        same_bytes = reading.source.sha256 == received.sha256
        if same_bytes or align(_stored_texts(reading.interview), texts):
            return reading.interview
    header = transcript.header
    if not header.source_url:
        return None
    return Interview.objects.filter(source_url=header.source_url, language=header.language or "").first()


def _create(source, received, transcript):
    facts = _facts(transcript)
    interview = Interview(sample=received.sample, **(_as_fields(facts) | _by_hand(received)))
    problems = [*transcript.problems, *_duplicates(interview, transcript)]
    interview.slug = addresses.choose_slug(interview, *_names_for_slug(facts))
    _settle_status(interview, _as_json(problems))
    interview.save()
    _write_reading(interview, source, transcript, problems, facts)
    return Stored(Outcome.CREATED, interview, tuple(problems))


def _update(interview, source, received, transcript):
    """A fact changes only where the file changed it: what curators set otherwise stays."""
    before = interview.readings.first()
    facts = _facts(transcript)
    changed = {name for name, value in facts.items() if value and value != before.facts.get(name)}
    fields = {name: value for name, value in _as_fields(facts).items() if name in changed}
    _change_facts(interview, fields | _by_hand(received), slug=_changed_slug(interview, before.facts, facts))
    _settle_status(interview, _as_json(transcript.problems), before.problems)
    interview.save()
    reason = _write_reading(interview, source, transcript, transcript.problems, facts)
    return Stored(Outcome.UPDATED, interview, transcript.problems, reason)


def _facts(transcript):
    """Return what the text says of itself as JSON values, kept with the reading to tell later what changed."""
    header = transcript.header
    return {
        "title": header.title or "",
        "date": header.date and header.date.isoformat(),
        "date_precision": header.precision,
        "time": header.time and header.time.isoformat(),
        "place": header.place,
        "kind": header.kind,
        "language": header.language or "",
        "outlet": header.outlet,
        "outlet_country": header.outlet_country,
        "source_url": header.source_url,
    }


def _as_fields(facts):
    """Return facts as fields of an interview."""
    fields = {name: value for name, value in facts.items() if name != "outlet_country"}
    fields["title"] = facts["title"] or "Untitled"
    fields["date"] = facts["date"] and datetime.date.fromisoformat(facts["date"])
    if facts["outlet"]:
        fields["outlet"] = authority.find_or_make_outlet(name=facts["outlet"], country=facts["outlet_country"])
    return fields


def _names_for_slug(facts):
    """Return what the slug is made of, first choice first: the outlet, else kind and place, else the title."""
    return facts["outlet"], facts["place"] and f"{facts['kind']}-{facts['place']}", facts["title"]


def _changed_slug(interview, facts_before, facts):
    """Return the slug that changed facts ask for; one that a curator chose stays."""
    before, now = (addresses.slug_for(*_names_for_slug(each)) for each in (facts_before, facts))
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
        problem["message"]
        for problem in problems
        if problem["severity"] == Severity.DRAFT and not (problem["code"] == "no_date" and interview.date)
    ]
    given_before = {problem["message"] for problem in problems_before}
    by_program = interview.status == Interview.Status.DRAFT and given_before >= set(
        interview.status_reason.splitlines()
    )
    if interview.pk is None or by_program:
        interview.status = Interview.Status.DRAFT if reasons else Interview.Status.PUBLISHED
        interview.status_reason = "\n".join(reasons)


def _as_json(problems):
    return [asdict(problem) for problem in problems]


def _duplicates(interview, transcript):
    """Yield a problem for each interview of the same days and language that holds most of the same turns."""
    texts = _read_texts(transcript)
    nearby = Interview.objects.filter(language=interview.language)
    if interview.date:
        nearby = nearby.filter(date__range=(interview.date - DUPLICATE_DAYS, interview.date + DUPLICATE_DAYS))
    else:
        nearby = nearby.filter(turns__text__in=[text for _, text in texts]).distinct()
    for other in nearby:
        share = share_in_common(_stored_texts(other), texts)
        if share >= DUPLICATE_SHARE:
            where = other.get_absolute_url() if other.date else f"“{other.title}” (a draft)"
            message = (
                f"{share:.0%} of its turns stand already in {where}. If it is a new version of that, ingest it "
                "with --replaces and that address; if it is another interview, publish it in the admin."
            )
            yield Problem("possible_duplicate", None, message, Severity.DRAFT)


def _stored_texts(interview):
    return list(interview.turns.current().values_list("kind", "text"))


def _read_texts(transcript):
    return [(turn.kind, "\n\n".join(turn.paragraphs)) for turn in transcript.turns]


def _write_reading(interview, source, transcript, problems, facts):
    """Write the speakers, the turns and the reading, tag them, tell the search index. Return what changed, in words."""
    stored = list(interview.turns.order_by("position"))
    inherited = _inherited(stored, transcript)
    numbers = numbers_for(transcript.turns, inherited=inherited, used=[turn.number for turn in stored])
    renamed = {turn.number: number for turn, number in zip(transcript.turns, numbers, strict=True)}
    spans = [[span.start, span.end, span.kind, renamed.get(span.detail, span.detail)] for span in transcript.spans]
    reading = Reading.objects.create(
        source=source,
        interview=interview,
        layout=transcript.layout,
        encoding=transcript.encoding,
        parser_version=PARSER_VERSION,
        spans=spans,
        problems=_as_json(problems),
        facts=facts,
    )
    changes = _write_turns(interview, reading, transcript, numbers, stored)
    turns = list(interview.turns.current().order_by("position"))
    link.tag_turns(turns)
    record_changes([turn.pk for turn in stored] + [turn.pk for turn in turns])
    return changes


def _inherited(stored, transcript):
    """Return {index of a turn as read: the number of the stored turn it is}; a withdrawn turn may come back."""
    new = _read_texts(transcript)
    current = [turn for turn in stored if turn.status == Turn.Status.CURRENT]
    pairs = {j: current[i].number for j, i in align([(turn.kind, turn.text) for turn in current], new).items()}
    withdrawn = {(turn.kind, turn.text): turn.number for turn in stored if turn.status == Turn.Status.WITHDRAWN}
    for j, text in enumerate(new):
        if j not in pairs and text in withdrawn:
            pairs[j] = withdrawn.pop(text)
    return pairs


def _write_turns(interview, reading, transcript, numbers, stored):
    voices = _participations(interview, transcript.speakers)
    rows = {turn.number: turn for turn in stored}
    now, made, kept, revised = timezone.now(), [], [], []
    by_read_number = {}
    for position, (turn, number) in enumerate(zip(transcript.turns, numbers, strict=True), start=1):
        row = rows.get(number) or Turn(interview=interview, number=number, kind=turn.kind)
        by_read_number[turn.number] = row
        row.position, row.courtesy, row.continues = position, turn.courtesy, turn.continues
        row.participation = voices.get(turn.label or turn.speaker)
        row.status, row.status_reason, row.changed_at = Turn.Status.CURRENT, "", now
        text = "\n\n".join(turn.paragraphs)
        if row.pk and row.text != text and not row.curated:
            revised.append(Revision(turn=row, text=row.text, sha256=Revision.digest(row.text), reading=reading))
        row.text = row.text if row.curated else text
        (kept if row.pk else made).append(row)
    gone = [turn for turn in stored if turn.status == Turn.Status.CURRENT and turn not in kept]
    for row in gone:
        row.status, row.changed_at = Turn.Status.WITHDRAWN, now
        row.status_reason = f"No longer in the text as received on {now:%-d %B %Y}."
    _save_turns(transcript, by_read_number, made, kept + gone)
    Revision.objects.bulk_create(revised)
    interview.participations.filter(turns=None, person=None).delete()
    counts = {"inserted": len(made), "changed": len(revised), "removed": len(gone)}
    return ", ".join(f"{count} turns {what}" for what, count in counts.items() if count) or "turns as before"


def _save_turns(transcript, by_read_number, made, other):
    """Write the questions first: their answers point at them."""
    Turn.objects.bulk_create([row for row in made if row.kind == Turn.Kind.QUESTION])
    for turn in transcript.turns:
        by_read_number[turn.number].reply_to = by_read_number.get(turn.reply_to)
    Turn.objects.bulk_create([row for row in made if row.kind != Turn.Kind.QUESTION])
    written = ["position", "courtesy", "continues", "reply_to", "participation", "text"]
    Turn.objects.bulk_update(other, [*written, "status", "status_reason", "changed_at"])


def _participations(interview, speakers):
    """Return {label, or name where there is no label: participation}; one that is here keeps what curators set."""
    present = {row.label: row for row in interview.participations.all()}
    voices = {}
    for speaker in speakers:
        row = present.get(speaker.label)
        if row is None:
            row = Participation.objects.create(
                interview=interview,
                part=speaker.part,
                label=speaker.label,
                office=speaker.office,
                person=authority.find_or_make_person(name=speaker.name) if speaker.name else None,
                outlet=authority.find_or_make_outlet(name=speaker.outlet) if speaker.outlet else None,
            )
        voices[speaker.label or speaker.name] = row
    return voices
