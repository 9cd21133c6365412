"""Sources, readings and their problems as rows, and whether what was read in the same bytes before still holds."""

import codecs
import os
import re
from dataclasses import asdict
from pathlib import PurePosixPath

from django.db.models import OuterRef, Subquery
from django.utils import timezone

from interviews.ingest import facts, fields
from interviews.ingest import transcript as reading_of_parser
from interviews.ingest.prepared import Prepared
from interviews.ingest.received import Received, Rights
from interviews.models import Interview, Reading, ReadingProblem, Source, SourceName

COUNTED = re.compile(r"\d{1,9}(?=\s?%|\slines?\b)")
HEAVY = ("spans", "facts", "changes", "sketch")


class KeepingError(Exception):
    """The bytes of a file cannot be written into the archive's folder."""


def keep_bytes(received: Received) -> None:
    """Write the bytes into the archive's folder of sources, synced; to be called before `store`.

    What a killed run left half-written is written over. Raises KeepingError where the disk is full or read-only.
    """
    path = Source(sha256=received.sha256).path
    if path.exists():
        return
    part = path.with_suffix(".part")
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with part.open("wb") as file:
            file.write(received.data)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
        _sync(path.parent)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise KeepingError(f"The file cannot be kept in {path.parent}: {error.strerror}.") from error


def discard_bytes(received: Received) -> None:
    """Take away the bytes of a file that was refused after they were kept, unless the archive has them anyway."""
    if not Source.objects.filter(sha256=received.sha256).exists():
        Source(sha256=received.sha256).path.unlink(missing_ok=True)


def _sync(folder):
    """Let the names in a folder outlast a failure of the machine, as the bytes do."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def reading_of_bytes(received: Received) -> Reading | None:
    """Return the last reading of the same bytes, by any version of the parser, with `newest`: its interview's last."""
    newest = Reading.objects.filter(interview=OuterRef("interview"), part=1).values("pk")[:1]
    found = Reading.objects.filter(source__sha256=received.sha256, part=1).annotate(newest=Subquery(newest))
    return found.select_related("source", "interview").defer(*HEAVY).first()


def holds(reading: Reading, received: Received) -> bool:
    """Tell whether bytes that were read before need not be read again.

    They are, where the file went back to former bytes, the parser is a newer one, or a person names another encoding or
    wants it detected again. An earlier version of an interview that is kept under another name, or in another folder
    under the same, is left as it is: no run undoes what the newer one brought.
    """
    if reading.newest != reading.pk:
        newest = Reading.objects.select_related("source").defer(*HEAVY).get(pk=reading.newest)
        if newest.source_id != reading.source_id:
            return not newest.source.names.filter(name=received.name, place=received.place).exists()
    if reading.parser_version != reading_of_parser.PARSER_VERSION:
        return False
    if received.encoding == "":
        return not Reading.objects.filter(pk=reading.pk, facts__by_hand__has_key="encoding").exists()
    return received.encoding is None or _same_encoding(received.encoding, reading.encoding)


def statements_are_kept(received: Received) -> bool:
    """Tell whether a person wanted an earlier version of a file though nobody asks a question in it."""
    told = Reading.objects.filter(source__names__name=received.name, facts__by_hand__statements=True)
    return not received.is_new and told.exists()


def encoding_of_name(received: Received) -> str | None:
    """Return the encoding that a person named for the last file of this name, where the new bytes are in it too.

    What is good UTF-8 is that, whatever the file was before.
    """
    readings = Reading.objects.filter(source__names__name=received.name, part=1)
    encoding = readings.values_list("facts__by_hand__encoding", flat=True).first()
    return encoding if encoding and not _decodes(received, "utf-8") and _decodes(received, encoding) else None


def _decodes(received, encoding):
    try:
        received.data.decode(encoding)
    except (UnicodeDecodeError, LookupError):
        return False
    return True


def _same_encoding(one, other):
    try:
        names = [codecs.lookup(name).name.removesuffix("-sig") for name in (one, other)]
    except LookupError:
        return False
    return names[0] == names[1]


def last_reading(interview: Interview) -> Reading | None:
    return interview.readings.select_related("source").first()


def write_source(received: Received, before: Reading | None) -> Source:
    """Return the row of the bytes. A new version of a text has the rights of the one before, where none are stated."""
    known = None if received.is_new else Source.objects.filter(sha256=received.sha256).first()
    source = known or Source(sha256=received.sha256)
    inherited = Rights.of(before.source).stated() if before and source.pk is None else {}
    values = {"name": received.name, "size": len(received.data)} | inherited | received.rights.stated()
    if source.pk is None or any(getattr(source, name) != value for name, value in values.items()):
        fields.set_all(source, values)
        source.save()
    remember_name(source, received)
    return source


def remember_name(source: Source, received: Received) -> None:
    """Remember a path of a source: the file may be corrected there."""
    last_part = PurePosixPath(received.name).name
    row = SourceName(source=source, name=received.name, last_part=last_part, place=received.place)
    SourceName.objects.bulk_create([row], ignore_conflicts=True)


def other_rights(source: Source, received: Received) -> dict:
    """Return the rights that are stated for a file and are not those of its source, as {field: value}."""
    return {name: value for name, value in received.rights.stated().items() if getattr(source, name) != value}


def rights_to_take(source: Source, received: Received) -> dict:
    """Return what the rights stated now change of a source that was known, as {field: value}.

    They follow the path that the source is named after: two folders may hold the same text and disagree. One that
    withholds the text prevails, and the source is then named after its path.
    """
    rights = other_rights(source, received)
    if source.name == received.name:
        return rights
    return {"name": received.name, **rights} if rights.get("redistribute") is False else {}


def write_reading(interview: Interview, source: Source, received: Received, prepared: Prepared, **given) -> Reading:
    """Write what the parser made of a source.

    `given`: the `numbers` of the turns in the archive, `part` of the file, reading `before`.
    """
    transcript = prepared.transcript
    numbers, part, before = given["numbers"], given["part"], given["before"]
    renamed = {turn.number: number for turn, number in zip(transcript.turns, numbers, strict=True)}
    key = {"source": source, "parser_version": reading_of_parser.PARSER_VERSION, "part": part}
    values = {
        "interview": interview,
        "layout": transcript.layout,
        "encoding": transcript.encoding,
        "spans": [[s.start, s.end, s.kind, renamed.get(s.detail, s.detail)] for s in transcript.spans],
        "facts": facts.facts_of(transcript, numbers, before and before.facts) | {"by_hand": received.by_hand()},
        "sketch": prepared.sketch,
        "read_at": timezone.now(),
    }
    if before is None:
        return Reading.objects.create(**key, **values)
    reading, _ = Reading.objects.update_or_create(**key, defaults=values)
    return reading


def settled_before(problem, problems_before) -> ReadingProblem | None:
    """Return the row of the reading before in which a person settled the same problem, if any."""
    same = (each for each in problems_before if (each.code, _subject(each)) == (problem.code, _subject(problem)))
    return next((each for each in same if each.settled_by_id), None)


def _subject(problem):
    """What a problem is about: its message, however many per cent or lines it now counts."""
    return COUNTED.sub("", problem.message)


def write_problems(reading: Reading, problems, problems_before) -> None:
    """Write the problems of a reading; those of the readings before are settled by it."""
    rows = []
    for problem in problems:
        row = ReadingProblem(reading=reading, **{**asdict(problem), "severity": problem.severity.value})
        settled = settled_before(problem, problems_before)
        if settled:
            row.settled_at, row.settled_by_id = settled.settled_at, settled.settled_by_id
        rows.append(row)
    ReadingProblem.objects.bulk_create(rows)


def settle_dated(interview: Interview) -> None:
    """Settle that a text gives no date: a person has named it."""
    undated = ReadingProblem.objects.filter(reading__interview=interview, code="no_date", settled_at=None)
    undated.update(settled_at=timezone.now())


def settle_earlier_problems(reading: Reading) -> None:
    """Take the problems of an interview that its file had before: those it still has are written anew."""
    reading.problems.all().delete()
    earlier = ReadingProblem.objects.filter(reading__interview=reading.interview_id).exclude(reading=reading)
    earlier.filter(settled_at=None).update(settled_at=reading.read_at)
