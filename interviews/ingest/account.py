"""What was read in one file, told to programs (one JSON object) and to people (a page of plain text)."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict

from rich.console import Group
from rich.table import Table
from rich.text import Text

from interviews.ingest.mends import with_mend
from interviews.ingest.spans import coverage
from interviews.ingest.transcript import Problem, Transcript

FIRST_WORDS = 60


def as_object(transcript: Transcript, file: str) -> dict:
    """Return a transcript as JSON values.

    Keys: file, layout, encoding; title, date, precision, time, place, kind, language, outlet, outlet_country,
    source_url; speakers; turns, each with number, kind, label, speaker, courtesy, continues, reply_to, lines
    ([first, last] of the source) and paragraphs; problems, each with code, line, message, severity; coverage, the
    characters of the decoded text by what became of them; translation, the same keys for the other version, where a
    text holds one.
    """
    header = transcript.header
    return {
        "file": file,
        "layout": transcript.layout,
        "encoding": transcript.encoding,
        **asdict(header),
        "date": header.date and header.date.isoformat(),
        "time": header.time and header.time.isoformat("minutes"),
        "speakers": [asdict(speaker) for speaker in transcript.speakers],
        "turns": [asdict(turn) for turn in transcript.turns],
        "problems": [asdict(problem) for problem in transcript.problems],
        "coverage": coverage(transcript.spans),
        **({"translation": as_object(transcript.translation, file)} if transcript.translation else {}),
    }


def unreadable_object(problem: Problem, file: str) -> dict:
    """Return what there is to say of a file that could not be read: no facts, no turns, the problem."""
    facts = ("title", "date", "outlet", "outlet_country", "language")
    return {
        "file": file,
        "layout": None,
        "encoding": None,
        **dict.fromkeys(facts),
        "speakers": [],
        "turns": [],
        "problems": [asdict(problem)],
        "coverage": coverage(()),
    }


def for_people(transcript: Transcript, file: str) -> Group:
    """Return the same as something rich can print: facts, running order of the turns, problems, coverage."""
    told = _told(transcript, file)
    return Group(told, _told(transcript.translation, f"{file}, its translation")) if transcript.translation else told


def _told(transcript, heading):
    return Group(
        Text(heading, style="bold"),
        _table(_facts(transcript)),
        Text(),
        _turns(transcript),
        Text(),
        *(problem_line(problem) for problem in transcript.problems),
        Text(_coverage(transcript)),
        Text(),
    )


def problem_line(problem: Problem) -> Text:
    """Return a problem as one line for people."""
    place = f"line {problem.line}: " if problem.line else ""
    return Text(f"{problem.severity}: {place}{with_mend(problem, at_desk=False)}")


def _facts(transcript) -> Iterator[tuple[str, str]]:
    header, kinds = transcript.header, Counter(turn.kind for turn in transcript.turns)
    outlet = f"{header.outlet} ({header.outlet_country or 'country unknown'})" if header.outlet else ""
    date = f"{header.date}{'' if header.precision == 'day' else f' ({header.precision} only)'}" if header.date else ""
    yield "Title", header.title or ""
    yield "Date", " ".join(filter(None, [date, header.time and header.time.isoformat("minutes")]))
    yield "Kind", " in ".join(filter(None, [header.kind, header.place]))
    yield "Outlet", outlet
    yield "Language", header.language or ""
    yield "Source", header.source_url
    yield "Read as", f"{transcript.layout}, {transcript.encoding}"
    yield "Turns", ", ".join(f"{count} {kind}{'s' * (count > 1)}" for kind, count in kinds.items()) or "none"
    for speaker in transcript.speakers:
        yield speaker.part.capitalize(), ", ".join(filter(None, [speaker.name or f"({speaker.label})", speaker.office]))


def _table(rows):
    table = Table.grid(padding=(0, 2))
    for name, value in rows:
        if value:
            table.add_row(Text(name), Text(value))
    return table


def _turns(transcript):
    table = Table("Turn", "Lines", "Who", box=None, pad_edge=False)
    table.add_column("First words", no_wrap=True, overflow="ellipsis")
    for turn in transcript.turns:
        first, last = turn.lines
        marks = "".join(
            mark for mark, given in ((" (courtesy)", turn.courtesy), (" (goes on)", turn.continues)) if given
        )
        words = turn.paragraphs[0][:FIRST_WORDS]
        row = (turn.number, f"{first}-{last}", (turn.speaker or turn.label or "") + marks, words)
        table.add_row(*map(Text, row))
    return table


def _coverage(transcript):
    counted, total = coverage(transcript.spans), max(1, len(transcript.text))
    return "Characters: " + ", ".join(f"{name} {count} ({count / total:.0%})" for name, count in counted.items())
