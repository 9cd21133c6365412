"""What an ingest run says at its end: to people as a table, to programs as JSON."""

import json
from collections import Counter
from dataclasses import asdict, dataclass

from rich.table import Table
from rich.text import Text

from interviews.ingest.received import Outcome, Stored

SHOWN_PROBLEMS = 3


@dataclass(frozen=True, slots=True)
class Line:
    """One file of a run and what became of it."""

    file: str
    stored: Stored

    @property
    def remarks(self):
        """Reason and problems as lines for people, each with the source line it speaks of."""
        reason = [self.stored.reason] if self.stored.reason else []
        return reason + [
            f"line {problem.line}: {problem.message}" if problem.line else problem.message
            for problem in self.stored.problems
        ]

    @property
    def address(self):
        interview = self.stored.interview
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
        cells = [printable(line.file), line.stored.outcome, line.address, _shortened(line.remarks)]
        shown.add_row(*(Text(cell) for cell in cells[: len(headings)]))
    return shown


def _shortened(remarks):
    hidden = len(remarks) - SHOWN_PROBLEMS
    return "\n".join(remarks[:SHOWN_PROBLEMS] + ([f"and {hidden} more problems"] if hidden > 0 else []))


def as_json(lines):
    """Return the run as one JSON document: counts by outcome, then each file."""
    files = [
        {
            "file": printable(line.file),
            "outcome": line.stored.outcome,
            "address": line.address,
            "reason": line.stored.reason,
            "problems": [asdict(problem) for problem in line.stored.problems],
        }
        for line in lines
    ]
    return json.dumps({**counts(lines), "files": files}, ensure_ascii=False, indent=1)


def printable(name):
    """Return a file's name with nothing in it that could upset a terminal or a line-by-line reader."""
    return "".join(character if character.isprintable() else "\N{REPLACEMENT CHARACTER}" for character in name)
