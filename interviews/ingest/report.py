"""What an ingest run says at its end: to people as a table, to programs as JSON."""

import json
from collections import Counter
from dataclasses import asdict, dataclass

from rich.table import Table
from rich.text import Text

from interviews.ingest.collect import printable
from interviews.ingest.differences import What
from interviews.ingest.mends import with_mend
from interviews.ingest.received import Outcome, Stored

SHOWN_PROBLEMS = 3


@dataclass(frozen=True, slots=True)
class Line:
    """One file of a run and what became of it, told on the command line or at the curators' desk."""

    file: str
    stored: Stored
    at_desk: bool = False

    @property
    def remarks(self):
        """Reason and problems as lines for people, each with the source line it speaks of."""
        reason = [self.stored.reason] if self.stored.reason else []
        told = ((problem.line, with_mend(problem, at_desk=self.at_desk)) for problem in self.stored.problems)
        return reason + [f"line {line}: {message}" if line else message for line, message in told]

    @property
    def addresses(self):
        """Where it stands now: the interview, and the translation that is in the same file."""
        return [_address(each) for each in (self.stored, self.stored.translation) if each]


def _address(stored):
    interview = stored.interview
    if interview is None:
        return ""
    return interview.get_absolute_url() if interview.is_published else f"({interview.get_status_display().lower()})"


def counts(lines):
    """Return {outcome: number of files} with every outcome, in the order they are told."""
    counted = Counter(line.stored.outcome for line in lines)
    return {outcome: counted[outcome] for outcome in Outcome}


def summary(lines):
    """Return the run in one sentence."""
    return ", ".join(f"{number} {outcome}" for outcome, number in counts(lines).items())


def table(lines):
    """Return a table of the files of which there is something to say; unchanged ones are otherwise only counted."""
    told = [line for line in lines if line.remarks or line.stored.outcome is not Outcome.UNCHANGED]
    shown = Table(box=None, pad_edge=False, header_style="bold")
    headings = ["File", "Outcome", "Address"] + ["Remarks"] * any(line.remarks for line in told)
    for heading in headings:
        shown.add_column(heading, overflow="fold")
    for line in told:
        cells = [printable(line.file), line.stored.outcome, "\n".join(line.addresses), _shortened(line.remarks)]
        shown.add_row(*(Text(cell) for cell in cells[: len(headings)]))
    return shown


def _shortened(remarks):
    hidden = len(remarks) - SHOWN_PROBLEMS
    return "\n".join(remarks[:SHOWN_PROBLEMS] + ([f"and {hidden} more problems"] if hidden > 0 else []))


def as_json(lines):
    """Return the run as one JSON document: counts by outcome, then each file."""
    files = [{"file": printable(line.file), **_as_json(line.stored)} for line in lines]
    return json.dumps({**counts(lines), "files": files}, ensure_ascii=False, indent=1)


def _as_json(stored):
    said = {
        "outcome": stored.outcome,
        "address": _address(stored),
        "reason": stored.reason,
        "problems": [asdict(problem) for problem in stored.problems],
        "changes": [change.as_json() for change in stored.changes],
    }
    return said | ({"translation": _as_json(stored.translation)} if stored.translation else {})


def differences(lines, *, colour: bool):
    """Yield what would change, file by file and turn by turn, as lines of text.

    In colour what goes is red and struck out, what comes is green; else they stand as [-gone-] and {+come+}.
    """
    for line in lines:
        changes = [*line.stored.changes, *(line.stored.translation.changes if line.stored.translation else ())]
        if changes:
            yield Text(printable(line.file), style="bold")
            for change in sorted(changes, key=lambda change: change.number != ""):
                yield Text("  ") + _told(change, colour=colour)


def _told(change, *, colour):
    told = Text.assemble((" ".join(filter(None, [change.number or change.label, change.fact])), "bold"), " ")
    told.append(_meaning(change))
    for kept, words in change.words:
        told.append(" ")
        told.append(_marked(kept, words, colour=colour))
    return told


def _meaning(change):
    """Return what a change means, in words."""
    if change.fact:
        return _meaning_of_fact(change)
    numbers = ", ".join(change.numbers)
    return {
        What.SPLIT: f"split: the rest becomes {numbers}",
        What.MERGED: f"merged into {numbers}, where its address will lead",
        What.REMOVED: "removed: its address will say so",
        What.RETURNED: "comes back",
        What.MOVED: f"moved: now after {change.after}" if change.after else "moved: now the first",
    }.get(change.outcome, str(change.outcome))


def _meaning_of_fact(change):
    before, after = (f"“{value}”" if value else "nothing" for value in (change.before, change.after))
    if change.outcome != What.CONFLICT:
        leads = ", where the old one will lead" if change.fact == "address" and change.before else ""
        return f"{before} → {after}{leads}"
    if change.fact == "text":
        return "stays as a curator wrote it; the file says otherwise:"
    return f"stays {before}, as a curator set it; the file says {after}"


def _marked(kept, words, *, colour):
    words = words.replace("\n\n", " ¶ ").replace("\n", " ")
    if colour:
        return Text(words, style={"old": "red strike", "new": "green"}.get(kept, "dim"))
    return Text({"old": "[-{}-]", "new": "{{+{}+}}"}.get(kept, "{}").format(words))
