"""The file that a transcript was read from: as received, and beside what became of it."""

import re

from django.http import FileResponse, Http404
from django.shortcuts import render

from interviews.provenance import passages, source_text
from interviews.records import interview_stub, of_one, source_record, turn_stub

from .formats import also_as, root_of
from .permanence import WithheldError, find_interview, permanent

FILE = re.compile("[0-9a-f]{8,64}")


def reading_of(interview):
    """Return what our parser made of the file that the present text comes from; None where there is no file."""
    latest = interview.readings.select_related("source").defer("spans", "facts", "changes")
    return latest.first()


def source_as_json(request, dated, slug):
    """The ledger: the file, stretch by stretch, each with the turn that it became or why it is none."""
    interview, reading, is_latest, rows = ledger(request, dated, slug)
    root = root_of(request)
    turns = of_one(interview, [turn for _, turn in rows if turn])
    known = {turn.number: turn_stub(turn, root) for turn in turns}
    return {
        "interview": interview_stub(interview, root),
        "file": source_record(reading.source),
        "latest": is_latest,
        "passages": [
            {
                "line": passage.line,
                "turn": known.get(passage.number),
                "stretches": [
                    {"kind": each.kind, "reason": each.reason or None, "text": each.text} for each in passage.stretches
                ],
            }
            for passage, _ in rows
        ],
    }


@permanent
@also_as(json=source_as_json)
def source(request, dated, slug):
    """The original text beside what became of each part of it. `?file=` names an earlier one by its SHA-256."""
    interview, reading, is_latest, rows = ledger(request, dated, slug)
    return render(
        request,
        "source.html",
        {"interview": interview, "reading": reading, "passages": rows, "is_earlier": not is_latest},
    )


def ledger(request, dated, slug):
    """Return (interview, reading, whether its file is the latest, [(passage, its turn or None), ...])."""
    interview, reading, is_latest = passed_on(request, dated, slug)
    text = source_text(reading)
    if text is None:
        raise Http404("The file of this interview is not kept.")
    turns = {turn.number: turn for turn in interview.turns.current().with_voices()}
    return interview, reading, is_latest, [(each, turns.get(each.number)) for each in passages(reading, text)]


@permanent
def source_file(request, dated, slug):
    """The file as received, as a plain-text download."""
    _, reading, _ = passed_on(request, dated, slug)
    if not reading.source.path.is_file():
        raise Http404("The file of this interview is not kept.")
    content_type = f"text/plain; charset={charset_of(reading)}"
    return FileResponse(
        reading.source.path.open("rb"), as_attachment=True, filename=f"{slug}.txt", content_type=content_type
    )


def passed_on(request, dated, slug):
    """Return (interview, the reading of the file that is asked for, whether that is the latest).

    Raises Http404 where there is none, WithheldError where it, or the latest, may not be shown.
    """
    interview = find_interview(dated=dated, slug=slug, reader=request.user)
    latest = reading = interview.readings.select_related("source").first()
    if file := request.GET.get("file"):
        named = interview.readings.select_related("source").filter(source__sha256__startswith=file)
        reading = named.first() if FILE.fullmatch(file) else None
    if reading is None:
        raise Http404("No such file is kept for this interview.")
    for each in (latest, reading):
        if not each.source.redistribute:
            raise WithheldError(interview, each.source)
    return interview, reading, reading == latest


def charset_of(reading):
    """The encoding under the name that browsers know: cp1252 is windows-1252, a byte-order mark is no encoding."""
    return re.sub("^cp(?=125)", "windows-", reading.encoding.lower().removesuffix("-sig"))
