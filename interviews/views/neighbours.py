"""What stands before and after a turn in its interview: the exchange one step away, and the place among the answers."""

from dataclasses import dataclass

from django.db.models import Count, Prefetch, Q

from interviews.models import Turn


@dataclass(frozen=True, slots=True)
class Neighbour:
    """The nearest turn before or after another (`side`: "before", "after"), with all that is shown of it, in order.

    `asked` is the question of an answer, else the turn itself; of another answer to the same question it is the answer.
    """

    side: str
    turn: Turn
    asked: Turn
    exchange: list[Turn]


def neighbours(turn, *, question, answered):
    """Return the Neighbours of a turn, that before it first; none at either end of an interview.

    `question` is the one it answers or is. From a question that is `answered` readers go to other questions, from all
    else to what stands alone.
    """
    others = _others_like(turn, answered=answered)
    before = others.filter(position__lt=turn.position).order_by("-position").first()
    after = others.filter(position__gt=turn.position).order_by("position").first()
    sides = (("before", before), ("after", after))
    return [_neighbour(side, other, question) for side, other in sides if other]


def rank_of(turn):
    """Return what stands behind “Answer 3”: “of 12” where its number is its rank among the answers, else “(4 of 13)”.

    Courtesies do not count, and what is not counted has no rank: ''.
    """
    if turn.kind != Turn.Kind.ANSWER or turn.courtesy:
        return ""
    answers = turn.interview.turns.current().answers().filter(courtesy=False).order_by()
    counts = answers.aggregate(rank=Count("pk", filter=Q(position__lte=turn.position)), total=Count("pk"))
    words = "of {total}" if turn.number == f"a{counts['rank']}" else "({rank} of {total})"
    return words.format(**counts)


def _others_like(turn, *, answered):
    voices = [f"{whose}participation__{who}" for whose in ("", "reply_to__") for who in ("person", "outlet")]
    turns = turn.interview.turns.current().select_related("interview__outlet", *voices)
    if turn.kind == Turn.Kind.QUESTION and answered:
        replies = Turn.objects.current().select_related("interview", "participation__person", "participation__outlet")
        shown = Prefetch("replies", replies.order_by("position"), to_attr="shown_replies")
        return turns.filter(kind=Turn.Kind.QUESTION, courtesy=False).prefetch_related(shown)
    return turns.standing_alone()


def _neighbour(side, other, question):
    asked = other.reply_to if other.reply_to and other.reply_to.status == Turn.Status.CURRENT else None
    if asked is None or asked == question:
        return Neighbour(side, other, other, [other, *getattr(other, "shown_replies", ())])
    return Neighbour(side, other, asked, [asked, other])
