"""Who takes part in an interview, as rows: what the file changed about them, and who bears another label now."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from interviews.ingest import facts, fields
from interviews.ingest.conflicts import Weighing
from interviews.ingest.differences import Change, What
from interviews.models import Participation


@dataclass(frozen=True, slots=True)
class Voices:
    """Participations by the labels of this reading, and by those of the one before."""

    now: dict[str, Participation]
    before: dict[str, Participation]


def write_voices(
    weighing: Weighing, present: Iterable[Participation], speakers: dict, before: dict, successors: list
) -> Voices:
    """Write what a text says of its speakers; `present` are the participations that the interview has.

    `speakers` and `before` are {label: facts} of this reading and of the one before; `successors` holds
    (label before, label now) of each turn that both have: a speaker whose label changed stays the same row, unless a
    curator has added one under the new label. Of two rows with one label the first is the text's.
    """
    present = {row.label: row for row in reversed([*present])}
    former_labels = _renamed(speakers, before, successors) if before else {}
    voices, made = {}, []
    for label, said in speakers.items():
        former = label if label in present else former_labels.get(label, label)
        row = present.get(former)
        if row is None:
            row = Participation(interview=weighing.interview, label=label)
            fields.set_all(row, fields.of_participation({fact: value for fact, value in said.items() if value}))
            made.append(row)
        elif _update(weighing, row, label, said, before.get(former, {})):
            row.save()
        voices[label] = row
    Participation.objects.bulk_create(made)
    return Voices(voices, present)


def _update(weighing, row, label, said, said_before):
    """Set what the file changed about a speaker; tell whether anything was."""
    changed = False
    if row.label != label:
        weighing.changes.append(Change(What.FACT, label=row.label, fact="label", before=row.label, after=label))
        row.label, changed = label, True
    for fact, values, values_before in facts.changed(said, said_before):
        now = fields.of_participation(values)
        was = None if values_before is None else fields.of_participation(values_before, make=False)
        if weighing.takes(row, "person" if fact == "name" else fact, now, was, values):
            fields.set_all(row, now)
            changed = True
    return changed


def _renamed(speakers, before, successors):
    """Return {label now: label before} of the speakers whose turns mostly belonged to one who is gone."""
    votes = Counter((former, label) for former, label in successors if former not in speakers and label not in before)
    renamed = {}
    for (former, label), _ in votes.most_common():
        if former in before and label not in renamed and former not in renamed.values():
            renamed[label] = former
    return renamed
