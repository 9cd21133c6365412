"""What a document takes from its turn, from the question that the turn answers, and from their interview."""

import datetime
from calendar import monthrange

from interviews.models import Interview, Turn


def question_of(turn: Turn) -> str:
    """Return the text of the question that stands above a turn, or of the turn itself if it is one; else ''."""
    if turn.kind == Turn.Kind.QUESTION:
        return turn.text
    question = turn.reply_to
    return question.text if question and question.status == Turn.Status.CURRENT else ""


def answer_of(turn: Turn) -> str:
    """Return the text of an answer or a statement, '' for an unanswered question."""
    return "" if turn.kind == Turn.Kind.QUESTION else turn.text


def last_day_of(interview: Interview) -> datetime.date:
    """Return the last day on which an interview may have been given, as far as its date is known."""
    if interview.date_precision == Interview.Precision.DAY:
        return interview.date
    year, month = interview.date.year, interview.date.month
    if interview.date_precision == Interview.Precision.YEAR:
        month = 12
    return datetime.date(year, month, monthrange(year, month)[1])
