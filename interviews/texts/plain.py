"""An interview as plain text: what it is, where it comes from, then every turn under its number."""

from interviews.wording import language_name

from .facts import SAMPLE, Facts


def as_plain_text(facts: Facts, turns) -> str:
    """Return the whole text with its head; of words that may not be passed on the head alone, with the reason."""
    said = [facts.withheld] if facts.withheld else map(_turn, turns)
    return "\n\n".join([_head(facts), *said]) + "\n"


def _head(facts):
    interview = facts.interview
    told = [
        *((None, words) for words in facts.answering),
        ("Asked by", facts.asking),
        ("Kind", interview.get_kind_display()),
        ("Date", facts.date.words if facts.date else ""),
        ("Place", interview.place),
        ("Language", language_name(interview.language) if interview.language else ""),
        ("Translation of", facts.original.title if facts.original else ""),
        ("Source", facts.origin),
        ("Licence", facts.licence),
        ("Archive", facts.archive),
        ("Permalink", facts.url),
        (None, SAMPLE if interview.sample else ""),
    ]
    lines = [f"{name}: {words}" if name else words for name, words in told if words]
    return "\n".join([interview.title, "", *lines])


def _turn(turn):
    voice = f" {turn.speaker_name}" if turn.speaker_name else ""
    return f"[{turn.number.capitalize()}]{voice}\n{turn.text}"
