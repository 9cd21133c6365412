"""An interview as one reads it: its contents, who begins to speak and who goes on, what may be passed over."""

from dataclasses import dataclass
from itertools import groupby

from interviews.models import Turn
from interviews.translations import aligned

STATEMENT, QUESTION, MODERATOR, DIRECTION = (
    Turn.Kind.STATEMENT,
    Turn.Kind.QUESTION,
    Turn.Kind.MODERATOR,
    Turn.Kind.DIRECTION,
)


@dataclass(frozen=True, slots=True)
class Spoken:
    """A turn in its place. `begins`: its speaker was not heard before; `goes_on`: a reader knows who speaks."""

    turn: Turn
    begins: bool
    goes_on: bool


@dataclass(frozen=True, slots=True)
class Stretch:
    """Turns that stand together: all of them courtesies and words of moderators, or none."""

    spoken: tuple[Spoken, ...]
    is_quiet: bool


@dataclass(frozen=True, slots=True)
class Pair:
    """A turn and its counterpart in another language; None where that has none."""

    one: Spoken | None
    other: Spoken | None

    @property
    def is_quiet(self):
        return all(is_quiet(side.turn) for side in (self.one, self.other) if side)


@dataclass(frozen=True, slots=True)
class PairedStretch:
    """Pairs that stand together: all of them quiet, or none."""

    pairs: tuple[Pair, ...]
    is_quiet: bool


def is_quiet(turn):
    """Whether a turn is there for the sake of order and politeness only."""
    return turn.courtesy or turn.kind == MODERATOR


def stretches_of(turns):
    """Return the turns of an interview, in order, as stretches that are quiet or not."""
    grouped = groupby(_spoken(turns), key=lambda spoken: is_quiet(spoken.turn))
    return [Stretch(tuple(spoken), quiet) for quiet, spoken in grouped]


def paired_stretches(ones, others):
    """Return the stretches of an interview beside those of its version in another language, as stretches of pairs."""
    sides = [{spoken.turn.pk: spoken for stretch in side for spoken in stretch.spoken} for side in (ones, others)]
    found = aligned(*([spoken.turn for spoken in side.values()] for side in sides))
    pairs = [Pair(*(turn and side[turn.pk] for turn, side in zip(turns, sides, strict=True))) for turns in found]
    return [PairedStretch(tuple(group), quiet) for quiet, group in groupby(pairs, key=lambda pair: pair.is_quiet)]


def contents_of(turns):
    """Return what a reader looks for in a table of contents: the questions and statements of substance."""
    return [turn for turn in turns if turn.kind in (QUESTION, STATEMENT) and not turn.courtesy]


def _spoken(turns):
    heard, last = set(), {}
    answering = {_who(turn) for turn in turns if turn.kind in (Turn.Kind.ANSWER, STATEMENT)}
    before = None
    for turn in turns:
        who, side = _who(turn), _side(turn)
        alone = side != "answering" or len(answering) == 1 or (before and _who(before) == who)
        yield Spoken(turn, begins=who not in heard, goes_on=bool(alone and last.get(side) == who))
        heard.add(who)
        if turn.kind != DIRECTION:
            last[side], before = who, turn


def _side(turn):
    return turn.kind if turn.kind in (QUESTION, MODERATOR, DIRECTION) else "answering"


def _who(turn):
    """What two turns of one voice have in common, whatever their labels."""
    voice = turn.participation
    return voice and (voice.person_id or voice.label)
