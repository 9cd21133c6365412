"""What an ingest run says at its end: to people as a table, to programs as JSON."""

import json
from collections import Counter
from dataclasses import asdict, dataclass, replace

from rich.table import Table
from rich.text import Text

from interviews.ingest.collect import SUFFIXES, printable
from interviews.ingest.differences import What
from interviews.ingest.mends import with_mend
from interviews.ingest.received import Outcome, Stored

SHOWN_PROBLEMS = 3
ROWS = 500
ENDINGS = 5


@dataclass(frozen=True, slots=True)
class Line:
    """One file of a run and what became of it, told on the command line or at the curators' desk.

    `addresses`: where it stands now, the interview and the translation that is in the same file.
    """

    file: str
    stored: Stored
    addresses: tuple[str, ...]
    at_desk: bool = False

    @classmethod
    def of(cls, file, stored, *, at_desk=False):
        """Return the line of a file. A run of thousands keeps none of their rows; the desk links to them."""
        addresses = tuple(_address(each) for each in (stored, stored.translation) if each)
        return cls(file, stored if at_desk else _without_rows(stored), addresses, at_desk)

    @property
    def remarks(self):
        """Reason and problems as lines for people, each with the source line it speaks of."""
        reason = [self.stored.reason] if self.stored.reason else []
        told = ((problem.line, with_mend(problem, at_desk=self.at_desk)) for problem in self.stored.problems)
        return reason + [f"line {line}: {message}" if line else message for line, message in told]


def _address(stored):
    interview = stored.interview
    if interview is None:
        return ""
    return interview.get_absolute_url() if interview.is_published else f"({interview.get_status_display().lower()})"


def _without_rows(stored):
    return replace(stored, interview=None, translation=stored.translation and _without_rows(stored.translation))


def counts(lines):
    """Return {outcome: number of files} with every outcome, in the order they are told."""
    counted = Counter(line.stored.outcome for line in lines)
    return {outcome: counted[outcome] for outcome in Outcome}


def summary(lines):
    """Return the run in one sentence."""
    return ", ".join(f"{number} {outcome}" for outcome, number in counts(lines).items())


def others(left_out):
    """Return what to say of the files that were not read, {end of the name: how many}; '' where there are none."""
    if not left_out:
        return ""
    ends = left_out.most_common(ENDINGS)
    counted = ", ".join(f"{count} {printable(suffix) or 'without an ending'}" for suffix, count in ends)
    more = ", and others" if len(left_out) > len(ends) else ""
    return f"Not read, for their names do not end in {', '.join(sorted(SUFFIXES))}: {counted}{more}."


def tables(lines):
    """Yield tables of the files of which there is something to say; unchanged ones are otherwise only counted.

    Many files make several, each with its headings: a table takes much memory while it is drawn.
    """
    told = [line for line in lines if line.remarks or line.stored.outcome is not Outcome.UNCHANGED]
    for start in range(0, len(told), ROWS):
        yield _table(told[start : start + ROWS])


def _table(lines):
    shown = Table(box=None, pad_edge=False, header_style="bold")
    headings = ["File", "Outcome", "Address"] + ["Remarks"] * any(line.remarks for line in lines)
    for heading in headings:
        shown.add_column(heading, overflow="fold")
    for line in lines:
        cells = [printable(line.file), line.stored.outcome, "\n".join(line.addresses), _shortened(line.remarks)]
        shown.add_row(*(Text(cell) for cell in cells[: len(headings)]))
    return shown


def _shortened(remarks):
    hidden = len(remarks) - SHOWN_PROBLEMS
    return "\n".join(remarks[:SHOWN_PROBLEMS] + ([f"and {hidden} more problems"] if hidden > 0 else []))


def as_json(lines):
    """Return the run as one JSON document: counts by outcome, then each file."""
    files = [{"file": printable(line.file), **_as_json(line.stored, *line.addresses)} for line in lines]
    return json.dumps({**counts(lines), "files": files}, ensure_ascii=False, indent=1)


def _as_json(stored, address, *of_translation):
    said = {
        "outcome": stored.outcome,
        "address": address,
        "reason": stored.reason,
        "problems": [asdict(problem) for problem in stored.problems],
        "changes": [change.as_json() for change in stored.changes],
    }
    return said | ({"translation": _as_json(stored.translation, *of_translation)} if stored.translation else {})


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
